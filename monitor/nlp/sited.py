"""Names with the site behind them that they name: "Skerry Bank wind farm"."""

from collections.abc import Sequence

from spacy.tokens import Doc

from monitor.nlp.name_cues import NameCues
from monitor.nlp.naming import bare, fold
from monitor.nlp.proposed import Found
from monitor.nlp.text import text_of


def with_sites(doc: Doc, found: Sequence[Found], cues: NameCues) -> tuple[list[Found], dict[str, str]]:
    """Names with the site behind them that they name: "Skerry Bank wind farm"; and short form → that name.

    A name that also stands for itself ("the Halden plant" of Halden) stays as it is.
    """
    text = text_of(doc)
    counts: dict[str, int] = {}
    for mention in found:
        surface = doc[mention.start : mention.end].text
        counts[surface] = counts.get(surface, 0) + 1
    longer: dict[str, set[str]] = {}
    ends = {}
    for mention in found:
        end = _site_end(doc, mention, cues)
        if end:
            ends[mention] = end
            longer.setdefault(doc[mention.start : mention.end].text, set()).add(doc[mention.start : end].text)
    kept, sited = [], {}
    for mention in found:
        surface = doc[mention.start : mention.end].text
        forms = longer.get(surface, set())
        if len(forms) == 1 and mention in ends and sum(text.count(form) for form in forms) == counts[surface]:
            form = next(iter(forms))
            sited[fold(bare(surface, cues.legal_forms))] = fold(bare(form, cues.legal_forms))
            mention = Found(mention.start, ends[mention], "place")
        kept.append(mention)
    return kept, sited


def _site_end(doc: Doc, mention: Found, cues: NameCues) -> int:
    """Where the site noun behind a name ends; 0 if there is none."""
    surface = doc[mention.start : mention.end].text
    known = mention.known is not None and (mention.kind != "place" or surface != mention.known.name)
    if known or mention.kind in {"product", "group", "event"}:
        return 0
    for at in range(mention.end, min(mention.end + 3, len(doc))):
        token = doc[at]
        if not token.text.islower() or token.pos_ not in {"NOUN", "ADJ"}:
            return 0
        if token.lower_ in cues.sites:
            follows = doc[at + 1] if at + 1 < len(doc) else None
            return 0 if follows is not None and follows.pos_ == "NOUN" else at + 1
    return 0
