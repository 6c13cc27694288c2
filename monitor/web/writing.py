"""Who may change something on the pages: nobody whom the operator does not let, and no other site in his name."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from monitor.web.desk import Desk, desk_of

_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


def may_write(request: Request) -> bool:
    """Whether pages offer this browser to change something: see `web.editing`."""
    desk = desk_of(request)
    editing = desk.app.settings.web.editing
    return editing == "all" or (editing == "local" and _is_local(request) and _names_us(desk, request))


def check_writer(request: Request) -> None:
    """A dependency for whatever changes something. 403 for those who may not, and for other sites."""
    if not may_write(request):
        raise HTTPException(403, "this archive is not changed from here; use the command line, or set web.editing")
    site, origin = request.headers.get("sec-fetch-site", "same-origin"), request.headers.get("origin")
    # Browsers of today send the first with every request; older ones send the second with every POST.
    if site not in ("same-origin", "none") or (origin and urlsplit(origin).netloc != request.headers.get("host")):
        raise HTTPException(403, "this was sent by a page of another site")


async def form_of(request: Request) -> FormData:
    """The fields of a form; no files."""
    return await request.form(max_files=0, max_fields=50)


def words(form: FormData, name: str) -> str:
    """A field of a form, one line, without space around it."""
    value: Any = form.get(name, "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _is_local(request: Request) -> bool:
    """Whether the browser runs on this machine. What a proxy hands on does not count: it serves others too."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _names_us(desk: Desk, request: Request) -> bool:
    """Whether the address in the browser is ours: a name of another site can be made to lead to this machine."""
    host = request.url.hostname or ""
    own = {urlsplit(desk.app.parts.base_url).hostname, "localhost"}
    if host in own:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
