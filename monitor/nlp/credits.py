"""Whose text an article is: the agency or the company that the dateline or the byline names, before the publisher."""

from dataclasses import dataclass

from spacy.tokens import Doc

from monitor.domain.article import Article
from monitor.domain.source import Source, SourceKind
from monitor.nlp.layout import find_dateline
from monitor.nlp.naming import Name, bare, fold


@dataclass(frozen=True)
class Credit:
    """`tail` ends every chain. `own` is who asserts what nobody else is named for, if not the end of the chain alone."""

    tail: tuple[Source, ...]
    own: tuple[Source, ...] = ()


def read_credit(article: Article, body: Doc, legal_forms: frozenset[str], agency_words: frozenset[str]) -> Credit:
    """The credit of an article: wire copy carries its agency, a press release its issuer."""
    publisher = Source(article.publisher, SourceKind.PUBLISHER, article.publisher)
    tail: tuple[Source, ...] = (publisher,)
    agency = _agency(article, body, agency_words)
    if agency and not _is_short_for(agency, article.publisher):
        tail = (Source(agency, SourceKind.MEDIA, agency), publisher)
    return Credit(tail, _issuer(article, body, legal_forms, agency))


def _is_short_for(agency: str, publisher: str) -> bool:
    """Whether a credit is the publisher's own name or its initials ("(CD)" in the Continental Dispatch)."""
    words = publisher.replace("-", " ").split()
    told = [word for word in words if word.lower() not in {"the", "of", "and", "&"}]
    initials = {"".join(word[0] for word in part).lower() for part in (words, told)}
    return fold(agency) == fold(publisher) or agency.replace(".", "").lower() in initials


def _agency(article: Article, body: Doc, agency_words: frozenset[str]) -> str:
    dateline = find_dateline(body.text, body._.paragraphs)
    if dateline is not None and dateline.agency:
        return dateline.agency
    author = article.author.strip()
    return author if {word.lower().strip(".,") for word in author.split()} & agency_words else ""


def _issuer(article: Article, body: Doc, legal_forms: frozenset[str], agency: str) -> tuple[Source, ...]:
    """The organisation whose own text this is: the byline names it instead of a person."""
    author = article.author.strip()
    if not author or author == agency or fold(author) == fold(article.publisher):
        return ()
    names: dict[str, Name] = body._.names
    name = names.get(fold(bare(author, legal_forms)))
    has_form = author.split()[-1].lower() in legal_forms
    if (name is not None and name.kind == "organisation") or has_form:
        return (Source(author, SourceKind.COMPANY, name.name if name is not None else bare(author, legal_forms)),)
    return ()
