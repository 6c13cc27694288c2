"""Whose word a speaker passes on, and to whom: "told the Gazette", "citing the ministry", "said in the filing"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.clauses import end_of
from monitor.nlp.reports import Page
from monitor.nlp.speaking import Voice


def with_audience(page: Page, verb: Token, voice: Voice) -> Voice:
    """ "told the Gazette": whom they told; a medium or institute that then tells us is the next link."""
    if verb.lemma_ != "tell":
        return _with_interview(page, verb, voice)
    heard = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
    if heard is None:
        return voice
    return _told(page, voice, heard, verb)


def _told(page: Page, voice: Voice, heard: Token, verb: Token) -> Voice:
    start, end = heard.left_edge.idx, end_of(heard)
    label = page.text[start:end]
    listener = page.speakers.voice(heard)
    told = listener.nearest.name if listener and listener.nearest.name else label
    chain: tuple[Source, ...] = (replace(voice.nearest, told=told), *voice.chain[1:])
    if listener is not None and (_passes_on(page, listener) or _named_for_it(page, verb, voice, listener)):
        chain = (*chain, listener.nearest)
    return replace(voice, chain=chain)


def _passes_on(page: Page, listener: Voice) -> bool:
    """Whether the listener is another publisher, who then printed it."""
    link = listener.nearest
    return (
        bool(link.name)
        and link.kind in {SourceKind.MEDIA, SourceKind.THINK_TANK}
        and not page.speakers.is_publisher(link)
    )


def _named_for_it(page: Page, verb: Token, voice: Voice, listener: Voice) -> bool:
    """ "The engineers who told Ferrograph that ...": an unnamed source that is known by whom it told."""
    unnamed = voice.nearest.kind in {SourceKind.ANONYMOUS, SourceKind.DOCUMENT}
    named = bool(listener.nearest.name) and listener.nearest.kind is not SourceKind.PERSON
    return verb.dep_ == "relcl" and unnamed and named and not page.speakers.is_publisher(listener.nearest)


def _with_interview(page: Page, verb: Token, voice: Voice) -> Voice:
    """ "said in an interview with the Gazette"; "said in the filing" when that document was named before."""
    for inside in verb.children:
        if inside.dep_ != "prep" or inside.lower_ not in {"in", "to", "on"}:
            continue
        for noun in inside.children:
            if noun.lemma_.lower() == "interview":
                for link in noun.children:
                    for other in link.children:
                        if link.lower_ in {"with", "to"} and other.dep_ == "pobj":
                            return _told(page, voice, other, noun)
            elif noun.lemma_.lower() in page.cues.documents and len(voice.chain) == 1:
                return _in_document(page, voice, noun)
    return voice


def _in_document(page: Page, voice: Voice, noun: Token) -> Voice:
    """The document counts as a link only where the article has relied on it before."""
    written = page.speakers.voice(noun)
    known = {link for earlier in page.speakers.voices for link in earlier.chain}
    if written is None or written.chain[-1].kind is not SourceKind.DOCUMENT or written.chain[-1] not in known:
        return voice
    return replace(voice, chain=(voice.nearest, written.chain[-1]))


def with_cited(page: Page, verb: Token, voice: Voice) -> Voice:
    """ "..., an official said, citing the ministry": the one cited asserts, the speaker passes it on."""
    below = (g for c in verb.children if c.dep_ == "ccomp" for g in c.children)
    for noun in (noun for child in (*verb.children, *below) for noun in _cited(page, child)):
        cited = page.speakers.voice(noun) or _giver(page, noun)
        if cited is None or cited.nearest == voice.nearest or cited.nearest.name == (voice.nearest.name or ""):
            continue
        return replace(voice, chain=(*cited.chain, *voice.chain), modality=_passed_on(cited, voice))
    return voice


def _cited(page: Page, verb: Token) -> Iterator[Token]:
    """What "citing the ministry", "referring to a study" relies on."""
    if verb.tag_ != "VBG":
        return
    lemma = verb.lemma_.lower()
    if lemma in page.cues.cite:
        yield from (noun for noun in verb.children if noun.dep_ == "dobj")
    elif lemma in page.cues.cite_to:
        links = (c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"to", "on"})
        yield from (noun for link in links for noun in link.children if noun.dep_ == "pobj")


def _passed_on(cited: Voice, speaker: Voice) -> Modality | None:
    """Hearsay, unless somebody who is named vouches for somebody named or for a paper that all can read."""
    vouched = speaker.nearest.name and speaker.nearest.kind is not SourceKind.MEDIA
    if vouched and (cited.nearest.name or cited.nearest.kind is SourceKind.DOCUMENT):
        return cited.modality or speaker.modality
    return Modality.REPORTED


def _giver(page: Page, noun: Token) -> Voice | None:
    """The one behind an utterance: "a talk held by the institute"."""
    for child in noun.children:
        for by in child.children if child.dep_ == "acl" else (child,):
            if by.lower_ in {"by", "from", "of"}:
                for giver in by.children:
                    if (found := page.speakers.voice(giver)) is not None:
                        return found
    return None
