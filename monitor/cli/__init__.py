"""The commands, one noun a file. Results go to standard output, everything else to standard error."""
