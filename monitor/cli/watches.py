"""`monitor watches`: saved queries, tried before they are saved, and what was delivered of them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.exits import FAILED
from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Output, document, line, note, opened, short, table
from monitor.domain.work import WorkState

if TYPE_CHECKING:
    from monitor.app.watching import WatchReport
    from monitor.domain.watch import Delivery, News

app = typer.Typer(no_args_is_help=True, help="Saved queries: tried, saved, paused, and what was delivered of them.")

Name = Annotated[str, typer.Argument(metavar="WATCH", help="Its name or id.")]
Query = Annotated[str, typer.Argument(metavar="QUERY", help='Words, "phrases", field:value, as in `monitor search`.')]
Threshold = Annotated[
    str, typer.Option(metavar="AMOUNT", help="Tell what moved so far: '5 points', '10%', '200 tonnes'.")
]


@app.command("list")
def list_watches(as_json: AsJson = False, as_jsonl: AsJsonLines = False, as_csv: AsCsv = False) -> None:
    """All watches with how they are. One whose query is not understood is marked with the place.

    monitor watches list

    monitor watches list --json
    """
    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        reports = service.watching.reports()
    if output:
        output.print([_record(one) for one in reports])
        return
    if not reports:
        note("Nothing is watched. Save a query: monitor watches add 'Reservoir levels' 'metric:level reservoir'")
    rows = [
        (one.watch.name, _state(one), f"{one.hits}", one.watch.owner or "everybody", one.watch.query) for one in reports
    ]
    table(("watch", "how it is", "claims", "whose", "query"), rows)
    _tell_wrong(reports)


def _record(one: "WatchReport") -> dict[str, Any]:
    """A watch as the API has it, with whose it is: at the terminal those of single readers are told too."""
    from monitor.app import records

    return records.watch_report(one) | ({"owner": one.watch.owner} if one.watch.owner else {})


def _state(one: "WatchReport") -> str:
    if one.wrong:
        return f"not understood at character {one.wrong.position + 1}"
    if one.watch.paused:
        return "paused"
    if one.watch.ended:
        return "webhook ended"
    return f"webhook fails ({one.failed} given up)" if one.failed else "tells"


def _tell_wrong(reports: "list[WatchReport]") -> None:
    for one in reports:
        if one.wrong:
            note(f"{one.watch.name}: {one.wrong.why}")
            note(f"  {one.watch.query}")
            note(f"  {' ' * one.wrong.position}^")


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    query: Query,
    threshold: Threshold = "",
    webhook: Annotated[str, typer.Option(metavar="URL", help="Where signed messages go.")] = "",
    digest: Annotated[bool, typer.Option("--digest/--no-digest", help="Whether the mail lists it.")] = True,
    owner: Annotated[str, typer.Option(metavar="ADDRESS", help="The one reader it is for; everybody if not said.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Change the watch of this name.")] = False,
) -> None:
    """Save a query with a name. `monitor watches preview` tries it first.

    monitor watches add 'Reservoir levels' 'metric:level reservoir' --threshold '5 points'

    monitor watches add Ferries ferry --webhook https://receiver.example/hook --no-digest
    """
    with opened() as service:
        known = service.watching.named(name).id if replace else ""
        watch = service.watching.save(
            name, query, threshold=threshold, digest=digest, webhook=webhook, owner=owner, replacing=known
        )
    line(f"{watch.id}  {watch.name}")
    if watch.secret:
        note(f"Its messages are signed with {watch.secret}")
        note("The receiver needs it. See it again: monitor watches show NAME --secret")


@app.command()
def preview(
    query: Query,
    threshold: Threshold = "",
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """What a watch would have brought in the last 30 days, and the newest claims it would tell of. Saves nothing.

    monitor watches preview 'metric:level reservoir' --threshold '5 points'
    """
    from monitor.app import records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        found = service.watching.preview(query, threshold)
        record = records.preview(service, found) if output else {}
    if output:
        output.print_one(record, "examples")
        return
    least = "at least " if found.is_part else ""
    of = f", of {found.lately} that answer" if threshold else ""
    line(f"{least}{found.told} claims in the last {found.days} days{of}; {found.total} of any day")
    for one in found.examples:
        _print_news(one)


def _print_news(one: "News") -> None:
    claim, article = one.told.claim, one.told.article
    day = f"{article.published:%d %b %Y}" if article.published else "undated"
    before = f"  (before: {one.before.claim.printed})" if one.before else ""
    line(f"{claim.evidence.span}{before}  {claim.subject} · {claim.metric}  [{claim.id}]")
    line(f"    {short(claim.evidence.quote, 160)}")
    line(f"    {article.publisher}, {day}")


@app.command()
def show(
    name: Name,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Claims shown.")] = 10,
    secret: Annotated[bool, typer.Option("--secret", help="Show what its messages are signed with, too.")] = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """One watch: how it is, and the newest claims that it tells of.

    monitor watches show 'Reservoir levels'
    """
    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        watch = service.watching.named(name)
        report = service.watching.report(watch)
        news = [] if report.wrong else service.watching.news(watch, limit)
    if output:
        output.print_one(_record(report) | ({"secret": watch.secret} if secret and watch.secret else {}))
        return
    line(f"{watch.name}  [{watch.id}]  {_state(report)}")
    line(f"  query      {watch.query}")
    line(f"  threshold  {watch.threshold or 'none'}")
    line(f"  digest     {'listed' if watch.digest else 'not listed'}{f', of {watch.owner}' if watch.owner else ''}")
    line(f"  webhook    {watch.webhook or 'none'}{f' (ended: {watch.ended})' if watch.ended else ''}")
    if secret:
        line(f"  secret     {watch.secret or 'none'}")
    line(f"  claims     {report.hits} answer now")
    _tell_wrong([report])
    for one in news:
        _print_news(one)


@app.command()
def pause(name: Name) -> None:
    """It tells nothing until it is resumed.

    monitor watches pause 'Reservoir levels'
    """
    with opened() as service:
        note(f"Paused: {service.watching.pause(service.watching.named(name).id).name}")


@app.command()
def resume(name: Name) -> None:
    """It tells what comes from now on, and calls a webhook again that had ended.

    monitor watches resume 'Reservoir levels'
    """
    with opened() as service:
        note(f"Resumed: {service.watching.resume(service.watching.named(name).id).name}")


@app.command()
def remove(name: Name) -> None:
    """It is gone; a seed of config.toml does not bring it back.

    monitor watches remove 'Reservoir levels'
    """
    with opened() as service:
        watch = service.watching.named(name)
        service.watching.remove(watch.id)
    note(f"Removed: {watch.name}")


@app.command()
def deliveries(
    name: Name,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    again: Annotated[bool, typer.Option("--again", help="Send again now what was given up or waits.")] = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """The last messages to its webhook, newest first, each with every answer.

    monitor watches deliveries Ferries --json
    """
    from monitor.app import records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        watch = service.watching.named(name)
        if again:
            service.watching.send_again(watch.id)
            service.watching.deliver()
        listed = service.watching.deliveries(watch.id, limit)
    if output:
        output.print([records.delivery(one) for one in listed])
        return
    if not listed:
        note("Nothing was sent yet." if watch.webhook else "It calls no webhook.")
    rows = [
        (f"{one.planned:%Y-%m-%d %H:%M}", one.state.value, f"{one.hits}", _last_answer(one), one.id) for one in listed
    ]
    table(("planned", "state", "claims", "last answer", "message"), rows)


@app.command("test")
def try_webhook(name: Name, as_json: AsJson = False) -> int:
    """Send a message without claims to its webhook now, and see what it answers.

    monitor watches test Ferries
    """
    from monitor.app import records

    with opened() as service:
        sent = service.watching.test(service.watching.named(name).id)
    if as_json:
        document(records.delivery(sent))
    else:
        line(f"{sent.state.value}: {_last_answer(sent)}")
    return 0 if sent.state is WorkState.DONE else FAILED


def _last_answer(one: "Delivery") -> str:
    if not one.answers:
        return "not sent yet"
    last = one.answers[-1]
    tries = f" (try {len(one.answers)})" if len(one.answers) > 1 else ""
    return f"{last.status or 'no answer'}: {last.said}{tries}"
