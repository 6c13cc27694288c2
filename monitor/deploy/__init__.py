"""Files that `monitor service print` shows: how a machine runs the service."""
