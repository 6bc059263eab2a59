"""Language models on this machine: prompts in, text out. What they write about figures is checked elsewhere, always."""
