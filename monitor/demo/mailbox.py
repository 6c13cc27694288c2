"""A mail server on loopback that keeps what it gets: where the demo's digests land."""

from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class FreePort(Controller):
    """A controller on a port that the system gives: aiosmtpd's own would ask port 0 whether it is up."""

    def _trigger_server(self) -> None:
        server = cast(Server, self.server)
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@dataclass
class Mailbox:
    """What was caught, oldest first. `port`: where it listens on 127.0.0.1."""

    port: int = 0
    caught: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a message (called by aiosmtpd)."""
        self.caught.append(cast(bytes, envelope.content))
        return "250 caught"

    def messages(self) -> list[EmailMessage]:
        """The mails, parsed."""
        return [cast(EmailMessage, message_from_bytes(raw, policy=cast(Any, default))) for raw in self.caught]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mailbox that listens until the end of the block."""
    box = Mailbox()
    controller = FreePort(box, hostname="127.0.0.1", port=0, ready_timeout=30)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()
