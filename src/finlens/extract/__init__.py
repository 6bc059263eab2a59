"""From a file to a `Document`: `finlens.extract.read` tells the story."""
