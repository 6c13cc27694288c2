"""`monitor articles`: the texts as they were read, each version kept."""

import difflib
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.printing import (
    AsCsv,
    AsJson,
    AsJsonLines,
    Cursor,
    Output,
    line,
    opened,
    page_of,
    short,
    table,
)
from monitor.errors import NotFound

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.domain.article import Article

app = typer.Typer(no_args_is_help=True, help="The texts as they were read: list, show and compare versions.")
Id = Annotated[str, typer.Argument(metavar="ID")]


@app.command("list")
def list_articles(
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """The newest version of each article, newest first.

    monitor articles list --limit 50

    monitor articles list --csv
    """
    from monitor.app import records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        articles = service.store.articles.list(limit, cursor)
        count = service.store.count("articles")
    page = page_of(articles, following=articles.next_cursor, count=count)
    if output:
        output.print([records.article(one) for one in articles], page)
        return
    rows = [
        (one.id, f"{one.published:%Y-%m-%d}" if one.published else "undated", one.publisher, short(one.title, 80))
        for one in articles
    ]
    table(("id", "published", "publisher", "title"), rows)


@app.command()
def show(
    article_id: Id,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """One version of an article: its text, and the claims in it; as a table, a row a claim.

    monitor articles show art-…

    monitor articles show art-… --json
    """
    from monitor.app import full_records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        article = _get(service, article_id)
        claims = service.store.claims.of_article(article_id)
        if output:
            output.print_one(full_records.article(service, article), "claims")
            return
    published = article.published.isoformat() if article.published else "date unknown"
    line(f"{article.title}\n{article.publisher}, {published}, version {article.version}\n{article.url}\n")
    line(article.text)
    for claim in claims:
        line(f"\n{claim.printed}  {claim.subject} · {claim.metric}  [{claim.id}]")


@app.command()
def diff(
    article_id: Id,
    versions: Annotated[str, typer.Argument(metavar="A..B", help="The last two if not given.")] = "",
) -> None:
    """What changed between two versions of an article, line by line.

    monitor articles diff art-… 1..2
    """
    with opened() as service:
        known = {one.version: one for one in service.store.articles.by_url(_get(service, article_id).canonical_url)}
    first, second = _two(versions, sorted(known))
    old, new = (f"{known[one].title}\n\n{known[one].text}".splitlines() for one in (first, second))
    for changed in difflib.unified_diff(old, new, f"version {first}", f"version {second}", lineterm=""):
        line(changed)


def _two(versions: str, known: list[int]) -> tuple[int, int]:
    names = versions.split("..") if versions else [str(known[max(0, len(known) - 2)]), str(known[-1])]
    if len(names) != 2 or not all(one.isdigit() and int(one) in known for one in names):
        raise typer.BadParameter(f"two versions as A..B; there are {', '.join(map(str, known))}")
    return int(names[0]), int(names[1])


def _get(service: "App", article_id: str) -> "Article":
    found = service.store.articles.get([article_id])
    if not found:
        mend = "List them: monitor articles list"
        raise NotFound(f"No article {article_id}", why="no article has this id", mend=mend)
    return found[0]
