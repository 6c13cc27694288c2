"""The text of a Doc, and the sentence around a place in it."""

from spacy.tokens import Doc


def text_of(doc: Doc) -> str:
    """`doc.text`, which spaCy puts together anew from all tokens each time that it is asked."""
    text = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return str(text)


def sentence_edges(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The sentence around a figure without blanks at its ends; sentences that a figure straddles are joined."""
    inside = doc.char_span(start, end, alignment_mode="expand") or doc[:1]
    first, last = inside[0].sent, inside[-1].sent
    a, b = min(first.start_char, start), max(last.end_char, end)
    text = text_of(doc)[a:b]
    return a + len(text) - len(text.lstrip()), a + len(text.rstrip())
