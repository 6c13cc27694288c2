"""Rebuilds the parts of the gold set from the marked texts in written/: `python models/quality/build.py [FOLDER]`.

In a text, `{c1|about 40 people}` marks the span of claim c1 and `{-age|52}` a number that is no claim, with the reason.
All offsets are computed here. README.md explains the rest of the notation. Stops at the first mistake it finds:
a claim that is marked and not described, a digit that nobody marked, a pair of positions without a relation.
"""

import json
import re
import sys
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9€£$])")
NO_END = re.compile(
    r"(?<![\w-])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|No|Gen|Gov|Sen|Rep|Lt|Col|Capt|Sgt|Inc|Corp|Co|vs|approx|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)
FIGURE = re.compile(r"(?:(up|down) )?(~|>=|<=|>|<)?(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))? (\S.*)")
HEDGES = {
    "~": "about", ">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most", None: "exact", "..": "range",
}  # fmt: skip
LOOSE = {"range", "at_least", "at_most", "more_than", "less_than"}


class Mistake(Exception):
    """Something in written/ that is not as README.md says."""


def main(folder: Path = HERE / "gold") -> int:
    """Write the four files of each part of the gold set into a folder of the part's name."""
    for part in sorted(path for path in (HERE / "written").iterdir() if path.is_dir()):
        events = [Event(path) for path in sorted(part.glob("*.txt"))]
        (folder / part.name).mkdir(parents=True, exist_ok=True)
        for name in ("articles", "claims", "pairs", "negatives"):
            lines = [json.dumps(row, ensure_ascii=False) for event in events for row in getattr(event, name)]
            (folder / part.name / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
            print(f"{len(lines):5} {part.name} {name}")
    return 0


class Event:
    """One file of written/: articles on one event, their claims, and what these are to each other."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem.partition("-")[2]
        self.sources, self.articles, self.claims, self.pairs, self.negatives = {}, [], [], [], []
        self.marks: dict[str, dict[str, tuple[str, int, int]]] = {}
        sections = re.split(r"^== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        parts = list(zip(sections[::2], sections[1::2], strict=True))
        for take in ("sources", "article", "claims", "relations"):
            for title, text in parts:
                kind, _, name = title.partition(" ")
                if kind == take:
                    getattr(self, f"_{take}")(name, text.strip())
        self._whole()

    def _sources(self, _: str, text: str) -> None:
        for line in text.splitlines():
            key, _, rest = line.partition(" = ")
            kind, name, label, *told = (part.strip() for part in rest.split("|"))
            self.sources[key] = {
                "name": name or None,
                "label": label,
                "kind": kind,
                **({"told": told[0]} if told else {}),
            }

    def _article(self, name: str, text: str) -> None:
        head, _, body = text.partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        self.marks[name] = {}
        title, body = (self._unmark(name, where, raw) for where, raw in (("title", fields["title"]), ("body", body)))
        self.articles.append(
            {"id": name, "url": fields["url"], "title": title, "publisher": fields["publisher"],
             "published": fields["published"], "language": "en", "text": body}
        )  # fmt: skip

    def _unmark(self, article: str, where: str, raw: str) -> str:
        plain, at, marked = "", 0, []
        for mark in MARK.finditer(raw):
            plain += raw[at : mark.start()]
            start, at = len(plain), mark.end()
            plain += mark[2]
            marked.append((start, len(plain)))
            if mark[1].startswith("-"):
                self.negatives.append(
                    {"article": article, "where": where, "text": mark[2], "start": start, "end": len(plain),
                     "reason": mark[1][1:]}
                )  # fmt: skip
            elif mark[1] in self.marks[article]:
                raise Mistake(f"{article}: {mark[1]} is marked twice")
            else:
                self.marks[article][mark[1]] = (where, start, len(plain))
        plain += raw[at:]
        for digit in re.finditer(r"\d+", plain):
            if not any(start <= digit.start() and digit.end() <= end for start, end in marked):
                raise Mistake(f"{article}: nobody marked {digit[0]!r} in the {where}")
        return plain

    def _claims(self, article_id: str, text: str) -> None:
        article = next(one for one in self.articles if one["id"] == article_id)
        described = [line for line in text.splitlines() if line]
        for line in described:
            self.claims.append(self._claim(article, line.split(" | ")))
        left = set(self.marks[article_id]) - {line.split(" | ")[0] for line in described}
        if left:
            raise Mistake(f"{article_id}: {left} marked but not described")

    def _claim(self, article: dict, cells: list[str]) -> dict:
        mark, subjects, metrics, figure, question, *rest = (cell.strip() for cell in cells)
        more = dict(cell.partition("=")[::2] for cell in rest)
        if unknown := set(more) - {"s", "ls", "t", "tt", "m", "a", "q", "neg", "idle", "same"}:
            raise Mistake(f"{article['id']} {mark}: {unknown} is not known")
        where, start, end = self.marks[article["id"]][mark]
        text = article["title"] if where == "title" else article["text"]
        first, last = (0, len(text)) if where == "title" else sentence(text, start, end)
        day = article["published"][:10]
        subject, *subjects = subjects.split(" / ")
        metric, *metrics = metrics.split(" / ")
        modality, *modalities = more.get("m", "asserted").split(" / ")
        time, *times = more.get("t", day).split(",")
        chain, *chains = [self._chain(article, chain, more.get("ls")) for chain in more.get("s", "publisher").split(",")]
        value = read_figure(figure)
        hedge, *hedges = more.get("a", value["approximation"]).split(",")
        also = {"subject": subjects, "metric": metrics, "modality": modalities, "time": times, "source_chain": chains,
                "approximation": hedges}  # fmt: skip
        phrase = more.get("tt", "")
        if phrase not in article["text"] and phrase not in article["title"]:
            raise Mistake(f"{article['id']} {mark}: the text has no {phrase!r}")
        scope = dict(one.split(":", 1) for one in more["q"].split(", ")) if "q" in more else {}
        of = {key: article[key] for key in ("id", "url", "title", "publisher", "published")}
        claim = {
            "id": f"{article['id']}.{mark}", "article": of, "where": where, "status": "current",
            "quote": text[first:last], "start": first, "end": last,
            "span": text[start:end], "span_start": start, "span_end": end,
            "subject": subject, "metric": metric, "qualifiers": scope,
            **value, "approximation": hedge, "time": time, "time_text": more.get("tt", ""), "modality": modality,
            "polarity": "negated" if "neg" in more else "affirmed", "source_chain": chain,
            "same_as": [f"{article['id']}.{more['same']}"] if "same" in more else None,
            "question": f"{self.name}/{question.partition('=')[0]}", "position": question.partition("=")[2],
            "worth": "idle" not in more, "also": {key: words for key, words in also.items() if words},
        }  # fmt: skip
        return {key: value for key, value in claim.items() if value not in (None, {})}

    def _chain(self, article: dict, keys: str, label: str | None) -> list[dict]:
        links = [dict(self.sources[key.strip()]) for key in keys.split(" > ") if key.strip() != "publisher"]
        if links and label:
            links[0]["label"] = label
        links = [link for link in links if link["kind"] != "publisher"]
        return [*links, {"name": article["publisher"], "label": article["publisher"], "kind": "publisher"}]

    def _relations(self, _: str, text: str) -> None:
        listed: dict[tuple[str, str, str], tuple[str, bool]] = {}
        for line in text.splitlines():
            question, _, rest = line.partition(": ")
            if question == "lookalike":
                for a, b in combinations(rest.split(), 2):
                    self._across(a, b, "unrelated_lookalike", soft=False)
            elif question == "soft":
                a, relation, b = rest.split()
                self._across(a, b, relation, soft=True)
            else:
                for one in rest.split("; "):
                    a, relation, b, *soft = one.split()
                    listed[f"{self.name}/{question}", a, b] = (relation, bool(soft) or relation == "agrees")
        answers = {(one["question"], one["position"]) for one in self.claims}
        if unused := {(question, one) for question, *ends in listed for one in ends} - answers:
            raise Mistake(f"{self.name}: nobody answers {unused}")
        for a, b in combinations(self.claims, 2):
            if a["question"] == b["question"]:
                self._within(a, b, listed)

    def _across(self, a: str, b: str, relation: str, *, soft: bool) -> None:
        """A line for two answers to different questions: the first claim of each stands for all of them."""
        ends = []
        for answer in (a, b):
            question, _, position = answer.partition("=")
            found = [
                one for one in self.claims if (one["question"], one["position"]) == (f"{self.name}/{question}", position)
            ]
            if not found:
                raise Mistake(f"{self.name}: nobody answers {answer}")
            ends.append(found[0])
        if ends[0]["question"] == ends[1]["question"]:
            raise Mistake(f"{self.name}: {a} and {b} answer one question")
        if (row := pair(*ends, relation, soft=soft)) not in self.pairs:
            self.pairs.append(row)

    def _within(self, a: dict, b: dict, listed: dict) -> None:
        if a["position"] == b["position"]:
            loose = [one["approximation"] in LOOSE for one in (a, b)]
            tight, other = (b, a) if loose == [True, False] else (a, b)
            relation = "refines" if loose[0] != loose[1] else "agrees"
            denial = a["polarity"] == "negated"
            row = pair(tight, other, relation, soft=denial)
            if relation == "refines":
                row["also_ok"] = [*row["also_ok"], "agrees"]
            self.pairs.append(row)
            return
        for one, two in ((a, b), (b, a)):
            key = (one["question"], one["position"], two["position"])
            if key in listed:
                self.pairs.append(self._judged(one, two, *listed[key]))
                return
        raise Mistake(f"{a['question']}: what is {a['position']} to {b['position']}?")

    def _judged(self, a: dict, b: dict, relation: str, soft: bool) -> dict:
        """The listed relation, unless one voice says both: then it corrected itself, or is at odds with itself."""
        one_voice = asserter(a) == asserter(b) and asserter(a)[0] is not None
        if relation == "contradicts" and one_voice:
            if a["article"]["id"] == b["article"]["id"]:
                return pair(a, b, "self_inconsistent", soft=soft)
            newer, older = sorted((a, b), key=lambda one: one["article"]["published"], reverse=True)
            return {**pair(newer, older, "updates", soft=soft), "also_ok": ["contradicts"]}
        return pair(a, b, relation, soft=soft)

    def _whole(self) -> None:
        for article in self.articles:
            if self.marks[article["id"]] and not any(c["article"]["id"] == article["id"] for c in self.claims):
                raise Mistake(f"{article['id']} has no section of claims")


def pair(a: dict, b: dict, relation: str, *, soft: bool) -> dict:
    """`soft`: a fair reader may also leave this pair alone."""
    soft = soft or (relation != "unrelated_lookalike" and not (a["worth"] and b["worth"]))
    row = {"a": a["id"], "b": b["id"], "relation": relation, "also_ok": ["none"] if soft else []}
    return {**row, "question": a["question"]} if a["question"] == b["question"] else row


def asserter(claim: dict) -> tuple:
    first = claim["source_chain"][0]
    return first["name"], first["kind"]


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """First and last place of the sentence that holds the span."""
    first, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    for found in SENTENCE_END.finditer(text, first, stop):
        if NO_END.search(text, first, found.start() + 1):
            continue
        if found.end() <= start:
            first = found.end()
        elif found.start() + 1 >= end:
            stop = min(stop, found.end() - len(found[0]) + len(found[0].rstrip()))
            break
    return first, stop


def read_figure(text: str) -> dict:
    """`up ~12 percent`, `3..5 tonne`, `date >=2027-09` as the keys of a claim."""
    if text.startswith("date "):
        hedge = re.match(r"date (>=|<=)?(.+)", text)
        return {"value": hedge[2], "unit": "date", "approximation": HEDGES[hedge[1]]}
    found = FIGURE.fullmatch(text)
    if not found:
        raise Mistake(f"cannot read the figure {text!r}")
    direction, hedge, low, high, unit = found.groups()
    row: dict = {"unit": unit, "approximation": HEDGES[hedge]}
    if high:
        row |= {"low": number(low), "high": number(high), "approximation": "range"}
    elif hedge in (">", ">="):
        row["low"] = number(low)
    elif hedge in ("<", "<="):
        row["high"] = number(low)
    else:
        row["value"] = number(low)
    return row | ({"direction": direction} if direction else {})


def number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


if __name__ == "__main__":
    try:
        sys.exit(main(*map(Path, sys.argv[1:2])))
    except Mistake as mistake:
        sys.exit(str(mistake))
