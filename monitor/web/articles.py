"""`/articles/{id}`: the stored text with its claims marked; `…/versions/{a}..{b}`: what changed, word by word."""

from dataclasses import asdict

from fastapi import APIRouter, Depends, Request, Response

from monitor.app import full_records, records, wording
from monitor.domain.article import Article, is_read
from monitor.domain.listed import every
from monitor.web import marking, shapes
from monitor.web.atom import MOST as MOST_ENTRIES
from monitor.web.atom import atom
from monitor.web.claims import disputes_on
from monitor.web.desk import MOST, PAGE_SIZE, Cursor, Desk, Limit, Only, as_json, as_list, desk_of, missing
from monitor.web.downloads import Form, download, exports
from monitor.web.shapes import answers

router = APIRouter()


@router.get("/articles")
def articles_page(request: Request) -> Response:
    """All articles, newest first."""
    desk = desk_of(request)
    listed = desk.app.store.articles.list(PAGE_SIZE, request.query_params.get("cursor"))
    return desk.page(request, "articles.html", articles=listed, following=listed.next_cursor, exports=exports(request))


@router.get("/articles.json", dependencies=[Depends(Only("cursor", "limit"))])
@router.get("/api/v1/articles", dependencies=[Depends(Only("cursor", "limit"))], **answers(shapes.Many[shapes.Article]))
def articles_json(request: Request, cursor: Cursor = None, limit: Limit = PAGE_SIZE) -> Response:
    """Articles, newest first."""
    store = desk_of(request).app.store
    listed = store.articles.list(limit, cursor)
    items, count = [records.article(one) for one in listed], store.count("articles")
    return as_list(items, following=listed.next_cursor, count=count, request=request)


@router.get("/articles.atom")
def articles_feed(request: Request) -> Response:
    """The newest articles, as an Atom feed."""
    desk = desk_of(request)
    entries = [
        {
            "id": desk.address(request, f"/articles/{one.id}"),
            "title": one.title or "(no title)",
            "updated": (one.updated or one.published or one.arrived).isoformat(timespec="seconds"),
            "summary": f"Version {one.version}, as it was read on {one.arrived:%Y-%m-%d}.",
            "author": one.publisher or "unknown",
        }
        for one in desk.app.store.articles.list(MOST_ENTRIES)
    ]
    return atom(desk, request, "Articles", entries)


@router.get("/articles.{form}")
def articles_file(request: Request, form: Form) -> Response:
    """All of them as a file."""
    desk = desk_of(request)
    listed = every(lambda cursor: desk.app.store.articles.list(MOST, cursor))
    return download(desk, form, "articles", shapes.Article, (records.article(one) for one in listed))


@router.get("/articles/{article_id}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/articles/{article_id}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.ArticleInFull]))
def article_json(request: Request, article_id: str) -> Response:
    """One version of an article with its claims."""
    desk = desk_of(request)
    return as_json({"data": full_records.article(desk.app, _get(desk, article_id))})


@router.get(
    "/api/v1/articles/{article_id}/versions", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Article])
)
def article_versions(request: Request, article_id: str) -> Response:
    """All versions of the article, oldest first."""
    desk = desk_of(request)
    versions = desk.app.store.articles.by_url(_get(desk, article_id).canonical_url)
    return as_list([records.article(one) for one in versions], following=None, count=len(versions))


@router.get("/articles/{article_id}/versions/{first}..{second}.json", dependencies=[Depends(Only())])
def difference_json(request: Request, article_id: str, first: int, second: int) -> Response:
    """What was taken out of a text and what was put in, in order."""
    old, new, _ = _two(desk_of(request), article_id, first, second)
    told = {
        "old": records.article(old),
        "new": records.article(new),
        "title": [asdict(change) for change in marking.difference(old.title, new.title)],
        "text": [[asdict(change) for change in changes] for changes in marking.differences(old.text, new.text)],
    }
    return as_json({"data": told})


@router.get("/articles/{article_id}/versions/{first}..{second}")
def difference_page(request: Request, article_id: str, first: int, second: int) -> Response:
    """Two versions of a text, word by word."""
    desk = desk_of(request)
    old, new, versions = _two(desk, article_id, first, second)
    return desk.page(
        request,
        "versions.html",
        old=old,
        new=new,
        versions=versions,
        title=marking.difference(old.title, new.title),
        paragraphs=marking.differences(old.text, new.text),
    )


@router.get("/articles/{article_id}")
def article_page(request: Request, article_id: str) -> Response:
    """The stored text, every claim of it marked and with an anchor of its own."""
    desk = desk_of(request)
    one = _get(desk, article_id)
    claims = desk.app.store.claims.of_article(article_id)
    copies: list[Article] = desk.app.store.articles.origin_members(one.origin_id) if one.origin_id else []
    return desk.page(
        request,
        "article.html",
        article=one,
        claims=sorted(claims, key=lambda claim: (claim.evidence.where.value == "body", claim.evidence.span_start)),
        title=marking.title(one, claims),
        paragraphs=marking.paragraphs(one, claims),
        versions=desk.app.store.articles.by_url(one.canonical_url),
        copies=[copy for copy in copies if copy.canonical_url != one.canonical_url and copy.is_latest],
        disputes_by_claim=disputes_on(desk, claims),
        resting=wording.resting(one),
        is_read=is_read(one.language, desk.app.settings.models.languages),
    )


def _two(desk: Desk, article_id: str, first: int, second: int) -> tuple[Article, Article, list[Article]]:
    """Two versions of an article, and all that it has."""
    versions: list[Article] = desk.app.store.articles.by_url(_get(desk, article_id).canonical_url)
    by_number = {version.version: version for version in versions}
    if first not in by_number or second not in by_number:
        known = ", ".join(str(number) for number in sorted(by_number))
        raise missing("such version", f"{first}..{second}", mend=f"This article has the versions {known}.")
    return by_number[first], by_number[second], versions


def _get(desk: Desk, article_id: str) -> Article:
    found: list[Article] = desk.app.store.articles.get([article_id])
    if not found:
        raise missing("article", article_id, mend="See /articles for those there are, or search for words of its text.")
    return found[0]
