"""Bytes and records on the disk: whole files, and the cache of results."""
