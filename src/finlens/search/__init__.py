"""From a question to the passages and rows that may answer it."""
