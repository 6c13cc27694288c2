"""What is remembered of a feed, and the time → how it is, in the words that every page, command and mail uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from types import MappingProxyType

from monitor.domain.entry import ParsedFeed
from monitor.domain.feed import Feed
from monitor.domain.feed_health import Condition, FeedHealth, FeedPace, FeedReport
from monitor.domain.page import Page
from monitor.domain.url import without_login
from monitor.errors import FeedUnreadable, FetchFailed, FetchRefused
from monitor.feeds.walls import wall

_LAST_ENTRIES = 50
_FEWEST_GAPS = 4
_FULL_WEEK = timedelta(days=8)
_LONG_WEEKEND = timedelta(days=4)
_LEAST_SILENCE = timedelta(days=1)
_DEAD = timedelta(days=365)

_ORDER = list(Condition)
_OF_STATUS = {
    401: Condition.LOGIN,
    403: Condition.FORBIDDEN,
    404: Condition.NOT_FOUND,
    407: Condition.LOGIN,
    410: Condition.GONE,
    429: Condition.LIMITED,
    451: Condition.FORBIDDEN,
    **dict.fromkeys((300, 301, 302, 303, 307, 308), Condition.ASTRAY),
}
_MENDS = {
    Condition.GONE: "Remove it: monitor feeds remove {name}",
    Condition.WALL: "Look on the site for another address of the feed, or ask the publisher to let readers of feeds in.",
    Condition.PAGE: "Look for the address of the feed: monitor feeds test {name}",
    Condition.NOT_FOUND: "Look on the site for the new address, add that, and remove this one.",
    Condition.ASTRAY: "Open the address in a browser; if it ends at a feed, add that address and remove this one.",
    Condition.LOGIN: "Add it again with its user: monitor feeds add {name} --login USER",
    Condition.FORBIDDEN: "Open the address in a browser; ask the publisher for leave if it is to be read.",
    Condition.UNREADABLE: "Nothing, for now: it is asked again. If it stays so, tell the publisher.",
    Condition.TOO_LARGE: "If it is right that it is so large, raise fetch.feed_limit_bytes.",
    Condition.CERTIFICATE: "Check the address and this machine's clock; the publisher has to renew the certificate.",
    Condition.REFUSED: "If this server is meant to be read, add its network to fetch.allow_networks.",
    Condition.UNREACHABLE: "Nothing, for now: it is asked again, less and less often.",
    Condition.SERVER: "Nothing, for now: it is asked again, less and less often.",
    Condition.LIMITED: "Nothing: it is left alone for as long as the server wants.",
    Condition.FAILING: "See what came back: monitor feeds show {name}",
    Condition.STALE: "Open the site: has it ended, or does it publish in another feed now?",
    Condition.WAITING: "It is asked with the next poll: monitor poll --once",
    Condition.PAUSED: "Ask it again: monitor feeds resume {name}",
}


@dataclass(frozen=True)
class Diagnosis:
    """What a failure to read a feed shows: its condition, why that is, and what to do."""

    condition: Condition
    why: str
    mend: str

    @property
    def told(self) -> str:
        """Both in one text, as it is kept."""
        return f"{self.why}. {self.mend}"


def diagnosed(error: FetchFailed | FetchRefused | FeedUnreadable, page: Page | None = None) -> Diagnosis:
    """What to remember of a poll that failed.

    `page`: the answer, where there was one that could not be read: walls are known by their headers too.
    """
    if isinstance(error, FetchRefused):
        return Diagnosis(Condition.REFUSED, error.why, error.mend)
    if isinstance(error, FeedUnreadable) and error.cause == Condition.WALL:
        return Diagnosis(Condition.WALL, error.why, error.mend)
    whose = wall(page.status, page.headers, page.body) if page is not None else ""
    if isinstance(error, FetchFailed) and error.status is not None:
        whose = wall(error.status, error.headers, error.head)
    if whose:
        return Diagnosis(Condition.WALL, f"{error.why}: a wall against robots ({whose})", _MENDS[Condition.WALL])
    return Diagnosis(_condition_of(error), error.why, error.mend)


def _condition_of(error: FetchFailed | FeedUnreadable) -> Condition:
    if isinstance(error, FeedUnreadable) or error.status is None:
        return Condition(error.cause)
    return _OF_STATUS.get(error.status, Condition.SERVER if error.status >= 500 else Condition.FAILING)


def with_pace(feed: Feed, parsed: ParsedFeed, now: datetime) -> Feed:
    """The feed with how fresh this document is, and how long it may stay so before that is unlike it."""
    dates = [when for entry in parsed.entries if (when := entry.published or entry.updated) and when <= now]
    silence = normal_silence(dates)
    return replace(
        feed,
        newest=max(dates, default=None),
        silence_seconds=None if silence is None else round(silence.total_seconds()),
    )


def normal_silence(dates: Iterable[datetime]) -> timedelta | None:
    """How long a feed with entries of these dates is silent at most while all is well; None for too few dates.

    Twice its longest pause or six times its usual one, whichever is longer. Dates of less than a week have not seen a
    weekend: such a feed may be silent over a long one.
    """
    recent = sorted(set(dates))[-_LAST_ENTRIES:]
    gaps = [later - earlier for earlier, later in pairwise(recent)]
    if len(gaps) < _FEWEST_GAPS:
        return None
    at_least = _LEAST_SILENCE if recent[-1] - recent[0] >= _FULL_WEEK else _LONG_WEEKEND
    usual = timedelta(seconds=median(gap.total_seconds() for gap in gaps))
    return max(at_least, 2 * max(gaps), 6 * usual)


def health(feed: Feed, now: datetime) -> FeedHealth:
    """How a feed is."""
    condition = _condition(feed, now)
    mend = _MENDS.get(condition, "").format(name=feed.id)
    return FeedHealth(condition, _said(condition, feed, now), mend)


def worst_first(
    feeds: Iterable[Feed], now: datetime, paces: Mapping[str, FeedPace] = MappingProxyType({})
) -> list[FeedReport]:
    """Every feed with how it is: those that need a look first, grouped by cause, then by name."""
    reports = [FeedReport(feed, health(feed, now), paces.get(feed.id, FeedPace())) for feed in feeds]
    return sorted(reports, key=lambda one: (_ORDER.index(one.health.condition), one.feed.name.lower(), one.feed.id))


def _condition(feed: Feed, now: datetime) -> Condition:
    if feed.status == "gone":
        return Condition.GONE
    if feed.paused:
        return Condition.PAUSED
    if feed.failures:
        return Condition(feed.cause) if feed.cause in set(Condition) else Condition.FAILING
    if feed.last_poll is None:
        return Condition.WAITING
    if _is_stale(feed, now):
        return Condition.STALE
    return Condition.MOVED if feed.moved_to else Condition.READING


def _is_stale(feed: Feed, now: datetime) -> bool:
    if feed.newest is None:
        return False
    allowed = _DEAD if feed.silence_seconds is None else timedelta(seconds=feed.silence_seconds)
    return now - feed.newest > allowed


def _said(condition: Condition, feed: Feed, now: datetime) -> str:
    if (feed.failures and not feed.paused) or condition is Condition.GONE:
        return f"{_opening(condition, feed)}{_since(feed)}. {_last_good(feed)}."
    if condition is Condition.PAUSED:
        return f"It was paused and is not asked. {_last_good(feed)}."
    if condition is Condition.WAITING:
        return "It was never asked."
    if condition is Condition.STALE:
        return f"It answers, but brought nothing new for {_span(now - (feed.newest or now))}. {_usual(feed)}."
    if condition is Condition.MOVED:
        target = without_login(feed.moved_to or "")
        return f"It answers, and sends us on to {target} for good; a second sighting a day later settles it."
    return f"It answers. Its newest entry is of {_day(feed.newest)}." if feed.newest else "It answers."


def _opening(condition: Condition, feed: Feed) -> str:
    """The trouble as the last answer showed it, up to its first full stop: what follows is advice."""
    why = feed.last_error.partition(". ")[0].rstrip(".")
    return (why[:1].upper() + why[1:]) or condition.words.capitalize()


def _since(feed: Feed) -> str:
    if feed.failures < 2:
        return ""
    return f", {feed.failures} times in a row" + (f" since {_day(feed.failing_since)}" if feed.failing_since else "")


def _last_good(feed: Feed) -> str:
    return f"Last good answer: {_day(feed.last_ok)}" if feed.last_ok else "No good answer so far"


def _usual(feed: Feed) -> str:
    if feed.silence_seconds is None:
        return "How often it usually does is not known"
    return f"By its own pace, {_span(timedelta(seconds=feed.silence_seconds))} would be the most"


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%b %Y}" if moment else "a day not recorded"


def _span(length: timedelta) -> str:
    hours = round(length.total_seconds() / 3600)
    return f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"
