"""Texts become vectors, and vectors find their neighbours. They propose what to look at; they never decide."""
