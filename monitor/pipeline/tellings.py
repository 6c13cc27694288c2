"""Claims with their articles, each pair once: what was found out about one is known when it is loaded again."""

from collections import OrderedDict

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.relation import Told

MOST = 8192


class Tellings:
    """The pairs that were asked for last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[tuple[int, int], Told] = OrderedDict()

    def of(self, claim: Claim, article: Article) -> Told:
        """The claim with its article: as long as both are the very ones, the one that was given before."""
        key = (id(claim), id(article))  # what is remembered holds both, so no other has the number meanwhile
        try:
            self._known.move_to_end(key)
            return self._known[key]
        except KeyError:
            found = self._known[key] = Told(claim, article)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return found
