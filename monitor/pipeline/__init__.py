"""The walk from feed to digest. Read walk.py first."""
