"""A rendered digest to the bytes that are sent: headers and both parts (RFC 5322, 2046, 2369, 2919, 8058, 3834)."""

import re
from dataclasses import replace
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from monitor.domain.digest import Digest, Rendered
from monitor.domain.watch import Answer, Watch

CRLF = "\r\n"
_BREAKS = re.compile(r"[\r\n\x00-\x1f\x7f]+")


def compose(
    rendered: Rendered,
    digest: Digest,
    *,
    sender: str,
    public_url: str,
    list_name: str,
    unsubscribe_mail: str = "",
) -> Rendered:
    """The same digest with its message frozen: a retry sends these very bytes.

    `sender` is `Name <address>`. The Message-ID depends on subscription and period alone, so that a second copy of an
    issue is dropped by the receiver. The Date is in the reader's zone. ValueError for a sender without an address.
    """
    name, address = parseaddr(sender)
    if "@" not in address:
        raise ValueError(f"not a mail address: {sender!r}")
    domain = address.rpartition("@")[2]
    subscriber = digest.subscriber
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=subscriber.address)
    message["Date"] = format_datetime(digest.at)
    message_id = f"<digest.{digest.period}.{subscriber.id}@{domain}>"
    message["Message-ID"] = message_id
    message["List-Id"] = f"{one_line(list_name)} <digest.{domain}>"
    unsubscribe = [f"<{public_url}/u/{subscriber.token}>"]
    if unsubscribe_mail:
        unsubscribe.append(f"<mailto:{unsubscribe_mail}?subject=unsubscribe%20{subscriber.token}>")
    message["List-Unsubscribe"] = ", ".join(unsubscribe)
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    # A boundary made from the id keeps the bytes of a preview and of the mail alike.
    message.set_boundary(f"=_{subscriber.id}.{digest.period}")
    return replace(rendered, message=_subject_line(rendered.subject) + message.as_bytes(), message_id=message_id)


def failing_mail(
    watch: Watch, answer: Answer, *, mail_id: str, tries: int, sender: str, recipient: str, page: str
) -> str:
    """A mail to who owns a watch: its webhook was given up. The same in every try; it names no path of the webhook."""
    host = urlsplit(watch.webhook).hostname or ""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=recipient)
    message["Date"] = format_datetime(answer.at)
    message["Message-ID"] = f"<{mail_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    lines = (
        f"The webhook of your watch “{one_line(watch.name)}” at {host} does not take its messages.",
        "",
        f"Tries: {tries}",
        f"Last answer: {one_line(answer.said)}",
        "",
        "What was given up is kept. Look at it, test the webhook, and send again what was given up:",
        page,
        "",
        "You get no other mail on this until a message was taken again.",
        "",
    )
    message.set_content("\n".join(lines), cte="quoted-printable")
    return (_subject_line(f"Webhook fails: {watch.name}") + message.as_bytes()).decode("ascii")


def _subject_line(subject: str) -> bytes:
    """The header in encoded words where it must be. EmailMessage folds a long one with other letters than ASCII wrongly:
    it doubles the blank before an encoded word and drops the one between two (seen with Python 3.11)."""
    return f"Subject: {Header(one_line(subject), header_name='Subject').encode(linesep=CRLF)}{CRLF}".encode("ascii")


def one_line(text: str) -> str:
    """Text without line breaks and control characters: a feed's title cannot add a header."""
    return _BREAKS.sub(" ", text).strip()
