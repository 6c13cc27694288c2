"""Times and evidence as pages set them, and a shape for each state. Texts are escaped here."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup, escape

from monitor.app.wording import day, period, quarter
from monitor.domain.claim import Claim
from monitor.domain.dispute import DisputeState
from monitor.domain.feed_health import Condition
from monitor.domain.period import Period

# A shape for each state, so that a page printed in grey says the same.
DISPUTE_SHAPES = {
    DisputeState.PROPOSED: "◇",
    DisputeState.OPEN: "◆",
    DisputeState.REOPENED: "◈",
    DisputeState.EXPLAINED: "◐",
    DisputeState.SETTLED: "■",
    DisputeState.DISMISSED: "✕",
    DisputeState.MERGED: "↪",
}
FEED_SHAPES = {
    Condition.GONE: "✕",
    Condition.STALE: "◔",
    Condition.MOVED: "↷",
    Condition.WAITING: "○",
    Condition.PAUSED: "‖",
    Condition.READING: "●",
}
"""Any other condition is down: ▲."""

FETCH_SHAPES = {"ok": "●", "not_modified": "○", "held": "·", "failed": "▲", "gone": "✕"}


def day_tag(value: date | None, missing: str = "date unknown") -> Markup:
    """`<time>` around a day; where there is none the words for that, never another date in its place."""
    if value is None:
        return Markup('<span class="unknown">{}</span>').format(missing)
    plain = value.date() if isinstance(value, datetime) else value
    stamp = value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
    return Markup('<time datetime="{}">{}</time>').format(stamp, day(plain))


def moment_tag(value: datetime | None, missing: str = "never") -> Markup:
    """`<time>` around an instant, with the clock and the offset that it was given in."""
    if value is None:
        return Markup('<span class="unknown">{}</span>').format(missing)
    offset = value.utcoffset()
    zone = "UTC" if not offset else value.strftime("%z")[:3] + ":" + value.strftime("%z")[3:5]
    words = f"{day(value.date())}, {value:%H:%M} {zone}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(timespec="seconds"), words)


def period_tag(value: Period | None, missing: str = "not stated") -> Markup:
    """`<time>` around a period; HTML knows days, months and years, so that an interval gets two."""
    if value is None or (value.start is None and value.end is None):
        return Markup('<span class="unknown">{}</span>').format(missing)
    iso = value.iso()
    if "/" not in iso:
        return Markup('<time datetime="{}">{}</time>').format(iso, period(value))
    if words := quarter(value):
        return Markup('<time datetime="{}">{}</time>').format(value.start, words)
    parts = [
        Markup("{} {}").format(word, day_tag(end)) for word, end in (("from", value.start), ("to", value.end)) if end
    ]
    return Markup(" ").join(parts)


def as_of_tag(claim: Claim) -> Markup:
    """The time the figure is of. Where the text says nothing, `time` is the day of publication: shown as not stated."""
    return period_tag(claim.time if claim.time_text else None)


def marked(claim: Claim, words: Sequence[tuple[int, int]] = ()) -> Markup:
    """The sentence as it stands in the article, with its figure marked. `words`: stretches of it that were asked for."""
    evidence = claim.evidence
    first, last = evidence.span_start - evidence.start, evidence.span_end - evidence.start
    if not 0 <= first < last <= len(evidence.quote):
        return _asked_for(evidence.quote, 0, len(evidence.quote), words)
    before = _asked_for(evidence.quote, 0, first, words)
    after = _asked_for(evidence.quote, last, len(evidence.quote), words)
    return Markup("{}<mark>{}</mark>{}").format(before, evidence.quote[first:last], after)


def _asked_for(quote: str, start: int, end: int, words: Sequence[tuple[int, int]]) -> Markup:
    told = Markup()
    for first, last in words:
        first, last = max(first, start), min(last, end)
        if first < last:
            told += Markup("{}<b class=hit>{}</b>").format(quote[start:first], quote[first:last])
            start = last
    return told + escape(quote[start:end])


def told_commands(text: str) -> Markup:
    """A sentence in which commands for the terminal are set as such: they stand at its end, behind a colon."""
    before, at, command = text.partition(": monitor ")
    return Markup("{}: <code>monitor {}</code>").format(before, command) if at else escape(text)
