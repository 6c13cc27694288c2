"""What changed, for one reader, as a mail."""
