"""The news monitor: from feeds to claims, and from claims to contradictions with an address and a life."""

__version__ = "0.1.0"
