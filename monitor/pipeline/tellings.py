"""Claims with their articles, each pair once: what was found out about one is known when it is loaded again."""

from collections import OrderedDict
from dataclasses import replace

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.known import as_known
from monitor.domain.relation import Told

MOST = 16384


class Tellings:
    """The claims that were asked for last."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[str, Told] = OrderedDict()

    def of(self, claim: Claim, article: Article) -> Told:
        """The claim with its article. All that was found out about it holds on where it is only filed elsewhere."""
        found = self._known.get(claim.id)
        if found is None or found.claim is not claim or found.article is not article:
            found = self._known[claim.id] = _told(claim, article, found)
        self._known.move_to_end(claim.id)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return found


def _told(claim: Claim, article: Article, last: Told | None) -> Told:
    """The pair, with what is known of the one that the claim was last, if that says the same."""
    told = Told(claim, article)
    if last is not None and _standing_as(claim, last.claim) == last.claim and article == last.article:
        as_known(claim, last.claim)
        as_known(told, last)
    return told


def _standing_as(claim: Claim, other: Claim) -> Claim:
    """The claim where the other stands, and with its status: nothing that is kept of a claim rests on these."""
    return replace(claim, status=other.status, corrected_by=other.corrected_by, question_id=other.question_id)
