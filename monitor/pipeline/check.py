"""A text against the archive: of each figure, who says the same, who disagrees, and what is near but different."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.domain.article import Article
from monitor.domain.asked import Asked
from monitor.domain.block import telling
from monitor.domain.claim import Claim, ClaimStatus, Modality
from monitor.domain.query import Named, NameField, asking
from monitor.domain.question import Question
from monitor.domain.relation import CONFLICTS, Relation, RelationKind, Told
from monitor.pipeline.edges import Edges
from monitor.pipeline.filing import Filing
from monitor.pipeline.refile import StoredQuestions
from monitor.pipeline.relate import load_told
from monitor.questions import block_keys, why_apart
from monitor.relations.comparable import Comparable, mention_of
from monitor.relations.judge import weigh
from monitor.relations.reason import sentence

MOST = 20
"""Claims shown of each kind; those that are left out are counted."""
MOST_FIGURES = 40
"""Claims of one text that are held against the archive; those that are left out are counted."""
_SAME = frozenset({RelationKind.AGREES, RelationKind.REFINES})


@dataclass(frozen=True)
class Finding:
    """A claim of the archive beside the one that is checked. `why`: what they are to each other, or sets them apart.

    `likely`: of what was set apart, how likely both answer one question all the same, by their sentences; 0 to 1.
    """

    told: Told
    question: Question
    kind: RelationKind | None
    why: str
    likely: float | None = None


@dataclass(frozen=True)
class Likely:
    """What tells how likely two claims answer one question, and from which likelihood on that is said."""

    comparable: Comparable
    at_least: float


@dataclass(frozen=True)
class Checked:
    """A claim of the text, the question that it answers (None: nobody asked it yet), and what the archive has on it.

    `left_out`: how many findings are not given, for each of the three lists that were too long. Where the text does not
    say what its figure is of, the claim has an empty subject, and what is near is told of others.
    """

    claim: Claim
    question: Question | None
    agrees: tuple[Finding, ...] = ()
    disagrees: tuple[Finding, ...] = ()
    near: tuple[Finding, ...] = ()
    left_out: int = 0

    @property
    def is_unknown(self) -> bool:
        """Whether the archive has nothing on it."""
        return not (self.agrees or self.disagrees or self.near)


@dataclass(frozen=True)
class CheckedText:
    """A text that is not stored, its claims as the archive has them, and how many more it makes than are checked."""

    article: Article
    found: tuple[Checked, ...]
    left_out: int = 0

    @property
    def is_unknown(self) -> bool:
        """Whether the archive has nothing on any of it."""
        return all(one.is_unknown for one in self.found)


def check(edges: Edges, article: Article, claims: Sequence[Claim], likely: Likely) -> CheckedText:
    """What the archive has on each claim of a text that is not stored."""
    archive = StoredQuestions(edges)
    told = (Told(_as_said(claim), article) for claim in claims[:MOST_FIGURES])
    found = tuple(
        _of_nothing_named(edges, one) if one.claim.subject == article.publisher else _checked(edges, archive, one, likely)
        for one in told
    )
    return CheckedText(article, found, max(len(claims) - MOST_FIGURES, 0))


def _of_nothing_named(edges: Edges, one: Told) -> Checked:
    """What the archive has of that metric, whoever it is of: for the text does not say whose it means."""
    query = asking(Named(NameField.METRIC, one.claim.metric))
    hits = edges.store.search.search(query, None, 2 * MOST, None).hits
    told = [Told(hit.claim, hit.article) for hit in hits if hit.claim.question_id]
    alike = [other for other in told if _dimension(edges, other) == _dimension(edges, one)][:MOST]
    questions = {found.id: found for found in edges.store.questions.get([str(o.claim.question_id) for o in alike])}
    near = tuple(
        Finding(other, questions[str(other.claim.question_id)], None, _said_of(other))
        for other in alike
        if other.claim.question_id in questions
    )
    return Checked(replace(one.claim, subject=""), None, near=near)


def _said_of(other: Told) -> str:
    return sentence(f"this is of {other.claim.subject}; the text does not say what its figure is of")


def _as_said(claim: Claim) -> Claim:
    """Who asks whether something is so wants to know what speaks for it and against."""
    asked = claim.modality in {Modality.QUESTION, Modality.HYPOTHETICAL}
    return replace(claim, modality=Modality.ASSERTED) if asked else claim


def _checked(edges: Edges, archive: StoredQuestions, one: Told, likely: Likely) -> Checked:
    question = _question_of(edges, archive, one)
    apart = {other.id: (other, _why_apart(edges, one, other)) for other in _alike(edges, archive, one)}
    if question is not None:
        apart[question.id] = (question, "")
    fitting = [other for other, why in apart.values() if not why]
    weighed = sorted(
        (found for other in fitting for found in _weighed(edges, one, other)),
        key=lambda pair: (-pair[0], pair[1].told.claim.id),
    )
    by_kind = [found for _, found in weighed]
    agrees = [found for found in by_kind if found.kind in _SAME]
    disagrees = [found for found in by_kind if found.kind in CONFLICTS]
    rest = [found for found in by_kind if found.kind not in _SAME | CONFLICTS]
    near = [*rest, *_near(edges, one, [(other, why) for other, why in apart.values() if why], likely)]
    left_out = sum(max(len(listed) - MOST, 0) for listed in (agrees, disagrees, near))
    return Checked(one.claim, question, tuple(agrees[:MOST]), tuple(disagrees[:MOST]), tuple(near[:MOST]), left_out)


def _question_of(edges: Edges, archive: StoredQuestions, one: Told) -> Question | None:
    """The stored question that the claim would be filed under."""
    filing = Filing(archive, edges.ontology, edges.units)
    filed = filing.prepared(one)
    filing.file([filed])
    line = filing.line_of(filed)
    stored = line.stored if line else None
    return edges.store.questions.standing(stored.id) if stored else None


def _alike(edges: Edges, archive: StoredQuestions, one: Told) -> list[Question]:
    """Questions with claims that share a key or the subject."""
    keys = block_keys(one.claim, one.article, edges.ontology, edges.units)
    sizes = archive.sizes(keys)
    under = archive.lying(telling({key: sizes[key] for key in keys}))
    alike = {found: archive.question(found) for ids in under.values() for found in ids}
    if one.claim.subject_id:
        alike.update((found.id, found) for found in edges.store.questions.of_subject(one.claim.subject_id))
    return [alike[key] for key in sorted(alike) if alike[key].claims]


def _why_apart(edges: Edges, one: Told, question: Question) -> str:
    return why_apart(Asked(one, edges.ontology, edges.units), question)


def _weighed(edges: Edges, one: Told, question: Question) -> Iterator[tuple[float, Finding]]:
    """The current claims on a question that the claim answers, each with the score of the verdict; 0 where it is none."""
    for other in _current(edges, question):
        verdict = weigh(one, other, question, edges.units, edges.ontology)
        if isinstance(verdict, Relation):
            yield verdict.score, Finding(other, question, verdict.kind, verdict.reason)
        else:
            yield 0.0, Finding(other, question, None, sentence(f"Not compared with the text: {verdict}"))


def _near(edges: Edges, one: Told, others: Iterable[tuple[Question, str]], likely: Likely) -> list[Finding]:
    """The newest claim of each question that looks alike, with why it is another question.

    First come those that are likely of one question by their sentences, then those in the claim's unit.
    """
    found = [_found_near(edges, one, _current(edges, question)[-1], question, why, likely) for question, why in others]
    dimension = _dimension(edges, one)
    return sorted(
        found,
        key=lambda finding: (
            -(finding.likely or 0.0),
            _dimension(edges, finding.told) != dimension,
            finding.question.id,
        ),
    )


def _found_near(edges: Edges, one: Told, other: Told, question: Question, why: str, likely: Likely) -> Finding:
    if one.claim.quantity.is_empty or other.claim.quantity.is_empty:
        return Finding(other, question, None, sentence(f"Another question: {why}"))
    units, ontology = edges.units, edges.ontology
    sure = likely.comparable.of(mention_of(one, units, ontology), mention_of(other, units, ontology))
    if sure < likely.at_least:
        return Finding(other, question, None, sentence(f"Another question: {why}"))
    said = sentence(f"Another question: {why}. By their sentences they may be of one all the same ({sure:.2f} of 1)")
    return Finding(other, question, None, said, sure)


def _dimension(edges: Edges, told: Told) -> str:
    return edges.units.get(told.claim.quantity.unit).dimension


def _current(edges: Edges, question: Question) -> list[Told]:
    claims = edges.store.claims.of_question(question.id)
    return load_told(edges, [claim for claim in claims if claim.status is ClaimStatus.CURRENT])
