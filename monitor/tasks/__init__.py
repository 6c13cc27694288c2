"""Who drives the walk, and when."""
