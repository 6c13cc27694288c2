"""Our readers in the shapes of outside test sets, named as those want them: `tests.quality.adapters:article`, `:feed`."""

from tests.quality.adapters.article import read as article
from tests.quality.adapters.feed import read as feed

__all__ = ["article", "feed"]
