"""The mailer against a real SMTP server."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.errors import MailDeferred, MailRefused, MailUnclear
from monitor.mail import Mailer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "servers"))
from smtp import Caught, smtp_server

MESSAGE = b"Subject: hello\r\nMessage-ID: <1@example.org>\r\n\r\nHello.\r\n.\r\nA line with one dot stays.\r\n"


@pytest.fixture
def server() -> Iterator[tuple[str, int, Caught]]:
    with smtp_server() as found:
        yield found


def send(mailer: Mailer, recipient: str = "reader@example.org") -> str:
    return mailer.send(MESSAGE, "digest@example.org", recipient)


def test_messages_arrive_byte_for_byte_over_one_session(server: tuple[str, int, Caught]) -> None:
    host, port, caught = server
    mailer = Mailer(host, port, security="none")
    assert send(mailer) == "250 queued"
    send(mailer, "other@example.org")
    mailer.close()
    assert [envelope.rcpt_tos for envelope in caught.messages] == [["reader@example.org"], ["other@example.org"]]
    assert caught.messages[0].content == MESSAGE
    assert caught.messages[0].mail_from == "digest@example.org"


def test_a_4xx_is_deferred_and_the_session_goes_on(server: tuple[str, int, Caught]) -> None:
    host, port, caught = server
    caught.answers = ["451 greylisted, try later"]
    mailer = Mailer(host, port, security="none")
    with pytest.raises(MailDeferred, match="451 greylisted"):
        send(mailer)
    assert send(mailer) == "250 queued"
    mailer.close()


def test_a_5xx_on_the_address_is_refused_and_the_next_reader_still_gets_his(server: tuple[str, int, Caught]) -> None:
    host, port, caught = server
    caught.refused["gone@example.org"] = "550 5.1.1 no such user"
    mailer = Mailer(host, port, security="none")
    with pytest.raises(MailRefused, match="no such user") as refused:
        send(mailer, "gone@example.org")
    assert refused.value.of_recipient
    assert send(mailer) == "250 queued"
    mailer.close()


def test_a_5xx_on_the_message_is_not_held_against_the_reader(server: tuple[str, int, Caught]) -> None:
    host, port, caught = server
    caught.answers = ["554 looks like spam"]
    mailer = Mailer(host, port, security="none")
    with pytest.raises(MailRefused, match="looks like spam") as refused:
        send(mailer)
    assert not refused.value.of_recipient
    assert send(mailer) == "250 queued"
    mailer.close()


def test_a_connection_that_breaks_after_the_message_is_unclear(server: tuple[str, int, Caught]) -> None:
    host, port, caught = server
    caught.answers = ["drop"]
    mailer = Mailer(host, port, security="none")
    with pytest.raises(MailUnclear, match="whether it took the message"):
        send(mailer)
    assert send(mailer) == "250 queued"
    assert len(caught.messages) == 2
    mailer.close()


def test_no_server_is_deferred_and_says_what_to_check() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(MailDeferred, match=r"\[smtp\] section"):
        send(Mailer("127.0.0.1", port, security="none", timeout_seconds=5))


def test_a_server_without_tls_is_not_spoken_to_in_the_clear(server: tuple[str, int, Caught]) -> None:
    host, port, caught = server
    with pytest.raises(MailDeferred):
        send(Mailer(host, port, security="starttls"))
    assert caught.messages == []
