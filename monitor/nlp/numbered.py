"""Names that end in a number: "Heron 3", "Line 7", "Flight 212" are one thing, and their number counts nothing."""

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

LONGEST_NUMBER = 4  # digits
SHORTEST_SORT = 3  # letters: shorter ones may be units
_FIGURES = frozenset({"PERCENT", "MONEY", "QUANTITY", "CARDINAL", "DATE", "TIME"})
_FOLLOWING = frozenset({"'s", "’s"})
_NAMED = frozenset({"product", "organisation", "other", "person"})
_PLACING = frozenset({"in", "at", "near", "off", "around", "across", "from", "to", "by", "for", "with"})


def find_numbered(
    doc: Doc, names: Collection[tuple[int, int, str]], labels: Collection[str], sorts: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Tokens of each name with the number behind it.

    `names`: tokens and kind of names found so far. `labels`: words that a number always names ("line"). `sorts`: common
    nouns for things that bear names ("rocket"); plural counts are told from names by what stands around them.
    """
    ends = {end: (start, kind) for start, end, kind in names}
    at = [token.i for token in doc if _is_plain(token)]
    surfaces = [_surface(doc, ends, i) for i in at]
    families: set[str] = set()
    for i, surface in zip(at, surfaces, strict=True):
        before = doc[i - 1]
        start, kind = ends.get(i, (i - 1, "other"))
        if before.lower_ in labels and before.text.istitle():
            yield start, i + 1
        elif kind in _NAMED and _may_be_name(before) and _is_one_name(doc, start, i, sorts, surfaces.count(surface)):
            families.add(surface.rsplit(" ", 1)[0])
            yield start, i + 1
    # "Heron 2" beside "Heron 3"
    for i, surface in zip(at, surfaces, strict=True):
        if surface.rsplit(" ", 1)[0] in families:
            yield ends.get(i, (i - 1, ""))[0], i + 1


def _is_plain(token: Token) -> bool:
    """Whether a token is a short number just behind a word of its sentence."""
    if not token.i or not token.text.isdecimal() or len(token) > LONGEST_NUMBER or token.is_sent_start:
        return False
    return token.nbor(-1).whitespace_ == " " and token.ent_type_ not in {"DATE", "TIME", "PERCENT", "MONEY"}


def _may_be_name(token: Token) -> bool:
    """Whether a word with a capital is more than one that opens its sentence."""
    if not token.text[:1].isupper() or not token.text.isalpha() or token.ent_type_ in {"DATE", "GPE", "NORP", "LOC"}:
        return False
    return token.pos_ in {"PROPN", "NOUN", "ADJ"}


def _surface(doc: Doc, ends: dict[int, tuple[int, str]], i: int) -> str:
    return str(doc[ends.get(i, (i - 1, ""))[0] : i + 1].text)


def _is_one_name(doc: Doc, start: int, at: int, sorts: Collection[str], count: int) -> bool:
    after = doc[at + 1] if at + 1 < len(doc) else None
    before = doc[start - 1] if start else None
    if after is None or after.is_punct or after.is_space:
        return count > 1
    if after.text in _FOLLOWING:
        return True
    if after.lemma_.lower() in sorts and after.text.islower():
        # "20 Larch 220 jets": a plural that has its count already
        return after.tag_ == "NN" or count > 1 or (before is not None and before.like_num)
    placed = before is not None and before.lower_ in _PLACING
    if after.tag_ == "NN" and after.text.islower() and len(after) > SHORTEST_SORT and after.ent_type_ not in _FIGURES:
        return not placed  # a single thing after a number is not counted by it: "the Aster 5 saloon"
    is_doer = after.pos_ in {"VERB", "AUX"} and after.tag_ in {"VBZ", "VBD", "MD"} and not placed
    return is_doer or (count > 1 and after.pos_ not in {"NOUN", "PROPN", "ADJ"})
