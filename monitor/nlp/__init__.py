"""Articles to annotated Docs to claims. spaCy stays inside this folder."""
