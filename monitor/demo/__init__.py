"""A sample newsroom of invented publishers, what serves it, and the monitor run on it for ten days."""
