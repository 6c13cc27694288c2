"""`monitor reextract`: articles read again by the present version."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.exits import outcome
from monitor.cli.printing import bars, document, line, note, opened, plain, short
from monitor.cli.walked import tell_walk
from monitor.errors import NotFound

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.domain.claim import Claim
    from monitor.pipeline.reread import Difference


def reextract(
    articles: Annotated[
        list[str] | None, typer.Option("--article", metavar="ID", help="This one; again for more.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="All published on this day or later.")
    ] = None,
    compare_version: Annotated[
        bool, typer.Option("--compare-version", help="Only tell what would be added, dropped and changed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> int:
    """Read articles again that another version of the reading had read, then file and compare their claims anew.

    What people decided stays. Without --article and --since: those with claims that another version found.

    monitor reextract --compare-version

    monitor reextract --since 2026-01-01
    """
    with opened() as app, bars() as progress:
        wanted = _wanted(app, articles or [], since)
        if compare_version:
            return _compare(app, wanted, as_json=as_json)
        again, walked = app.reading.read_again(wanted, progress=progress)
        left = tell_walk(walked)
    if as_json:
        document({"articles": again, "left_behind": left})
    else:
        line(f"{again} articles read again")
    return outcome(again - left, left)


def _wanted(app: "App", named: list[str], since: datetime | None) -> list[str]:
    if not named:
        return app.store.articles.since(since.replace(tzinfo=UTC)) if since else app.reading.read_otherwise()
    known = {one.id for one in app.store.articles.get(named)}
    for one in named:
        if one not in known:
            mend = "monitor export articles lists them"
            raise NotFound(f"No article {one}", why="no article has this id", mend=mend)
    return named


def _compare(app: "App", wanted: list[str], *, as_json: bool) -> int:
    records: list[dict[str, Any]] = []
    added = dropped = changed = 0
    for one in app.reading.differences(wanted):
        added, dropped, changed = added + len(one.added), dropped + len(one.dropped), changed + len(one.changed)
        if as_json:
            records.append(_record(one))
        else:
            _print(one)
    if as_json:
        document(records)
    note(f"{len(wanted)} articles: {added} claims added, {dropped} dropped, {changed} changed")
    return 0


def _print(one: "Difference") -> None:
    line(f"{one.article.publisher}: {one.article.title}  [{one.article.id}]")
    if one.failed is not None:
        line(f"  cannot be read: {one.failed}")
    for sign, claims in (("+", one.added), ("-", one.dropped)):
        for claim in claims:
            line(f"  {sign} {claim.evidence.span}  {claim.subject} · {claim.metric}: {short(claim.evidence.quote, 100)}")
    for before, after, names in one.changed:
        told = "; ".join(f"{name}: {_told(before, name)} → {_told(after, name)}" for name in names)
        line(f"  ~ {after.evidence.span}  {told}")


def _told(claim: "Claim", name: str) -> str:
    value = getattr(claim, name)
    if name == "sources":
        return " → ".join(source.label or source.name or "?" for source in value)
    return str(value.iso() if name == "time" and value else plain(value))


def _record(one: "Difference") -> dict[str, Any]:
    return {
        "article": one.article.id,
        "failed": str(one.failed) if one.failed else None,
        "added": one.added,
        "dropped": one.dropped,
        "changed": [{"before": before, "after": after, "fields": names} for before, after, names in one.changed],
    }
