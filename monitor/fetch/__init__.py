"""The web: polite, bounded, and never into a private network unless allowed."""
