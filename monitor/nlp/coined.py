"""Names in small letters: medicines and the like, which nothing but their own form or the word before them gives away."""

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

SHORTEST = 6  # letters
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "X", "ADV", "ADP"})


def find_coined(doc: Doc, stems: Collection[str], sorts: Collection[str], plain: Collection[str] = ()) -> Iterator[int]:
    """The tokens that are such names, everywhere in the text.

    `stems`: endings that only international names of medicines have ("-mab"). `sorts`: nouns behind which a word that the
    model's dictionary does not know is a name ("the vaccine …"); without such a dictionary only endings tell. `plain`:
    words that are no names, whatever they end in ("riptide").
    """
    listed = bool(doc.vocab.vectors_length)
    coined = {
        token.lower_
        for token in doc
        if _is_word(token) and token.lemma_.lower() not in plain and _is_coined(token, stems, sorts, listed)
    }
    for token in doc:
        if token.lower_ in coined and (token.text.islower() or token.is_sent_start):
            yield token.i


def _is_word(token: Token) -> bool:
    return len(token) >= SHORTEST and token.is_alpha and token.text[1:].islower() and token.pos_ in _NOUNS


def _is_coined(token: Token, stems: Collection[str], sorts: Collection[str], listed: bool) -> bool:
    if token.lower_.endswith(tuple(stems)):
        return True
    before = token.nbor(-1) if token.i else None
    named = before is not None and before.text.islower() and before.lemma_ in sorts and before.pos_ == "NOUN"
    return listed and token.is_oov and named and token.text.islower()
