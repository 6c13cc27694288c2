"""What a page is, where it is no article: a wall, a list or an error, and what shows it.

Structure comes first: what products leave in a page, what the page says of itself for machines, how much text there is
and how much of it is teasers. Words count where they make up a title, or a sentence that speaks to its reader; never in
quotation marks, where articles about walls have them. The more text a page has that no wall says, the more it takes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.articles.evidence import Evidence
from monitor.articles.paragraphs import word_count

_NOTHING = 15
"""Words that an empty page may hold all the same: a name, a slogan, a line of its maker."""

_LITTLE = 60
_SHORT = 120
_TEASER = 250
"""Up to here a text can be what a seller shows of an article. Longer ones need more than a seller's words beside them."""

_FEWEST_TEASERS = 4
_OF_TEASERS = 0.6
_FEWEST_WORDS = 3
_OF_TITLE = 30
"""Words that a title is worth."""

_SAID = ("challenge", "error", "script", "consent")


@dataclass(frozen=True)
class Label:
    """`kind`: consent, subscription, challenge, script, list or error. `reason`: what shows it, for people."""

    kind: str
    reason: str


def label_of(page: Evidence) -> Label | None:
    """What a page is instead of an article; None for an article."""
    for judge in _JUDGES:
        if label := judge(page):
            return label
    return None


def _tested(page: Evidence) -> Label | None:
    """A test whether the visitor is a person, in a page of little else."""
    own = page.own("challenge")
    mark = next((mark for mark in page.cues.challenges if mark in page.source), "")
    if mark and own < _LITTLE:
        return Label("challenge", f"it holds {mark}, a test whether its visitor is a person")
    if own < 2 * _NOTHING and any(page.cues.captchas.search(name) for name in page.sight.names):
        return Label("challenge", "it holds a test whether its visitor is a person, and hardly any text")
    return None


def _unscripted(page: Evidence) -> Label | None:
    """A place that a script is to fill."""
    own, phrases = page.own("script"), page.cues.of("script")
    if own < 2 * _NOTHING and not page.is_marked and any(page.said("script", page.found)):
        return Label("script", "it asks for scripts, and holds hardly any text beside that")
    if own < 2 * _NOTHING and not page.is_marked and page.sight.leads_on:
        return Label("script", "it holds hardly any text and leads on to another address by itself")
    if own >= _NOTHING:
        return None
    if any(map(phrases.mention, page.sight.unscripted)):
        return Label("script", "without scripts it shows only that it needs them")
    if page.sight.is_shell and sum(map(word_count, page.sight.blocks)) < _NOTHING:
        return Label("script", "it is empty until its script has run")
    return None


def _said(page: Evidence) -> Label | None:
    """A page whose text says that it is a wall; of several kinds, the one that says most."""
    best, most = None, 0
    for kind in _SAID:
        own = page.own(kind)
        if own >= _SHORT:
            continue
        title = page.title(kind)
        sentences = list(page.said(kind, page.found if own >= _NOTHING else page.sight.blocks))
        said = sum(map(word_count, sentences))
        if kind == "consent" and page.told > 2 * said:
            continue  # a list of other pages with a line on cookies below it
        weight = said + _OF_TITLE * bool(title)
        is_all = 0 < said >= own and own < _LITTLE
        if weight > most and (is_all or (title and (said or own < _LITTLE))):
            best, most = Label(kind, f"it says {(title or sentences[0].strip())[:80]!r}"), weight
    return best


def _spoken(page: Evidence) -> Label | None:
    """A short text to its reader that is full of a wall's words, in a page that does not say that it is an article."""
    if page.own("consent") >= (_NOTHING if page.is_marked else _SHORT):
        return None
    weights = {kind: page.weight(kind) for kind in _SAID}
    kind = max(_SAID, key=weights.__getitem__)
    if weights[kind] < _FEWEST_WORDS - (kind == "script") or (kind == "consent" and not page.sight.controls):
        return None
    return Label(kind, f"its text is short, and {weights[kind]} words in it are those of such a page")


def _offered(page: Evidence) -> Label | None:
    """A short text with an offer behind it: words of subscriptions, accounts and prices."""
    if page.own("subscription") >= _SHORT:
        return None
    behind = [sentence for sentence in page.tail("subscription") if not page.cues.is_aside(sentence)]
    phrases = page.cues.of("subscription")
    weight = phrases.weight(behind, to_reader=False)
    barrier = any(page.cues.barriers.search(name) for name in page.sight.names)
    shown = barrier or page.offer.is_sold or page.sight.has_login
    near = phrases.weight(behind, to_reader=False, needs_core=False)
    if weight >= _FEWEST_WORDS + 1 - shown or ((barrier or page.offer.is_sold) and near >= _FEWEST_WORDS - 1):
        return Label("subscription", f"its text is short, and behind it stand {near} words of offers to readers")
    return None


def _listed(page: Evidence) -> Label | None:
    """A text that is made of teasers."""
    text = "\n".join(page.found)
    inside = [sum(word_count(piece) for piece in teaser if piece in text) for teaser in page.teasers]
    total, held = word_count(text), sum(map(bool, inside))
    is_made_of_them = sum(inside) >= _OF_TEASERS * total and total - sum(inside) < _SHORT
    if len(inside) >= _FEWEST_TEASERS and held >= _FEWEST_TEASERS - 1 and is_made_of_them:
        return Label("list", f"its text is that of {held} teasers of other pages")
    return None


def _asked(page: Evidence) -> Label | None:
    """A page at an address where consent is asked for, or with a dialog that does so and hardly any text."""
    own = page.own("consent")
    place = urlsplit(page.url)
    address = f"{place.hostname or ''}{place.path}".lower()
    if own < _LITTLE and any(part in address for part in page.cues.consent_addresses):
        return Label("consent", "its address is one that asks for consent")
    if own < _SHORT and not page.is_marked and page.cues.consents.search(page.sight.box):
        return Label("consent", f"all that it says stands in the dialog {page.sight.box[:40]!r}")
    dialog = next((name for name in page.sight.names if page.cues.consents.search(name)), "")
    is_little = own < _NOTHING and len(page.teasers) < _FEWEST_TEASERS
    if dialog and (is_little or (own < _LITTLE and any(page.said("consent", page.found)))):
        return Label("consent", f"it holds the dialog {dialog[:40]!r} and little text")
    return None


def _sold(page: Evidence) -> Label | None:
    """The beginning of an article that is sold, or kept for those who log in."""
    own = page.own("subscription")
    if page.offer.is_sold and page.offer.is_cut(own):
        return Label("subscription", "it says that the article is sold, and holds only part of it")
    if own >= _TEASER:
        return None
    behind = page.tail("subscription")
    if page.title("subscription") or any(map(page.cues.of("subscription").open, behind)):
        return Label("subscription", "its text ends where it asks to subscribe, register or log in")
    barrier = next((name for name in page.sight.names if page.cues.barriers.search(name)), "")
    if own < _SHORT and barrier and page.offer.is_sold:
        return Label("subscription", f"it says that the article is sold, and its text ends early, at {barrier[:40]!r}")
    return None


def _scraps(page: Evidence) -> Label | None:
    """Teasers of which nothing was read, beside lines that are no text."""
    prose = sum(words for words in map(word_count, page.found) if words >= _NOTHING)
    if len(page.teasers) < _FEWEST_TEASERS or prose >= _SHORT:
        return None
    asked = sum(map(word_count, page.said("consent", page.found)))
    if prose - asked < _NOTHING and word_count("\n".join(page.found)) - asked <= page.told:
        return Label("list", f"it holds {len(page.teasers)} teasers of other pages and hardly any text")
    return None


_JUDGES: tuple[Callable[[Evidence], Label | None], ...] = (
    _tested,
    _unscripted,
    _said,
    _listed,
    _asked,
    _sold,
    _offered,
    _scraps,
    _spoken,
)
"""In this order: what is plain to see before what must be weighed."""
