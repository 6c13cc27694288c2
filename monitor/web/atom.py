"""Lists as Atom feeds (RFC 4287)."""

import re
from collections.abc import Sequence

from fastapi import Request, Response

from monitor.app import records
from monitor.web.desk import Desk

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST = 50
"""Entries of one feed: what is newest, for readers that ask often."""

Entry = dict[str, str]
"""`id` (also its address), `title`, `updated`, `summary` and `author`."""


def atom(desk: Desk, request: Request, title: str, entries: Sequence[Entry]) -> Response:
    """A list as an Atom feed."""
    text = desk.templates.get_template("list.atom.xml").render(
        title=f"{title} – {desk.app.settings.web.title}",
        address=desk.address(request, request.url.path + (f"?{request.url.query}" if request.url.query else "")),
        updated=max((entry["updated"] for entry in entries), default=records.moment(desk.app.now())),
        site=desk.app.settings.web.title,
        entries=entries,
    )
    return Response(_NOT_XML.sub("\ufffd", text), media_type="application/atom+xml; charset=utf-8")
