"""What every decision of a person needs: a name, and where it is asked for, a reason."""

from monitor.domain.dispute import is_rule
from monitor.errors import JudgementWrong


def check_signed(what: str, by: str, note: str | None = None) -> None:
    """Refuse a decision of nobody, of our own rules, or without a reason (None: it needs none). JudgementWrong.

    `what`: what cannot be done then, "Cannot merge questions".
    """
    if not by.strip() or is_rule(by):
        raise JudgementWrong(what, why="nobody is named who decides", mend="Give a name")
    if note is not None and not note.strip():
        raise JudgementWrong(what, why="no reason is given", mend="Say why in a note")
