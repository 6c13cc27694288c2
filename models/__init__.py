"""Data of the language parts. A package only so that an editable install can find the folder."""
