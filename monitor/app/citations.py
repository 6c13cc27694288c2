"""How a claim is cited: in short, in full, in Markdown and in BibTeX; with its address, the day and the copy's hash."""

import re
from dataclasses import dataclass
from datetime import datetime

from monitor.app.packs import copy_hash
from monitor.domain.relation import Told

_SPECIAL = re.compile(r"([&%$#_{}])")
_WRITTEN = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|]")


@dataclass(frozen=True)
class Citation:
    """One way to cite a claim. `style`: the word by which it is asked for; `words`: what a reader calls it."""

    style: str
    words: str
    text: str


def citations(one: Told, permalink: str, now: datetime) -> tuple[Citation, ...]:
    """All styles, as of now. What the article does not say is left out; the day of fetching stands for nothing else."""
    return (
        Citation("short", "Short", _short(one, permalink, now)),
        Citation("long", "Long", _long(one, permalink, now)),
        Citation("markdown", "Markdown", _markdown(one, permalink, now)),
        Citation("bibtex", "BibTeX", _bibtex(one, permalink, now)),
    )


def _short(one: Told, permalink: str, now: datetime) -> str:
    return f"{_outlet(one)}: {one.claim.printed}. {permalink} ({_seen(one, now)})"


def _long(one: Told, permalink: str, now: datetime) -> str:
    article = one.article
    who = f"{_asserter(one)}, in: " if _asserter(one) else ""
    return (
        f"{who}{_outlet(one)}, “{_line(article.title)}”, version {article.version}, {article.url}: "
        f"{_quoted(one)} {permalink} ({_seen(one, now)})"
    )


def _markdown(one: Told, permalink: str, now: datetime) -> str:
    title = _MARKS.sub(_escaped, _line(one.article.title))
    outlet = _MARKS.sub(_escaped, _outlet(one))
    return (
        f"> {_MARKS.sub(_escaped, _quoted(one))}\n>\n"
        f"> — {outlet}, [{title}]({_address(one.article.url)}), [claim]({_address(permalink)}); {_seen(one, now)}"
    )


def _bibtex(one: Told, permalink: str, now: datetime) -> str:
    article = one.article
    day = f"{article.published:%Y-%m-%d}" if article.published else ""
    fields = {
        "title": _tex(article.title),
        "author": _tex(article.author) if article.author else "",
        "organization": _tex(article.publisher),
        "date": day,
        "year": day[:4],
        "url": permalink,
        "urldate": f"{now:%Y-%m-%d}",
        "note": f"{_tex(_quoted(one))} Version {article.version} of \\url{{{article.url}}}, "
        f"stored copy sha256:{copy_hash(article)}",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@online{" + one.claim.id + ",\n" + ",\n".join(lines) + "\n}"


def _outlet(one: Told) -> str:
    published = one.article.published
    return f"{_line(one.article.publisher)}, {f'{published:%Y-%m-%d}' if published else 'date unknown'}"


def _seen(one: Told, now: datetime) -> str:
    return f"accessed {now:%Y-%m-%d}, stored copy sha256:{copy_hash(one.article)}"


def _asserter(one: Told) -> str:
    first = one.claim.sources[0] if len(one.claim.sources) > 1 else None
    return _line(first.name or first.label) if first else ""


def _quoted(one: Told) -> str:
    quote = _line(one.claim.evidence.quote)
    return quote if quote[:1] in '"“‘' else f"“{quote}”"


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _address(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")


def _tex(text: str) -> str:
    """Words in which nothing is a command."""
    return "".join(_WRITTEN.get(letter) or _SPECIAL.sub(r"\\\1", letter) for letter in _line(text))
