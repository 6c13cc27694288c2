"""What desks do to a wire text before they print it: one function a kind of edit, at a strength that is written down.

The stories in tests/samples/origins are told once each; every copy of them is made here. What follows a story, tells it
in other words or only shares its template stands beside them and is no copy.
"""

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "origins"

_SPELLINGS = (
    "labor labour", "color colour", "organize organise", "hematologists haematologists", "centimeter centimetre",
    "meters metres", "kilometers kilometres", "center centre", "neighbors neighbours", "neighboring neighbouring",
    "criticized criticised", "defense defence", "program programme", "analyzed analysed", "travelers travellers",
    "canceled cancelled", "rumor rumour", "cataloged catalogued", "subsidized subsidised", "organized organised",
    "favorite favourite", "license licence", "plow plough", "gray grey", "theater theatre", "trebled trebled",
)  # fmt: skip
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_LONG = {"Jan": "January", "Feb": "February", "Aug": "August", "Sept": "September", "Oct": "October", "Nov": "November",
         "Dec": "December"}  # fmt: skip


def story(name: str) -> str:
    """The text of a sample, paragraphs parted by a blank line."""
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8").strip()


def stories() -> dict[str, str]:
    """Stories of different fields, by name."""
    return {path.stem: story(path.stem) for path in sorted(SAMPLES.glob("*.txt"))}


def template_stories() -> dict[str, list[str]]:
    """Template → different stories told with it."""
    with (SAMPLES / "templates.toml").open("rb") as stream:
        templates = tomllib.load(stream)["template"]
    return {one["name"]: [one["text"].strip().format(**facts) for facts in one["story"]] for one in templates}


# Copies --------------------------------------------------------------------------------------------------------------


def other_head(text: str, chance: random.Random) -> str:
    """A headline of the house stands over the text, and the dateline is gone."""
    headline = chance.choice(("What we know so far", "Figures surprise experts", "A long night ends without an answer"))
    return f"{headline}\n\n{re.sub(r'^[A-Z ]+, [A-Z][a-z]+ [0-9]+ [(][A-Za-z]+[)] - ', '', text)}"


def with_byline(text: str, chance: random.Random) -> str:
    """Who wrote it stands above, who helped stands below."""
    name = chance.choice(("Jo Harker", "Lena Frost and Ben Adeyemi", "our own correspondent"))
    return f"By {name} and Borealis staff\n\n{text}\n\nReporting by {name}; editing by the night desk in Tarn"


def shortened(text: str, chance: random.Random) -> str:
    """The last paragraphs are gone; at least half of the words are left."""
    parts, kept = text.split("\n\n"), 0
    while _words("\n\n".join(parts[:kept])) < _words(text) / 2:
        kept += 1
    return "\n\n".join(parts[: chance.randint(kept, max(kept, len(parts) - 1))])


def british(text: str, chance: random.Random) -> str:
    """Spelled as in Britain; `per cent`."""
    for pair in _SPELLINGS:
        text = _swapped(text, *pair.split())
    return text.replace(" percent", " per cent")


def american(text: str, chance: random.Random) -> str:
    """Spelled as in America; `percent`; no `on` before the day on which something was said."""
    for pair in _SPELLINGS:
        text = _swapped(text, *reversed(pair.split()))
    return text.replace(" per cent", " percent").replace("said on ", "said ")


def house_figures(text: str, chance: random.Random) -> str:
    """Percent signs, thousands without commas, numbers up to twelve as digits, long months, typographer's quotes."""
    text = re.sub(r"(?<=\d) per ?cent", "%", text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", _digits, text)
    text = re.sub(r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)\b", lambda month: _LONG[month[0]], text)
    return re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’").replace(" - ", " – ")


def with_local_paragraph(text: str, chance: random.Random) -> str:
    """A paragraph or two for the readers of the town, somewhere after the lead: a quarter of the words at most."""
    parts = text.split("\n\n")
    local, at = _padding(_LOCAL, _words(text) * 0.25, chance), chance.randint(1, len(parts))
    return "\n\n".join([*parts[:at], *local, *parts[at:]])


def with_furniture(text: str, chance: random.Random) -> str:
    """Lines of the site, one of up to 25 words before the text, the others in and after it: 30 % of the words at most."""
    parts = text.split("\n\n")
    lines = sorted(_padding(_FURNITURE, _words(text) * 0.3, chance), key=_words)
    middle = chance.randint(1, len(parts))
    return "\n\n".join([*lines[:1], *parts[:middle], *lines[1:2], *parts[middle:], *lines[2:]])


def reworded(text: str, chance: random.Random) -> str:
    """A sub-editor's hand: every second sentence loses, gains or changes a word."""
    sentences = re.split(r"(?<=[.!?])(\s+)", text)
    for place in range(0, len(sentences), 4):
        sentences[place] = _touched(sentences[place], chance)
    return "".join(sentences)


def everything(text: str, chance: random.Random) -> str:
    """All of it: a third of the text gone, other spelling, head, by-line, a local paragraph and the site's lines."""
    parts = text.split("\n\n")
    while len(parts) > 2 and _words("\n\n".join(parts[:-1])) >= _words(text) * 2 / 3:
        parts.pop()
    cut = "\n\n".join(parts)
    styled = american(cut, chance) if " per cent" in text or "our" in text else british(cut, chance)
    return with_byline(other_head(with_furniture(with_local_paragraph(styled, chance), chance), chance), chance)


Edit = Callable[[str, random.Random], str]
EDITS: tuple[Edit, ...] = (
    other_head, with_byline, shortened, british, american, house_figures, with_local_paragraph, with_furniture, reworded,
    everything,
)  # fmt: skip


def copies() -> Iterator[tuple[str, str, str]]:
    """(kind of edit and story, text, its copy): every kind on every story, and on one story of every template."""
    originals = stories() | {name: told[0] for name, told in template_stories().items()}
    for name, text in originals.items():
        for edit in EDITS:
            yield f"{edit.__name__} {name}", text, edit(text, random.Random(f"{edit.__name__} {name}"))


# No copies -----------------------------------------------------------------------------------------------------------


def strangers() -> Iterator[tuple[str, str, str]]:
    """(what they are, text, another): pairs that a careless eye takes for copies."""
    known = stories()
    for name, told in template_stories().items():
        for (one, first), (other, second) in combinations(enumerate(told), 2):
            yield f"template {name} {one} {other}", first, second
            yield f"template {name} {one} {other}, edited", first, everything(second, random.Random(f"{name} {other}"))
    for path in sorted((SAMPLES / "after").glob("*.txt")):
        follow_up = _quoting(path.read_text(encoding="utf-8").strip(), known[path.stem])
        yield f"follow-up {path.stem}", known[path.stem], follow_up
        yield f"write-through {path.stem}", known[path.stem], follow_up.split("{")[0] + "\n\n" + known[path.stem]
    for path in sorted((SAMPLES / "rivals").glob("*.txt")):
        yield f"rival {path.stem}", known[path.stem], path.read_text(encoding="utf-8").strip()
    for (one, first), (other, second) in combinations(known.items(), 2):
        yield f"stories {one} {other}", first, second
    for names in (("airline", "opera", "rents"), ("flood", "herring", "schools", "verdict")):
        page = "\n\n".join(
            ("The day in full: what our readers should not miss this morning.", *(known[n] for n in names))
        )
        for name in names:
            yield f"round-up with {name}", known[name], page


def _quoting(text: str, story: str) -> str:
    """A follow-up with the paragraphs of the story that it quotes word for word."""
    return text.format(None, *story.split("\n\n"))


_LOCAL = (
    "In Milbury, council leader Harriet Sands said the news would be read closely at the town hall, where a working "
    "group has been preparing for such a case since the spring.",
    "The Milbury chamber of commerce expects no direct effect, its secretary Piet Danner told this paper on Wednesday "
    "evening, but 14 of its 230 members had asked for advice.",
    "Readers who wish to share what they have seen can write to the editors or come to the open evening in the library.",
)
_FURNITURE = (
    "Sign up for our morning letter and get the ten stories that matter before breakfast, every day, free of charge.",
    "Also on this site: five walks for a wet Sunday, the best pies in the county, and the quiz that nobody has won yet.",
    "All rights reserved. Reproduction of this text in whole or in part is permitted only with the written consent of "
    "the publisher, who may be reached at the address below.",
    "Our reporting is paid for by readers. If you have found this useful, think about becoming a member from 4 a month.",
)


def _padding(pool: tuple[str, ...], most_words: float, chance: random.Random) -> list[str]:
    found: list[str] = []
    for part in chance.sample(pool, len(pool)):
        if _words(" ".join([*found, part])) <= most_words:
            found.append(part)
    return found


def _touched(sentence: str, chance: random.Random) -> str:
    words = sentence.split(" ")
    at = chance.randrange(len(words))
    if chance.random() < 0.3 and len(words) > 6:
        return " ".join(words[:at] + words[at + 1 :])
    extra = chance.choice(("also", "meanwhile", "however", "already", "again"))
    return " ".join([*words[:at], extra, *words[at + chance.randint(0, 1) :]])


def _words(text: str) -> int:
    return len(text.split())


def _swapped(text: str, old: str, new: str) -> str:
    pattern = re.compile(rf"\b{old}\b", re.IGNORECASE)
    return pattern.sub(lambda match: new.capitalize() if match[0][0].isupper() else new, text)


def _digits(match: re.Match[str]) -> str:
    return str(_SMALL.index(match[0]))
