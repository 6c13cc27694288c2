"""A digest to subject, plain text and HTML, from templates/daily.txt and daily.html."""

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import css_inline
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from monitor.domain.claim import Claim
from monitor.domain.digest import Digest, Rendered
from monitor.domain.ids import content_id
from monitor.domain.source import Source, SourceKind

TEXT_COLUMNS = 72
SUBJECT_CHARACTERS = 70
# Gmail clips HTML near 102 KB; what is over goes into "n more" with a link.
HTML_LIMIT_BYTES = 80_000

Item = TypeVar("Item")


class Renderer:
    """Templates, read once, for one service. `public_url` has no slash at its end."""

    def __init__(self, *, public_url: str, name: str) -> None:
        templates = FileSystemLoader(Path(__file__).with_name("templates"))
        options: dict[str, Any] = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
        self._html = Environment(loader=templates, autoescape=True, **options)
        self._text = Environment(loader=templates, autoescape=False, keep_trailing_newline=True, **options)
        shared = {"public_url": public_url.rstrip("/"), "name": name}
        for environment in (self._html, self._text):
            environment.globals.update(shared)
            environment.filters.update(
                chain=chain, as_of=as_of, day=day, wrap=wrap, marked=marked, hedged=hedged, path=_path, short=_short
            )
        # Style tags are kept: they carry dark mode and the phone layout, which cannot be inlined.
        self._inliner = css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)

    def render(self, digest: Digest) -> Rendered:
        """Subject, text and HTML with the same items in the same order. HTML stays under 80 KB: items at the end of
        the last sections make room, and the mail says how many."""
        rendered = self._render(digest)
        while len(rendered.html.encode()) > HTML_LIMIT_BYTES and (shorter := _shorter(digest)) is not None:
            digest = shorter
            rendered = self._render(digest)
        return rendered

    def _render(self, digest: Digest) -> Rendered:
        facts: dict[str, Any] = {
            "digest": digest,
            "issue_id": content_id("dig", digest.subscriber.id, digest.period),
            "zone": digest.subscriber.zone,
            "subject": subject(digest),
            "preheader": preheader(digest),
        }
        html = self._inliner.inline(self._html.get_template("daily.html").render(facts))
        text = self._text.get_template("daily.txt").render(facts)
        return Rendered(facts["subject"], text.strip() + "\n", html)


def subject(digest: Digest) -> str:
    """What is new, in at most 70 characters; no count of zero."""
    parts = [
        f"{len(items)} {word} dispute{'' if len(items) == 1 else 's'}"
        for items, word in ((digest.new, "new"), (digest.moved, "moved"), (digest.settled, "settled"))
        if items
    ]
    if not parts and digest.corrections:
        parts = [f"{len(digest.corrections)} correction{'' if len(digest.corrections) == 1 else 's'} by sources"]
    if not parts and digest.watched:
        parts = [f"New on {', '.join(item.watch for item in digest.watched)}"]
    head = parts[0] if parts else "Nothing new"
    date = format_date(digest.at.date(), "d MMM", locale="en_GB")
    first = (*digest.new, *digest.moved, *digest.settled)
    line = f"{head}: {first[0].dispute.title}" if first else head
    room = SUBJECT_CHARACTERS - len(date) - 3
    return f"{_short(line, room)} – {date}"


def preheader(digest: Digest) -> str:
    """The inbox line after the subject: 40 to 90 characters that do not repeat it."""
    names = [item.dispute.title for item in (*digest.new, *digest.moved, *digest.settled)][1:3]
    also = f"Also: {'; '.join(names)}. " if names else ""
    return _short(
        f"{also}{digest.claims_found} figures read in {digest.articles_read} articles since the last issue.", 90
    )


def chain(sources: Sequence[Source]) -> str:
    """Who told whom, nearest asserter first: `two engineers → Ledger`."""
    return " → ".join(_link_text(source) for source in sources)


def _link_text(source: Source) -> str:
    label = source.name or source.label
    return f"{label} (unnamed)" if source.kind is SourceKind.ANONYMOUS and "unnamed" not in label else label


def as_of(claim: Claim) -> str:
    """What the text says of the time: its own words, or `not stated`."""
    return claim.time_text or "not stated"


def hedged(claim: Claim) -> str:
    """The words that keep a reader from taking a figure for plain fact; empty for an asserted one."""
    denied = "denied" if claim.is_denial else ""
    modality = "" if claim.modality.value in ("asserted", "denied") else claim.modality.value
    return ", ".join(word for word in (denied, modality) if word)


def day(moment: datetime | None) -> str:
    """`11 Mar 2025`; an unknown date is said to be unknown."""
    return "date unknown" if moment is None else format_date(moment.date(), "d MMM yyyy", locale="en_GB")


def wrap(text: str, indent: str = "") -> str:
    """Text in lines of at most 72 columns, each behind `indent`. Long words such as addresses stay whole."""
    lines = textwrap.wrap(
        " ".join(text.split()),
        TEXT_COLUMNS,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def marked(claim: Claim) -> Markup:
    """The sentence as HTML with the figure in <b>, by the offsets of the evidence."""
    evidence = claim.evidence
    start, end = evidence.span_start - evidence.start, evidence.span_end - evidence.start
    before, span, after = evidence.quote[:start], evidence.quote[start:end], evidence.quote[end:]
    return Markup("{}<b>{}</b>{}").format(escape(before), escape(span), escape(after))


def _path(part: str) -> str:
    return quote(part, safe="-._~")


def _short(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-/") + "…"


def _shorter(digest: Digest) -> Digest | None:
    """The digest without the last tenth of its last section that has items; None when one dispute alone is left."""
    if digest.watched:
        return replace(digest, watched=_cut(digest.watched))
    if digest.corrections:
        return replace(digest, corrections=_cut(digest.corrections))
    if len(digest.settled) + len(digest.moved) + len(digest.new) <= 1:
        return None
    section = "settled" if digest.settled else "moved" if digest.moved else "new"
    items = getattr(digest, section)
    kept = _cut(items)
    more = digest.more_disputes + len(items) - len(kept)
    return replace(digest, **{section: kept, "more_disputes": more})  # type: ignore[arg-type]


def _cut(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return items[: len(items) - max(1, len(items) // 10)]
