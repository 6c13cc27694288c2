"""A name that says something → whose it is: persons by their full name, names that no tagger knows, their kinds."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.clauses import Region, noun_phrase
from monitor.nlp.mentioned import Named
from monitor.nlp.speaking import Speakers, Voice

ORGANISATION_KINDS = frozenset({"organisation", "publisher", "company", "government", "think_tank", "media"})
MISTAKEN = frozenset({"event", "other"})  # what taggers call the names of groups they do not know; events say nothing
PEOPLES = frozenset({"people", "group"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "said"})


def after_dateline(known: Speakers) -> Voice | None:
    """Parsers take the place of a dateline for the subject; the real one follows it."""
    first = next((n for n in known.named if known.doc[n.first].idx >= known.spoken_from), None)
    start = known.doc[first.first].idx if first is not None else 0
    return by_name(known, known.doc[first.stop - 1]) if first is not None and start - known.spoken_from < 40 else None


def by_name(known: Speakers, head: Token) -> Voice | None:
    renamed = apposed_person(known, head)
    if renamed is not None:
        return renamed
    found = known.at.get(head.i)
    if found is None and _is_role_in_title(known, head):
        return None
    if found is None and (head.pos_ == "PROPN" or (head.text[0].isupper() and _is_explained(known, head))):
        found = unlisted(known, head)
    if found is None:
        return None
    if found.name.islower() and is_definite(known, head):
        return None  # a description that is to be resolved, not a name
    found = _as_person(known, found)
    kind = kind_of(known, found)
    if kind is None:
        return None
    return say(known, head, found.name, kind)


def _is_role_in_title(known: Speakers, head: Token) -> bool:
    """ "Minister Rejects Report": a headline's capital makes no name."""
    alone = not any(c.pos_ == "PROPN" for c in head.children)
    return known.doc._.where == "title" and alone and head.lower_ in known.cues.titles | known.cues.headline


def _is_explained(known: Speakers, head: Token) -> bool:
    """ "Ironworks, a trade magazine": an apposition tells that a capitalised noun is a name."""
    kinds = known.cues.media | known.cues.company | known.cues.think_tank | known.cues.government
    return any(c.dep_ == "appos" and c.lemma_.lower() in kinds for c in head.children)


def _as_person(known: Speakers, found: Named) -> Named:
    """A lone surname of somebody whom the article names in full, whatever the tagger made of it."""
    if " " in found.name:
        return found
    owner = next((n for n in known.named if n.kind == "person" and n.name.endswith(f" {found.name}")), None)
    return replace(found, name=owner.name, kind="person") if owner is not None else found


def say(known: Speakers, head: Token, name: str, kind: SourceKind, region: Region | None = None) -> Voice:
    start, end = region or noun_phrase(head)
    modality = Modality.REPORTED if kind is SourceKind.MEDIA else None
    label = known.text[start:end]
    plural = head.tag_ in {"NNS", "NNPS"} or kind in {
        SourceKind.COMPANY,
        SourceKind.GOVERNMENT,
        SourceKind.THINK_TANK,
    }
    return Voice((Source(label, kind, name),), start, end, head.i, words_of(known, head), plural, modality)


def apposed_person(known: Speakers, head: Token) -> Voice | None:
    """ "The chief executive, Ana Reyes, said": the person is in the apposition."""
    if head.i in known.at or (head.pos_ == "PROPN" and head.lemma_.lower() not in known.cues.anonymous):
        return None
    for child in head.children:
        found = known.at.get(child.i)
        if child.dep_ == "appos" and found is not None and (found.kind == "person" or _holds_post(known, head, found)):
            found = replace(found, kind="person")
            start, _ = noun_phrase(head)
            return say(known, child, full_name(known, found), SourceKind.PERSON, (start, noun_phrase(child)[1]))
    return None


def _holds_post(known: Speakers, head: Token, found: Named) -> bool:
    """ "The chief executive, Ana Reyes", whatever taggers took her name for: one person holds a post."""
    posts = known.cues.titles | known.cues.spokespeople
    words = found.name.split()
    named_like_one = len(words) in {2, 3} and all(word[0].isupper() and word.isalpha() for word in words)
    return (
        head.tag_ == "NN"
        and head.lemma_.lower() in posts
        and named_like_one
        and found.kind in ORGANISATION_KINDS | MISTAKEN
    )


def unlisted(known: Speakers, head: Token) -> Named | None:
    """A proper noun that nobody has tagged: a company, or a person if it is called one later."""
    first = head.i
    while first and known.doc[first - 1].pos_ == "PROPN" and first - 1 not in known.at:
        first -= 1
    words = {t for n in known.named for t in n.name.split()}
    text = known.doc[first : head.i + 1].text
    if text.isupper() and len(text) > 5 and text not in words:
        text = text.title()
    kind = next((n.kind for n in known.named if text in n.name.split()), "organisation")
    return Named(first, head.i + 1, text, kind)


def full_name(known: Speakers, found: Named) -> str:
    """ "Reyes" → "Ana Reyes", where the article gives the full name somewhere."""
    if found.kind != "person" or " " in found.name.strip():
        return found.name
    for other in known.named:
        if other.kind == "person" and " " in other.name and other.name.split()[-1] == found.name:
            return other.name
    return found.name


def kind_of(known: Speakers, found: Named) -> SourceKind | None:
    """What kind of source a named thing is; None for things that cannot speak."""
    if _apposed_words(known, found) & known.cues.media:
        return SourceKind.MEDIA
    if found.kind == "person":
        return SourceKind.PERSON
    words = {w.lower().strip(".,'’") for w in found.name.split()}
    if found.kind in {"media", "publisher"} or (words & known.cues.media_names and words.isdisjoint({"office"})):
        return SourceKind.MEDIA
    if found.kind in {"place", "government"}:
        return SourceKind.GOVERNMENT
    if found.kind in ORGANISATION_KINDS | MISTAKEN:
        if words & known.cues.think_tank_names:
            return SourceKind.THINK_TANK
        return SourceKind.GOVERNMENT if words & known.cues.government_names else SourceKind.COMPANY
    return SourceKind.ANONYMOUS if found.kind in PEOPLES else None


def described_as(known: Speakers, named: Named) -> set[str]:
    """Title words before the name and the apposition after it."""
    head = known.doc[named.stop - 1]
    tokens = [
        t
        for i in range(named.first, named.stop)
        for t in known.doc[i].children
        if t.dep_ in {"compound", "appos", "amod", "nmod", "relcl"}
    ]
    if head.dep_ == "appos":
        tokens.append(head.head)
    words = {t.lemma_.lower() for token in tokens for t in ([token] if token.dep_ != "relcl" else token.subtree)}
    return words | {t.lower_ for t in known.doc[max(0, named.first - 3) : named.first] if t.pos_ in {"NOUN", "PROPN"}}


def _apposed_words(known: Speakers, named: Named) -> set[str]:
    """ "Ironworks, a trade magazine", "the trade paper Quayside": what stands beside a name and says what bears it."""
    head = known.doc[named.stop - 1]
    tokens = [c for c in head.children if c.dep_ == "appos"] + ([head.head] if head.dep_ == "appos" else [])
    tokens += [c for c in head.children if c.dep_ in {"compound", "nmod"} and c.i < named.first and c.pos_ == "NOUN"]
    return {t.lemma_.lower() for t in tokens}


def words_of(known: Speakers, head: Token) -> frozenset[str]:
    """What the phrase calls the source: lemmas of its head, modifiers and apposition."""
    near = [head, *(c for c in head.children if c.dep_ in {"compound", "amod", "appos", "nmod", "poss"})]
    return frozenset(t.lemma_.lower() for t in near)


def is_definite(known: Speakers, head: Token) -> bool:
    if any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in head.children) or head.lower_ == "police":
        return True
    first = head.left_edge.i
    return first > 0 and known.doc[first - 1].lower_ == "the"


def acts(known: Speakers, named: Named) -> bool:
    """Whether it is the subject of a clause, in apposition to one or the owner of one."""
    head = known.doc[named.stop - 1]
    return any(
        t.dep_ in {"nsubj", "nsubjpass"} or (t.dep_ in {"poss", "appos"} and t.head.dep_ in {"nsubj", "nsubjpass"})
        for t in (head, known.doc[named.first])
    )
