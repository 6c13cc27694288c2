"""How the database came to be what it is: one chain of revisions for SQLite and PostgreSQL.

A revision is a photograph of its day and imports nothing of the program. Search structures are not in here; they are
derived from the tables and made by the program itself.
"""
