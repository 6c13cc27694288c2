"""All figures of how well articles are read and compared, in one table: `python -m tests.quality.figures`."""
