"""Full-text and meaning search on both databases behind one function. All of it is derived from the claims."""
