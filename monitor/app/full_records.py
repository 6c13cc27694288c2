"""Things as the API tells them in full: with what stands on their page. The same for pages, API and commands."""

from typing import TYPE_CHECKING, Any

from monitor.app import records
from monitor.app.corrections import Corrected, corrections
from monitor.app.feed_records import feed_record
from monitor.app.publishers import Published
from monitor.domain.article import Article
from monitor.domain.digest import Issue
from monitor.domain.dispute import Dispute
from monitor.domain.entity import Entity
from monitor.domain.question import Question
from monitor.domain.relation import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.app.service import App
    from monitor.domain.claim import Claim

Json = dict[str, Any]


def claim(app: "App", one: Told) -> Json:
    """A claim with what it is to others, surest first, and what people corrected of it, first to last."""
    found = app.store.relations.of_claim(one.claim.id)
    found.sort(key=lambda relation: (-relation.score, relation.a, relation.b))
    return {
        **records.claim(app, one),
        "relations": [records.relation(relation) for relation in found],
        "corrections": [_correction(corrected) for corrected in corrections(app, one.claim)],
    }


def _correction(one: Corrected) -> Json:
    return {**vars(one), "at": records.moment(one.at), "undone": records.moment(one.undone)}


def article(app: "App", one: Article) -> Json:
    """A version of an article with its text and its claims."""
    claims = [records.claim(app, Told(claim, one)) for claim in app.store.claims.of_article(one.id)]
    return {**records.article(one), "text": one.text, "claims": claims}


def question(app: "App", one: Question) -> Json:
    """A question with its claims, what they are to each other, and the sums in their sentences."""
    claims = _told(app, app.store.claims.of_question(one.id))
    return {
        **records.question(one),
        "claims": [records.claim(app, told) for told in claims],
        "relations": [records.relation(relation) for relation in app.store.relations.of_question(one.id)],
        "arithmetic": [records.arithmetic(*found) for found in app.reading.arithmetic(claims)],
    }


def dispute(app: "App", one: Dispute) -> Json:
    """A dispute with the claims that take part, their relations, its events and what people judged."""
    ids = [claim_id for position in one.positions for claim_id in position.claim_ids]
    return {
        **records.dispute(one, app.now()),
        "judgements": [records.dispute_event(event) for event in app.judging.judgements(one.id)],
        "claims": [records.claim(app, told) for told in _told(app, app.store.claims.get(ids))],
        "relations": [records.relation(found) for found in app.store.relations.of_question(one.question_id)],
        "events": [records.dispute_event(event) for event in app.store.disputes.events(one.id)],
    }


def entity(app: "App", one: Entity) -> Json:
    """An entity with the questions about it."""
    return {**records.entity(one), "questions": [records.question(q) for q in app.store.questions.of_subject(one.id)]}


def source(app: "App", one: Published) -> Json:
    """A publisher with its feeds and its latest claims."""
    return {
        "name": one.name,
        "claims_total": one.total,
        "feeds": [feed_record(report) for report in one.feeds],
        "claims": [records.claim(app, told) for told in one.claims],
    }


def issue(one: Issue, text: str) -> Json:
    """An issue with its text. `text`: what of it may be told to who asks."""
    return {**records.issue(one), "text": text}


def _told(app: "App", claims: "Iterable[Claim]") -> list[Told]:
    listed = list(claims)
    articles = {one.id: one for one in app.store.articles.get([*{claim.article_id for claim in listed}])}
    return [Told(claim, articles[claim.article_id]) for claim in listed if claim.article_id in articles]
