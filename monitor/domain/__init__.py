"""The product's words as frozen values, one noun a file. Standard library only."""
