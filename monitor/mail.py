"""A message to a mail server: accepted, refused for good, to be tried later, or unknown."""

import smtplib
import ssl
import threading
from contextlib import suppress

from monitor.errors import MailDeferred, MailRefused, MailUnclear

CHECK = "Check the [smtp] section of config.toml and that the server is up."
_RECIPIENT = "the address"
_MEND_RECIPIENT = "Check the address; `monitor subscribers add ADDRESS` sends to it again."
_MEND_SENDER = "Check smtp.sender and that it may use this server; what this mail tells goes into the next one."


class Mailer:
    """Sends over one SMTP session that is kept open between messages (RFC 5321). Safe to share between threads.

    `security`: none, starttls or tls. Certificates are always verified.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        security: str = "starttls",
        user: str = "",
        password: str = "",
        timeout_seconds: float = 30,
        local_hostname: str | None = None,
    ) -> None:
        self._host, self._port, self._security = host, port, security
        self._user, self._password = user, password
        self._timeout_seconds, self._local_hostname = timeout_seconds, local_hostname
        self._session: smtplib.SMTP | None = None
        self._lock = threading.Lock()

    def send(self, message: bytes, sender: str, recipient: str) -> str:
        """The server's reply to one message for one recipient, such as `250 queued as 4711`.

        Raises MailRefused (5xx for this message or address), MailDeferred (4xx, or no session to be had) or
        MailUnclear (the connection broke after the message was sent, before the answer came).
        """
        with self._lock:
            session = self._ready()
            try:
                self._envelope(session, sender, recipient)
                return self._data(session, message)
            except (MailDeferred, MailRefused):
                with suppress(smtplib.SMTPException, OSError):
                    session.rset()
                raise

    def close(self) -> None:
        """End the session politely, if there is one."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        if self._session is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._session.quit()
            self._session = None

    def _ready(self) -> smtplib.SMTP:
        if self._session is not None:
            try:
                if self._session.noop()[0] == 250:
                    return self._session
            except (smtplib.SMTPException, OSError):
                pass
            self._drop()
        try:
            self._session = self._connect()
        except smtplib.SMTPAuthenticationError as error:
            why = f"it does not accept the user name and password ({_reply(error.smtp_code, error.smtp_error)})"
            raise self._deferred(why, "Check user and password in the [smtp] section of config.toml.") from error
        except ssl.SSLError as error:
            mend = "Check smtp.security and smtp.port: tls is usually port 465, starttls 587."
            raise self._deferred(f"TLS failed ({error})", mend) from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._deferred(str(error) or type(error).__name__) from error
        return self._session

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        arguments = {"local_hostname": self._local_hostname, "timeout": self._timeout_seconds}
        if self._security == "tls":
            session: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, context=context, **arguments)  # type: ignore[arg-type]
        else:
            session = smtplib.SMTP(self._host, self._port, **arguments)  # type: ignore[arg-type]
        try:
            if self._security == "starttls":
                session.starttls(context=context)
            if self._user:
                session.login(self._user, self._password)
        except BaseException:
            session.close()
            raise
        return session

    def _envelope(self, session: smtplib.SMTP, sender: str, recipient: str) -> None:
        try:
            session.ehlo_or_helo_if_needed()
            self._judge(*session.mail(sender), "the sender")
            self._judge(*session.rcpt(recipient), _RECIPIENT)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._session = None
            raise self._deferred("the connection broke before the message was sent") from error

    def _data(self, session: smtplib.SMTP, message: bytes) -> str:
        try:
            code, text = session.data(message)
        except smtplib.SMTPDataError as error:
            self._judge(error.smtp_code, error.smtp_error, "the message")
            raise
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._session = None
            raise MailUnclear(
                f"Mail server {self._host}:{self._port}",
                why=f"the connection broke before it said whether it took the message ({error})",
                mend="The message is sent again with the same Message-ID, unless smtp.unclear says hold.",
            ) from error
        self._judge(code, text, "the message")
        return _reply(code, text)

    def _judge(self, code: int, text: bytes | str, thing: str) -> None:
        if code < 400:
            return
        said = _reply(code, text)
        if code >= 500:
            raise MailRefused(
                f"Mail server {self._host}:{self._port}",
                why=f"it refused {thing} for good ({said})",
                mend=_MEND_RECIPIENT if thing == _RECIPIENT else _MEND_SENDER,
                of_recipient=thing == _RECIPIENT,
            )
        raise self._deferred(f"it asked to try later ({said})", "Nothing to do: it is tried again.")

    def _deferred(self, why: str, mend: str = CHECK) -> MailDeferred:
        return MailDeferred(f"Mail server {self._host}:{self._port}", why=why, mend=mend)


def _reply(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"
