"""The labelled pages of tests/samples/pages/labelled, put into their frames."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "samples" / "pages" / "labelled"
LABELS = ("challenge", "consent", "error", "list", "script", "subscription")
_ADDRESS = "https://gazette.test/2026/03/12/a-story-of-the-day"
_PAGE = re.compile(r"^=== (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Labelled:
    """A page as a server sends it. `label`: what it is, empty for an article. `name`: folder, file and name in it."""

    name: str
    label: str
    url: str
    body: bytes


@cache
def labelled_pages(folder: str) -> tuple[Labelled, ...]:
    """The pages of `seen` or `held`, articles among them."""
    frames = dict(_sections(FOLDER / "frames.txt"))
    found = []
    for kind in ("article", *LABELS):
        for title, text in _sections(FOLDER / folder / f"{kind}.txt"):
            name, language, frame, *address = title.split()
            head, _, body = text.partition("---\n")
            page = frames[frame].replace("LANG", language).replace("HEAD", head).replace("BODY", body)
            label = "" if kind == "article" else kind
            found.append(Labelled(f"{folder}/{kind}/{name}", label, address[0] if address else _ADDRESS, page.encode()))
    return tuple(found)


def _sections(path: Path) -> list[tuple[str, str]]:
    pieces = _PAGE.split(path.read_text(encoding="utf-8"))[1:]
    return [(title, text.strip()) for title, text in zip(pieces[::2], pieces[1::2], strict=True)]
