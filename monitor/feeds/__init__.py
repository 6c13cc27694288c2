"""Feeds: bytes to entries, what to remember of a feed, and when to ask it again."""
