"""The text of a Doc, at hand."""

from spacy.tokens import Doc


def text_of(doc: Doc) -> str:
    """`doc.text`, which spaCy puts together anew from all tokens each time that it is asked."""
    text = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return str(text)
