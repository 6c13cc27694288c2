"""The archive pages and their JSON: what a browser sees of the store. Works without script; asks no other host."""
