"""Reads financial documents and answers questions about them, with every number checkable."""
