"""The tree of errors raised on purpose. Each says what failed, why, and how to mend it."""

from collections.abc import Mapping
from types import MappingProxyType


class MonitorError(Exception):
    """Root of all errors raised on purpose. `retry`: could the same call succeed later?"""

    retry = False

    def __init__(self, what: str, *, why: str, mend: str) -> None:
        super().__init__(f"{what}: {why}. {mend}")
        self.what, self.why, self.mend = what, why, mend

    def __reduce__(self) -> tuple[object, ...]:
        """So that an error can travel between processes: pickle would forget the arguments that are keywords."""
        return _revived, (type(self), self.args, self.__dict__)


def _revived(kind: type[MonitorError], args: tuple[object, ...], facts: dict[str, object]) -> MonitorError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(facts)
    return error


class SettingsWrong(MonitorError):
    """A setting is unknown, has the wrong type, or contradicts another. Commands exit with 78."""


class FeedUnreadable(MonitorError):
    """The answer of a feed's server was not a feed we can read. `cause`: a word of Condition for what came instead."""

    def __init__(self, what: str, *, why: str, mend: str, cause: str = "unreadable") -> None:
        super().__init__(what, why=why, mend=mend)
        self.cause = cause


class FetchRefused(MonitorError):
    """We did not ask: the address is private, not http(s), or robots.txt forbids it."""


class FetchFailed(MonitorError):
    """The server could not be reached, answered with an error, or sent more than the limits allow.

    `status`: HTTP status or None; `retry_after_seconds`: what the server asked for, or None. `cause`: a word of
    Condition. Of an answer with an error status, `url` that gave it, after redirects, its `headers` (names lower case)
    and `head`, the first bytes of its body.
    """

    retry = True

    def __init__(
        self,
        what: str,
        *,
        why: str,
        mend: str,
        status: int | None = None,
        retry_after_seconds: float | None = None,
        cause: str = "unreachable",
        url: str = "",
        headers: Mapping[str, str] = MappingProxyType({}),
        head: bytes = b"",
    ) -> None:
        super().__init__(what, why=why, mend=mend)
        self.status, self.retry_after_seconds = status, retry_after_seconds
        self.cause, self.url, self.headers, self.head = cause, url, dict(headers), head


class ArticleUnreadable(MonitorError):
    """A page or file holds no article text."""


class RecordWrong(MonitorError):
    """A line of an ingested file does not follow the interchange format."""


class SchemaMismatch(MonitorError):
    """The database is of another schema than this program. Commands exit with 78."""


class StorageFailed(MonitorError):
    """The database could not be read or written: a full disk, a lock, a lost server. Nothing was changed.

    `retry` is False for a file that is damaged or no database at all.
    """

    def __init__(self, what: str, *, why: str, mend: str, retry: bool = True) -> None:
        super().__init__(what, why=why, mend=mend)
        self.retry = retry


class LeaseLost(MonitorError):
    """The rows were claimed by someone else meanwhile, or our own side is stopping; nothing was written."""

    retry = True


class MailRefused(MonitorError):
    """The mail server refused a message for good (5xx). `of_recipient`: it takes nothing for that address."""

    def __init__(self, what: str, *, why: str, mend: str, of_recipient: bool = False) -> None:
        super().__init__(what, why=why, mend=mend)
        self.of_recipient = of_recipient


class MailDeferred(MonitorError):
    """The mail server could not be reached or asked to try later (4xx)."""

    retry = True


class MailUnclear(MonitorError):
    """The connection broke after the message was sent: the server may or may not have it."""


class QueryWrong(MonitorError):
    """What was asked cannot be understood. `position`: character offset of the trouble; `parameter`: in which one."""

    def __init__(self, what: str, *, why: str, mend: str, position: int = 0, parameter: str = "") -> None:
        super().__init__(what, why=why, mend=mend)
        self.position, self.parameter = position, parameter


class NotFound(MonitorError):
    """Nothing has this address or id."""


class Gone(NotFound):
    """What had this address or id was here, and is no more."""


class JudgementWrong(MonitorError):
    """What a person wants to decide cannot be decided so. Commands exit with 2."""


class WatchWrong(MonitorError):
    """What a person wants to save as a watch, or to do with one, cannot be. Commands exit with 2."""


class AssetsWrong(MonitorError):
    """A file of models/ or a model's weights is missing, or its checksum is not the pinned one."""
