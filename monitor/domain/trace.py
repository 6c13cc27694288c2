"""How a field of a claim was found: by which rule, going by which words."""

from collections.abc import Mapping
from dataclasses import dataclass

FIELDS = ("value", "unit", "subject", "metric", "time", "modality", "polarity", "source", "qualifiers", "worth")
"""In the order in which a reader checks them."""
AND = "; "
"""Between rules that gave a field together."""
GAP = " … "
"""Between words of a cue that do not stand together."""


@dataclass(frozen=True)
class Trace:
    """What gave a field. `cue`: the words that it went by, empty where there are none; `start`: where they stand in
    the text of the evidence, -1 where they do not. `trust`: how sure that way is, 0 to 1, where it is known.
    """

    field: str
    rule: str
    cue: str = ""
    start: int = -1
    trust: float | None = None

    @property
    def why(self) -> str:
        """The rule in words, or the rules."""
        return AND.join(WHY[self.field].get(rule) or WHY[""][rule] for rule in self.rule.split(AND))


_WORTH = {
    "title": "whether the title says it",
    "place": "how far down in the text it stands",
    "subject in title": "whether the title names its subject",
    "metric in title": "how much of its metric the title says",
    "unit told": "how many figures of the text have its unit",
    "unit alone": "whether any other figure has its unit",
    "change": "whether it is a change",
    "in words": "whether the number is written in words",
    "size": "how many digits the number has",
    "time said": "whether a time is said for it",
    "long ago": "whether it is of a time long before",
    "boilerplate": "whether it stands in what a sender tells of himself",
    "date to come": "whether it is a date that is announced",
    "hedge": "how exactly it is given",
    "modality": "how surely it is meant",
    "asserter": "what sort of source says it",
    "kind": "what sort of thing it is of",
    "coming": "words of dates and deeds to come",
    "measured": "words of how it was found out",
    "background": "words that place somebody or something",
    "own": "words of one's own life",
    "extent": "words of distance and size",
    "past": "words of what is no more",
}

WHY: Mapping[str, Mapping[str, str]] = {
    "": {
        "body": "a title says too little: taken from the body's claim of the same figure",
        "pair": "the same figure in another unit: taken from the reading that stands first",
    },
    "value": {
        "number": "the number as written",
        "range": "the two ends as written",
        "date": "the date is itself what is stated",
        "denial": "no figure: it is said that something is not so",
    },
    "unit": {
        "unit": "the unit beside the number",
        "counted": "the noun that the number counts",
        "bare": "no unit and no noun beside the number",
        "echo": "the text counts this elsewhere under this metric",
        "date": "a date needs no unit",
        "denial": "no figure, no unit",
    },
    "subject": {
        "label": "the name that the line sets off with a colon",
        "row": "the name at the head of the row or list item",
        "noun": "named within the phrase that the figure belongs to",
        "clause": "the subject of the clause in which the figure stands",
        "front": "the place or thing named in front of the sentence",
        "beside": "named beside the noun that is measured",
        "teller": "whoever tells the figure has such figures itself",
        "event": "the event that the article reports",
        "where": "the place of the event",
        "world": "what such statistics are commonly of here: a country, a market, a crop",
        "victim": "the organisation that this was done to",
        "whole": "the whole that the people or things counted are part of",
        "traded": "the thing that has the price",
        "thing": "no name near: the thing itself",
        "carried": "the text goes on with the subject of the figure before",
        "before": "the figure goes on with that of the figure before it",
        "owner": "whose figure of this metric the text told earlier",
        "topic": "no name near: what the article is mostly about",
        "place": "no name near: the place of the article",
        "generic": "no name near: the noun nearest to the figure",
        "publisher": "nothing is named: the publisher stands in",
    },
    "metric": {
        "level": "the noun that the figure is the level of",
        "change": "the noun that the figure says has moved",
        "count": "what the figure is a number or an amount of",
        "share": "the whole that the figure is a share of",
        "loose": "the nearest words that say what is measured; no firm tie in the grammar",
        "beside": "held against the figure before it: the same metric",
        "continued": "goes on with the metric of the figure before it",
        "taken up": "another voice's figure for what was said just before",
        "cell": "the heads of the table's column and row",
        "row": "the line of the list, with what its figure is said of",
        "label": "the label in front of the figure",
        "compared": "how far one thing is from another",
        "completed": "said in full elsewhere in the text",
        "repeated": "the text told this number before: of what it was then",
        "usual": "the sentence does not say: what most figures of this sort are of in the text",
        "plain": "nothing says what it is of: what the unit measures or the number counts",
    },
    "time": {
        "date": "the figure is this date",
        "governing": "the date that governs the figure's clause",
        "cell": "the date at the head of the column or row",
        "bracketed": "set beside another figure in brackets, of the same time",
        "sentence": "the time of the forecast before it in the sentence",
        "paragraph": "the time of the figure before in the paragraph",
        "heading": "the period named by the heading",
        "article": "the period that the text is about",
        "incident": "the day of the event",
        "publication": "no date is said: the day of publication",
    },
    "modality": {
        "cue": "a word that says how surely it is meant",
        "speech": "what the verb of speech implies",
        "unnamed": "the source is not named: hearsay",
        "plain": "no such word: said plainly",
    },
    "polarity": {"cue": "a word of denial rules the figure", "plain": "no denial rules the figure"},
    "source": {
        "speech": "the words by which somebody is said to say it",
        "quotation": "inside somebody's quotation marks",
        "issuer": "the text is this body's own statement",
        "own": "nobody is said to say it: the article's own word",
    },
    "qualifiers": {"scope": "words that narrow the figure's scope", "none": "no words that narrow it"},
    "worth": {
        "usual": "nothing sets it off from other claims",
        **{f"{way} {name}": f"{way}: {words}" for name, words in _WORTH.items() for way in ("more", "less")},
    },
}
