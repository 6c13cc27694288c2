"""Articles: addresses, text of pages, and which texts are one."""
