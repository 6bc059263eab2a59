"""What finlens promises, measured beside the libraries under it, in one run."""
