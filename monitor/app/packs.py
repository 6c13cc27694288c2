"""Claims with their evidence to be taken away: Markdown for a memo, JSON-LD (schema.org Claim) for other machines.

No review and no rating is made of a claim: nobody here says who is right.
"""

import hashlib
import string
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from monitor.app import wording
from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.relation import Told
from monitor.domain.source import Source, SourceKind

if TYPE_CHECKING:
    from monitor.pipeline.check import CheckedText, Finding

Json = dict[str, Any]
Permalink = Callable[[Claim], str]
_PERSONS = (SourceKind.PERSON, SourceKind.ANONYMOUS)
CHECKED_HEADS = {"agrees": "Says the same", "disagrees": "Disagrees", "near": "Near, but different"}
"""The lists of what the archive has on a claim of a text, in the order in which they are told, with their headings."""


def copy_hash(article: Article) -> str:
    """SHA-256 of the stored text of this version, in UTF-8, as hex: who has the text can say that it is this one."""
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def linked_data(one: Told, permalink: Permalink, first: Article | None = None) -> Json:
    """The claim as schema.org has it. `first`: the earliest article known to say it, its own if not given.

    Who claims it is the nearest asserter; where that is a document, the claim is based on it and has no author.
    """
    claim, asserter = one.claim, one.claim.sources[0] if one.claim.sources else None
    found: Json = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": permalink(claim),
        "url": permalink(claim),
        "identifier": claim.id,
        "name": f"{claim.subject}: {claim.metric}, {claim.printed}",
        "text": claim.evidence.quote,
        "about": {"@type": "Thing", "name": claim.subject},
        "appearance": _work(one.article),
        "firstAppearance": _work(first or one.article),
    }
    if one.article.published is not None:
        found["datePublished"] = one.article.published.isoformat()
    if asserter is not None and asserter.kind is SourceKind.DOCUMENT:
        found["isBasedOn"] = {"@type": "CreativeWork", "name": asserter.name or asserter.label}
    elif asserter is not None:
        found["author"] = _claimant(asserter)
    return found


def linked_list(claims: Sequence[Told], permalink: Permalink) -> Json:
    """Several claims in one document."""
    graph = [linked_data(one, permalink) for one in claims]
    for one in graph:
        del one["@context"]
    return {"@context": "https://schema.org", "@graph": graph}


def _work(article: Article) -> Json:
    work: Json = {
        "@type": "NewsArticle",
        "url": article.url,
        "headline": article.title,
        "publisher": {"@type": "Organization", "name": article.publisher},
        "version": article.version,
        "identifier": f"sha256:{copy_hash(article)}",
    }
    if article.published is not None:
        work["datePublished"] = article.published.isoformat()
    return work


def _claimant(source: Source) -> Json:
    kind = "Person" if source.kind in _PERSONS else "Organization"
    return {"@type": kind, "name": source.name} if source.name else {"@type": kind, "description": source.label}


def evidence_pack(
    title: str, claims: Sequence[Told], permalink: Permalink, *, now: datetime, notes: Sequence[str] = (), total: int = 0
) -> str:
    """Markdown: each claim with its sentence, its chain, and the hash of the copy it stands in.

    `notes`: paragraphs first. `total`: of how many these are the first, where the list was cut.
    """
    cut = [f"The first {len(claims)} of {total} claims."] if total > len(claims) else []
    head = [f"# {_line(title)}", *cut, *map(_line, notes)]
    blocks = [_block(one, permalink) for one in claims]
    return _whole([*head, *blocks], now)


def checked_pack(checked: "CheckedText", permalink: Permalink, *, now: datetime) -> str:
    """Markdown: each figure of a text as it was read, then who says the same, who disagrees, and what is near."""
    blocks = [f"# {_line(f'Checked: “{checked.article.text}”')}"]
    for one in checked.found:
        said = one.claim
        blocks.append(_line(f"## Read as: {said.subject}: {said.metric}, {wording.quantity(said.quantity)}"))
        for name, head in CHECKED_HEADS.items():
            found: Sequence[Finding] = getattr(one, name)
            blocks += [f"### {head}: {len(found) or 'nothing in this archive'}"]
            for finding in found:
                blocks += [_block(finding.told, permalink, level=4), f"Why: {_line(finding.why)}"]
        if one.left_out:
            blocks.append(f"{one.left_out} more findings of these kinds are left out.")
    if not checked.found:
        blocks.append("No figure and no date was read in this text that could be checked.")
    if checked.left_out:
        blocks.append(f"{checked.left_out} more figures of the text were read and not checked.")
    return _whole(blocks, now)


def _whole(blocks: Sequence[str], now: datetime) -> str:
    return "\n\n".join([*blocks, f"Taken from the archive on {now.date().isoformat()}."]) + "\n"


def _block(one: Told, permalink: Permalink, *, level: int = 2) -> str:
    claim, article = one.claim, one.article
    published = article.published.isoformat() if article.published else "date unknown"
    as_of = claim.time.iso() if claim.time and claim.time_text else "not stated"
    facts = (
        f"Normalised: {wording.quantity(claim.quantity)}",
        f"Scope: {wording.scope(sorted(claim.qualifiers.items())) or 'none named'}",
        f"As of: {as_of}",
        f"Kind: {claim.modality.value}, {claim.polarity.value}; status: {claim.status.value}",
        f"Who told whom: {wording.chain(claim) or article.publisher}",
        f"Published: {published}, {article.publisher}, “{article.title}”, version {article.version}",
        f"Stored copy: sha256 {copy_hash(article)}, characters {claim.evidence.start} to {claim.evidence.end}",
    )
    head = _line(f"{'#' * level} {claim.subject}: {claim.metric}, {claim.printed}")
    links = [f"- Original: {_link(article.url)}", f"- Permalink: {_link(permalink(claim))}"]
    lines = [*(f"- {_line(fact)}" for fact in facts), *links]
    return "\n\n".join((head, f"> {_line(claim.evidence.quote)}", "\n".join(lines)))


def _line(text: str) -> str:
    """On one line and with no tag: what stands in a text makes no heading, list or HTML of its own."""
    return " ".join(text.split()).replace("<", "\\<")


def _link(address: str) -> str:
    return f"<{quote(address, safe=string.punctuation.replace('<', '').replace('>', ''))}>"
