"""A real SMTP server on loopback that keeps what it gets and misbehaves on demand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from monitor.demo.mailbox import FreePort


@dataclass
class Caught:
    """`answers`: replies to give to the next messages instead of 250, first one first; `drop` closes without one."""

    messages: list[Envelope] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 queued"
        if answer.startswith(("250", "drop")):
            self.messages.append(envelope)
        if answer == "drop":
            transport: Any = server.transport
            transport.abort()
        return answer


@contextmanager
def smtp_server() -> Iterator[tuple[str, int, Caught]]:
    """Host, port and what was caught. The port is one that the system gave."""
    caught = Caught()
    controller = FreePort(caught, hostname="127.0.0.1", port=0, ready_timeout=30)
    controller.start()
    try:
        yield "127.0.0.1", controller.port, caught
    finally:
        controller.stop()
