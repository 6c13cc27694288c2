"""Numbers that are no figures: parts of names, clock times, telephone numbers, ages, ranks, idioms, scopes."""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from monitor.domain.quantity import Approximation
from monitor.nlp.counted import Counted
from monitor.nlp.draft import Draft
from monitor.nlp.figure_cues import FigureCues, Phrase
from monitor.nlp.lexing import Lexed, Piece
from monitor.nlp.line_marks import line_places

_HYPHENS = "-‐‑–"
_OLDEST = 110
_LAST_YEAR = 2199
_UNTIL = frozenset({"by", "until", "before", "in", "after", "since", "till"})
_ADULT = 16  # a bracketed number behind a name is an age from here on
_LONGEST_LABELS = 24  # pieces back to the label of a list
_SMALL_WHOLE = 20  # up to here "nine of 13" says no more than how many were asked
_FREE = re.compile(
    r"https?://\S+|www\.\S+|[^\s@]{1,64}@[^\s@]{1,255}"  # addresses
    r"|\+\d[\d ()./-]{6,}\d|\(\d{2,5}\)[ -]?\d[\d -]{4,}\d"  # telephones
    r"|(?<![\d,.])(?:\d(?:-\d{3}){2}-\d{4}|\d{3}[-.]\d{3}[-.]\d{4})\b"
    r"|(?<![\d,.])(?:\d{3}-\d{4}|0\d{2,4}[ -]\d{3,}[ -]?\d*)\b(?!,\d)"
    r"|\b\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s?(?:[ap]\.?m\b\.?)|\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\b"  # clock times
    r"|\b\d{1,2}\s?[ap]\.?m\b\.?|\b\d{4}h\b"
    r"|\b\d+(?:\.\d+){2,}\b"  # versions, network addresses
    r"|\b\d{1,4}/\d{1,2}/\d{1,4}\b|\b(?:9/11|24/7|50/50)\b"
    r"|\b\d+(?:st|nd|rd|th)\b(?:[-‐‑ ](?:largest|biggest|highest|lowest|most|best|worst))?"  # ranks
    r"|[#№§]\s?\d+"
    r"|\[\d{1,3}[a-z]?(?:\s?[,;–-]\s?\d{1,3}[a-z]?){0,12}\]"  # marks of references: [7], [4,9], [31–34]
    r"|\b[A-Z]{2,8}:\s?\d{4,12}\b"  # numbers of a register: PMID: 882045
    r"|\b(?:1[89]|20)\d\d[a-e]\b"  # one of an author's papers of a year: 2006b
    r"|\bA\.?D\.?\s?\d{1,4}(?:\s(?:and|to|or)\s\d{1,4}|\s?[–-]\s?\d{1,4})?\b"  # eras
    r"|\b\d{1,5}(?:\s(?:and|to|or)\s\d{1,5}|\s?[–-]\s?\d{1,5})?\s(?:AD|BC|BCE|CE|A\.D\.|B\.C\.)(?!\w)"
)


def blocked_places(text: str, lexed: Lexed, cues: FigureCues, dates: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of text in which no number is read, in order."""
    places = [match.span() for match in _FREE.finditer(text)]
    places += dates
    places += _after_numerals(lexed, cues.clock)
    places += _phrases(lexed, cues.idioms)
    places += line_places(text, cues)
    return sorted(places)


def _after_numerals(lexed: Lexed, phrases: tuple[Phrase, ...]) -> Iterator[tuple[int, int]]:
    for index, piece in enumerate(lexed.pieces):
        if piece.kind == "n":
            for phrase in phrases:
                if _stands(lexed, index + 1, phrase):
                    yield piece.start, lexed.pieces[index + len(phrase)].end
                    break


def _phrases(lexed: Lexed, phrases: tuple[Phrase, ...]) -> Iterator[tuple[int, int]]:
    by_first: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    for index, piece in enumerate(lexed.pieces):
        for phrase in by_first.get(piece.low, ()):
            if _stands(lexed, index, phrase):
                yield piece.start, lexed.pieces[index + len(phrase) - 1].end


def _stands(lexed: Lexed, index: int, phrase: Phrase) -> bool:
    return all(lexed.low(index + i) == word for i, word in enumerate(phrase))


def is_name(draft: Draft, lexed: Lexed, counted: Counted | None, token: Token, cues: FigureCues) -> bool:
    """Whether the number is part of a name or label: H100, GPT-4, Boeing 737, Section 301."""
    if draft.number.kind != "digits" or (draft.surface is not None and draft.surface.before):
        alone = counted is None or lexed.pieces[draft.last].kind == "n"  # "one 700-litre still" is a mill
        return draft.number.kind == "words" and alone and is_one(draft, lexed, counted, cues)
    pieces, first = lexed.pieces, draft.first
    if _letters_touch(pieces, draft) or _is_list_mark(draft, lexed) or _is_in_code(pieces, draft):
        return True
    if _is_in_formula(pieces, draft) or _goes_on_with_labels(draft, lexed, counted, cues):
        return True
    if draft.sign < 0 and counted is not None and draft.surface is None:
        return True  # "CORDA -12 kits": nothing is counted in negative numbers
    if draft.surface is not None and not draft.shared:
        return _labelled(draft, lexed, None, cues) and draft.surface.exact_case and len(draft.surface.form) == 1
    if _is_on_a_shirt(draft, lexed, token):
        return True
    if draft.number.suffix in ("B", "K", "T", "M") and counted is None:
        return True
    numeral = pieces[draft.number.first].text
    if numeral.startswith("0") and numeral.isdecimal() and len(numeral) > 1:
        return True
    if draft.number.scaled or "," in numeral or draft.start != first:
        return False
    if "." not in numeral and counted is not None and counted.head is not None and _is_proper(counted.head):
        return True
    return _labelled(draft, lexed, counted, cues) or _after_proper_noun(token, counted) or _is_year(draft, lexed, counted)


def _is_proper(head: Token) -> bool:
    """A singular name after a numeral: "787 Dreamliner", "575 Wilbraham Road"; but "12 GPUs" are counted."""
    singular = head.tag_ == "NNP" or (head.tag_ == "NN" and head.ent_type_ in ("PRODUCT", "ORG", "FAC"))
    return singular and head.text[0].isupper() and not head.text.endswith("s")


def is_one(draft: Draft, lexed: Lexed, counted: Counted | None, cues: FigureCues) -> bool:
    """The pronoun or article "one"; "at least one" is a count, and so is "one person was killed"."""
    if counted is not None and counted.unit.removeprefix("count:") in cues.states.values():
        return False
    plain = draft.number.value == 1 and lexed.low(draft.number.first) == "one" and draft.upper is None
    return plain and draft.surface is None and not draft.score and draft.approximation is not Approximation.AT_LEAST


def _letters_touch(pieces: list[Piece], draft: Draft) -> bool:
    first, last = draft.first, draft.last
    if pieces[first].glued and first > 0:
        before = pieces[first - 1]
        if before.kind == "w" or before.text in ("_", "/", "\\", "."):
            return True
        hyphened = before.text in _HYPHENS and before.glued and first > 1
        if hyphened and (pieces[first - 2].kind == "w" and pieces[first - 2].low not in ("mid", "sub", "pre", "post")):
            return True
    if last < len(pieces) and pieces[last].glued:
        after = pieces[last]
        return after.kind == "w" or after.text in "_\\" or (after.text == "/" and draft.surface is None)
    return False


def _is_in_code(pieces: list[Piece], draft: Draft) -> bool:
    """ "EN 4417-3", "a 4-4-2": numerals tied by hyphens that are neither a range nor a result."""
    if draft.surface is not None or draft.score or draft.sign < 0:
        return False
    first, last = draft.first, draft.last
    if draft.upper is not None:
        # "1111-2222-3333" is the number of an account.
        tied = last + 1 < len(pieces) and pieces[last].text in _HYPHENS and pieces[last].glued and pieces[last + 1].glued
        return tied and pieces[last + 1].kind == "n" and pieces[last - 1].glued
    if first > 1 and pieces[first].glued and pieces[first - 1].text in _HYPHENS and pieces[first - 1].glued:
        return pieces[first - 2].kind == "n"
    tied = last + 1 < len(pieces) and pieces[last].text in _HYPHENS and pieces[last].glued and pieces[last + 1].glued
    return tied and pieces[last + 1].kind == "n"


def _is_in_formula(pieces: list[Piece], draft: Draft) -> bool:
    """The 2 of "Ba(NO3)2", the 2 and 7.15 of "G(2, 7.15)": a numeral tied to a bracket or told to a function."""
    first = draft.first
    if first > 0 and pieces[first].glued and pieces[first - 1].text in ")]":
        return True
    at = next((i for i in range(first - 1, max(-1, first - 4), -1) if pieces[i].text == "("), None)
    if not at or any(pieces[i].kind == "w" for i in range(at, first)):
        return False
    return pieces[at].glued and pieces[at - 1].kind == "w" and len(pieces[at - 1].text) == 1


def _goes_on_with_labels(draft: Draft, lexed: Lexed, counted: Counted | None, cues: FigureCues) -> bool:
    """The 4 and 6 of "rounds 2, 4 and 6", the 4 of "Eqs. (3), (4)": the label before the first is for all."""
    if (draft.surface is not None and not draft.shared and len(draft.surface.form) > 1) or draft.number.scaled:
        return False
    at, seen = draft.first - 1, False
    for _ in range(_LONGEST_LABELS):
        piece = lexed.pieces[at] if at >= 0 else None
        if piece is None or not (
            piece.kind == "n" or piece.text in ",&()–-" or piece.low in ("and", "or", "to", "through")
        ):
            letter = piece is not None and piece.kind == "w" and piece.glued and len(piece.text) == 1 and at > 0
            if not letter or lexed.pieces[at - 1].kind != "n":
                break
        seen = seen or (piece is not None and piece.kind == "n")
        at -= 1
    follower = lexed.pieces[at + 1]
    if lexed.low(at) == ".":
        at -= 1
    if lexed.low(at) not in cues.lists["many_labels"] or not (follower.kind == "n" or follower.text == "("):
        return False
    # "In months 20 people died" counts people.
    return seen or follower.text == "(" or counted is None


def _is_on_a_shirt(draft: Draft, lexed: Lexed, token: Token) -> bool:
    """ "Dana Reyes (4) shoots": the number of a player."""
    bracketed = lexed.low(draft.first - 1) == "(" and lexed.low(draft.last) == ")"
    before = token.nbor(-2) if token.i >= 2 else token
    return bracketed and draft.surface is None and draft.number.value < _ADULT and before.ent_type_ == "PERSON"


def _is_list_mark(draft: Draft, lexed: Lexed) -> bool:
    """The 2 of "2) Figures are rounded" at the start of a sentence or line."""
    at = draft.number.last
    if draft.surface is not None or lexed.low(at) != ")" or not lexed.pieces[at].glued or draft.number.value > 99:
        return False
    opened = any(lexed.low(before) == "(" for before in range(max(0, draft.first - 8), draft.first))
    whole = draft.number.value == int(draft.number.value)
    return whole and not opened and (draft.first == 0 or lexed.pieces[draft.first - 1].text in ".:;•–-")


def _labelled(draft: Draft, lexed: Lexed, counted: Counted | None, cues: FigureCues) -> bool:
    at = draft.first - 1
    if lexed.low(at) == "." and at > 0 and lexed.pieces[at].glued:
        at -= 1
    word = lexed.low(at)
    if word in ("is", ":") and counted is None and lexed.low(at - 1) in cues.lists["dialled"]:
        return draft.number.value == int(draft.number.value) and draft.number.value > _OLDEST
    part = lexed.pieces[at].text[:1].isupper() and draft.surface is None  # "Section 3.1"
    if word not in cues.lists["labels"] or not (part or draft.number.value == int(draft.number.value)):
        return False
    return (
        counted is None
        or any(letter.isupper() for letter in lexed.pieces[at].text)
        or word in ("no", "number", "p", "pp", "fig")
    )


def _after_proper_noun(token: Token, counted: Counted | None) -> bool:
    """ "Boeing 737 jets", "Fortune 500": the name and the number belong together in the parse."""
    if token.i == 0 or token.i == token.sent.start:
        return False
    before = token.nbor(-1)
    if before.tag_ == "POS" and counted is None and token.dep_ in ("nsubj", "nsubjpass"):
        return True
    if before.pos_ != "PROPN" or before.text.islower() or before.ent_type_ in ("GPE", "DATE"):
        return False
    if counted is not None and counted.head is not None:
        same_phrase = before.head.i in (token.i, counted.head.i) and before.dep_ in ("compound", "nmod", "amod", "nummod")
        return same_phrase and counted.head.i - token.i <= 1
    return True


def _is_year(draft: Draft, lexed: Lexed, counted: Counted | None) -> bool:
    numeral = lexed.pieces[draft.number.first].text
    if len(numeral) != 4 or not numeral.isdecimal() or counted is not None:
        return False
    return 1700 <= int(numeral) <= (_LAST_YEAR if lexed.low(draft.start - 1) in _UNTIL else 2100)


def aside_of(draft: Draft, lexed: Lexed, counted: Counted | None, token: Token, cues: FigureCues) -> str:
    """Why a number is no figure to claim, or nothing. The words are those of QuantitySpan.aside."""
    if draft.number.kind == "words" and is_one(draft, lexed, counted, cues):
        return "one"
    if _is_age(draft, lexed, counted, token, cues):
        return "age"
    if _is_scope(draft, lexed, counted, token, cues):
        return "scope"
    if _is_rank(draft, lexed, token, cues):
        return "rank"
    if _is_period(draft, lexed, token, cues):
        return "period"
    if _is_track_record(draft, lexed, cues):
        return "period"
    if lexed.low(draft.start - 1) == "then" and lexed.low(draft.start - 2) in _EQUALS:
        return "illustration"  # "Every bale is then five sacks"
    if _is_retraced(draft, lexed, token, cues):
        return "definite"
    if _is_definite(draft, lexed, cues) or _is_of_something_told(draft, lexed, token):
        return "definite"
    if counted is not None and counted.head is not None and counted.head.lemma_.lower() in cues.lists["writing"]:
        return "writing"
    if counted is not None and _are_sources(draft, counted, cues):
        return "sources"
    if _is_whole(draft, lexed, cues, counted):
        return "whole"
    return ""


def _is_whole(draft: Draft, lexed: Lexed, cues: FigureCues, counted: Counted | None) -> bool:
    """The 13 of "nine of 13 analysts", the 14 of "a poll of 14 analysts": they say out of how many.

    "64 of 71 schools" tells two counts.
    """
    at = draft.start - 1
    if draft.surface is not None or draft.number.kind not in ("digits", "words") or draft.number.scaled:
        return False
    if lexed.low(at) in cues.lists["definite_leads"]:
        at -= 1
    if lexed.low(at) != "of" or at == 0:
        return False
    before = lexed.low(at - 1)
    teller = counted is None or (counted.head is not None and counted.head.lemma_.lower() in cues.lists["sources"])
    if before.isdecimal() and draft.number.value > _SMALL_WHOLE and not teller and at == draft.start - 1:
        return False
    return before in cues.lists["samples"] or before in cues.numbers.cardinals or before.isdecimal()


def _is_age(draft: Draft, lexed: Lexed, counted: Counted | None, token: Token, cues: FigureCues) -> bool:
    after = draft.last + 1 if lexed.low(draft.last) in ("-", "‑", "‐") else draft.last
    if lexed.low(draft.number.last) in cues.lists["age_marks"]:
        return True
    if draft.surface is not None:
        return draft.surface.unit in ("year", "month", "week", "day") and lexed.low(after) in cues.lists["age_follows"]
    if lexed.low(draft.start - 1) in cues.lists["age_leads"] or _is_said_of_person(draft, counted, token):
        return True
    in_commas = lexed.low(draft.first - 1) in (",", "(") and lexed.low(draft.last) in (",", ")", ".", ";")
    least = _ADULT if lexed.low(draft.first - 1) == "(" else 1
    plausible = counted is None and least <= draft.number.value <= _OLDEST and draft.number.kind == "digits"
    if not (in_commas and plausible and not draft.number.scaled and "." not in lexed.pieces[draft.number.first].text):
        return False
    before = token.nbor(-2) if token.i >= 2 else token
    return before.pos_ == "PROPN" or before.lower_ in cues.people or before.lemma_.lower() in cues.lists["sources"]


def _is_said_of_person(draft: Draft, counted: Counted | None, token: Token) -> bool:
    """ "I am 52", "since she was 14", "who was 10"."""
    bare = counted is None and not draft.number.scaled and draft.upper is None and draft.number.value <= _OLDEST
    verb = token.head
    if not bare or token.dep_ not in ("attr", "acomp") or verb.lemma_ != "be":
        return False
    return any(c.dep_ == "nsubj" and c.lower_ in ("i", "he", "she", "who", "you") for c in verb.lefts)


def _is_scope(draft: Draft, lexed: Lexed, counted: Counted | None, token: Token, cues: FigureCues) -> bool:
    """The 7 nm of "7 nm yield", the "two-year" of "two-year note", the "two-page" of "two-page letter"."""
    pieces = lexed.pieces
    hyphen = draft.number.last
    hyphened = hyphen + 1 < len(pieces) and pieces[hyphen].text in "-‐‑" and pieces[hyphen].glued
    if draft.surface is not None and draft.surface.unit == "degree" and lexed.low(draft.first - 1) == "of":
        return lexed.low(draft.first - 2) in _QUARTERS  # "north of 62 degrees" is a place
    if draft.surface is None:
        return hyphened and pieces[hyphen + 1].glued and pieces[hyphen + 1].kind == "w"
    return False


def _is_rank(draft: Draft, lexed: Lexed, token: Token, cues: FigureCues) -> bool:
    """ "The top five", "its three largest customers"."""
    small = draft.surface is None and draft.number.kind in ("digits", "words") and draft.number.value <= 100
    superlative = token.i + 1 < len(token.doc) and token.nbor().tag_ in ("JJS", "RBS")
    return small and not draft.number.scaled and (lexed.low(draft.start - 1) in cues.lists["rank_leads"] or superlative)


def _is_period(draft: Draft, lexed: Lexed, token: Token, cues: FigureCues) -> bool:
    """Three weeks that say when: "the past three years", "three days earlier", "the best in five years"."""
    if draft.surface is None or draft.surface.unit not in _TIMES:
        return False
    lead, follower = lexed.low(draft.start - 1), lexed.low(draft.last)
    if lead in cues.lists["rank_leads"]:
        return True
    if follower in cues.rate_not_after - {"on", "from", "old", "long", "early", "late"} and lead != "for":
        return True
    if lead == "same" or follower in ("ended", "ending"):
        return True
    if lead == "in" and any(t.tag_ in ("JJS", "RBS") or t.lower_ in _ORDINALS for t in _left(token)):
        return True
    return lexed.low(draft.start - 2) in ("time", "first") and lead in ("in", "for")


def _is_track_record(draft: Draft, lexed: Lexed, cues: FigureCues) -> bool:
    """ "In four of the last six winters": how often, not how many."""
    at = draft.last + 1
    if draft.surface is not None or lexed.low(draft.last) != "of":
        return False
    at += lexed.low(at) in cues.lists["definite_leads"]
    numbered = lexed.low(at + 1) in cues.numbers.cardinals or lexed.low(at + 1).isdecimal()
    return lexed.low(at) in cues.lists["rank_leads"] and numbered


def _is_of_something_told(draft: Draft, lexed: Lexed, token: Token) -> bool:
    """ "Half of that", "twice that": so much of what the text said before."""
    at = draft.last + (lexed.low(draft.last) == "of")
    if draft.number.kind not in ("share", "multiple") or lexed.low(at) not in _TOLD:
        return False
    word = next((t for t in token.doc[token.i : token.i + 8] if t.idx == lexed.pieces[at].start), None)
    return word is not None and word.pos_ in ("PRON", "SCONJ")


def _is_retraced(draft: Draft, lexed: Lexed, token: Token, cues: FigureCues) -> bool:
    """ "Regained a third of the drop": how far something came back, of a move that has its own figure."""
    if draft.number.kind != "share" or lexed.low(draft.last) != "of":
        return False
    after = {lexed.low(at) for at in range(draft.last + 1, draft.last + 4)}
    verbs = {word.lemma_.lower() for word in token.ancestors if word.pos_ == "VERB"}
    return bool(verbs & cues.lists["retracing"] and after & cues.lists["moves"])


_QUARTERS = frozenset({"north", "south", "east", "west", "latitude", "longitude"})
_EQUALS = frozenset({"is", "are", "was", "were", "makes"})
_TOLD = frozenset({"that", "this", "it"})
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century"})
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})


def _left(token: Token) -> Iterable[Token]:
    return token.doc[max(token.sent.start, token.i - 10) : token.i]


def _is_definite(draft: Draft, lexed: Lexed, cues: FigureCues) -> bool:
    small = draft.surface is None and draft.number.kind == "words" and draft.number.value <= 10 and not draft.score
    if not small or draft.number.scaled or draft.start != draft.first:
        return False
    lead, follower = lexed.low(draft.start - 1), lexed.low(draft.last)
    of_them = follower == "of" and lexed.low(draft.last + 1) in ("them", "us", "these", "those", "which", "whom")
    return lead in cues.lists["definite_leads"] or follower in cues.lists["definite_follows"] or of_them


def _are_sources(draft: Draft, counted: Counted, cues: FigureCues) -> bool:
    """ "Two engineers said", "as four people close to the talks said"."""
    head = counted.head
    if head is None or head.lemma_.lower() not in cues.lists["sources"] or draft.number.value > 30:
        return False
    if any(child.lower_ in cues.lists["source_marks"] for child in head.subtree):
        return True
    top = head
    while (
        top.dep_ in ("pobj", "prep", "conj") and top.head.i != top.i and top.head.pos_ in ("ADP", "NOUN", "NUM", "SCONJ")
    ):
        if top.lower_ == "according":
            return True
        top = top.head
    verb = top.head
    if (
        top.dep_ in ("nsubj", "nsubjpass", "agent", "dobj", "pobj", "prep")
        and verb.lemma_.lower() in cues.lists["speech"]
    ):
        return True
    return verb.lower_ in ("according", "by", "to") and verb.head.lemma_.lower() in cues.lists["speech"]


def supposed(doc: Doc, cues: FigureCues) -> list[tuple[int, int]]:
    """Sentences that only suppose their numbers, as character ranges."""
    found = []
    for sentence in doc.sents:
        low = sentence.text.lower()
        if any(token.lower_ in cues.illustration_words for token in sentence) or any(
            " ".join(phrase) in low for phrase in cues.illustration_phrases
        ):
            found.append((sentence.start_char, sentence.end_char))
    return found
