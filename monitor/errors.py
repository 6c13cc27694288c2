"""The tree of errors raised on purpose. Each says what failed, why, and how to mend it."""


class MonitorError(Exception):
    """Root of all errors raised on purpose. `retry`: could the same call succeed later?"""

    retry = False

    def __init__(self, what: str, *, why: str, mend: str) -> None:
        super().__init__(f"{what}: {why}. {mend}")
        self.what, self.why, self.mend = what, why, mend


class SettingsWrong(MonitorError):
    """A setting is unknown, has the wrong type, or contradicts another. Commands exit with 78."""


class FeedUnreadable(MonitorError):
    """The answer of a feed's server was not a feed we can read."""


class FetchRefused(MonitorError):
    """We did not ask: the address is private, not http(s), or robots.txt forbids it."""


class FetchFailed(MonitorError):
    """The server could not be reached, answered with an error, or sent more than the limits allow.

    `status`: HTTP status or None; `retry_after_seconds`: what the server asked for, or None.
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
    ) -> None:
        super().__init__(what, why=why, mend=mend)
        self.status, self.retry_after_seconds = status, retry_after_seconds


class ArticleUnreadable(MonitorError):
    """A page or file holds no article text."""


class RecordWrong(MonitorError):
    """A line of an ingested file does not follow the interchange format."""


class SchemaMismatch(MonitorError):
    """The database is of another schema than this program. Commands exit with 78."""


class LeaseLost(MonitorError):
    """The rows were claimed by someone else meanwhile; nothing was written."""

    retry = True


class MailRefused(MonitorError):
    """The mail server refused a message for good (5xx)."""


class MailDeferred(MonitorError):
    """The mail server could not be reached or asked to try later (4xx)."""

    retry = True


class MailUnclear(MonitorError):
    """The connection broke after the message was sent: the server may or may not have it."""


class QueryWrong(MonitorError):
    """A search query cannot be understood. `position`: character offset of the trouble."""

    def __init__(self, what: str, *, why: str, mend: str, position: int = 0) -> None:
        super().__init__(what, why=why, mend=mend)
        self.position = position


class NotFound(MonitorError):
    """Nothing has this address or id."""


class AssetsWrong(MonitorError):
    """A file of models/ or a model's weights is missing, or its checksum is not the pinned one."""
