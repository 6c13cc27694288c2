"""`monitor subscribers`: who gets the morning mail, and when."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Output, line, opened, table
from monitor.errors import NotFound

if TYPE_CHECKING:
    from monitor.domain.digest import Subscriber

app = typer.Typer(no_args_is_help=True, help="Who gets the morning mail: add, list, remove.")

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@app.command()
def add(
    address: Annotated[str, typer.Argument(metavar="ADDRESS")],
    zone: Annotated[str | None, typer.Option(help="IANA time zone; digest.zone if not given.")] = None,
    at: Annotated[str | None, typer.Option(help="Local time, as 07:00; digest.at if not given.")] = None,
    days: Annotated[str, typer.Option(help="Comma list of days.")] = ",".join(_DAYS),
    quiet: Annotated[str, typer.Option(help="On a day without news: skip or send.")] = "skip",
) -> None:
    """Send the digest to somebody; again, to change when.

    monitor subscribers add reader@example.org --zone Europe/Berlin --at 06:30 --days mon,tue,wed,thu,fri
    """
    hour = _hour(at) if at else None
    wanted = [day.strip().lower() for day in days.split(",") if day.strip()]
    if not wanted or any(day not in _DAYS for day in wanted):
        raise typer.BadParameter(f"--days takes a comma list of {', '.join(_DAYS)}")
    if quiet not in ("skip", "send"):
        raise typer.BadParameter("--quiet takes skip or send")
    with opened() as service:
        weekdays = sorted({_DAYS.index(day) for day in wanted})
        time = hour.time() if hour else None
        one = service.digests.subscribe(address, zone=zone, at=time, weekdays=weekdays, quiet=quiet)
    line(f"{one.address}  {one.at:%H:%M} {one.zone}  {','.join(_DAYS[day] for day in one.weekdays)}")


def _hour(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%H:%M")
    except ValueError as error:
        raise typer.BadParameter("--at takes a time such as 07:00") from error


@app.command("list")
def list_subscribers(as_json: AsJson = False, as_jsonl: AsJsonLines = False, as_csv: AsCsv = False) -> None:
    """All subscribers.

    monitor subscribers list

    monitor subscribers list --csv
    """
    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        found = service.store.subscribers.list()
    if output:
        output.print([_record(one) for one in found])
        return
    rows = [
        (one.address, f"{one.at:%H:%M}", one.zone, "active" if one.active else one.suspended_reason or "unsubscribed")
        for one in found
    ]
    table(("address", "at", "zone", "state"), rows)


def _record(one: "Subscriber") -> dict[str, Any]:
    """A subscriber without the key by which his mails end his subscription."""
    return {
        "id": one.id,
        "address": one.address,
        "at": f"{one.at:%H:%M}",
        "zone": one.zone,
        "days": [_DAYS[day] for day in one.weekdays],
        "quiet": one.quiet,
        "active": one.active,
        "suspended_reason": one.suspended_reason or None,
    }


@app.command()
def remove(address: Annotated[str, typer.Argument(metavar="ADDRESS")]) -> None:
    """Send nothing more to this address.

    monitor subscribers remove reader@example.org
    """
    with opened() as service:
        one = service.store.subscribers.by_address(address)
        if one is None:
            mend = "List them: monitor subscribers list"
            raise NotFound(f"No subscriber {address}", why="nobody subscribed with this address", mend=mend)
        service.digests.unsubscribe(one.token)
    line(f"removed {address}")
