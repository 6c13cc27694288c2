"""What was here and is no more: when it went, why, and where to look instead."""

from typing import TYPE_CHECKING

from monitor.errors import Gone

if TYPE_CHECKING:
    from monitor.app.service import App


def removed_claim(app: "App", claim_id: str) -> Gone | None:
    """The error of a claim that was here; None for one that never was."""
    last = app.store.events.last_on(claim_id)
    if last is None or last.kind != "claim" or last.detail != "removed":
        return None
    why = f"its article was read again on {last.at:%Y-%m-%d}, and that reading has no such claim"
    article = dict(last.facts).get("article")
    where = f"See what it has now: /articles/{article}" if article else "Search for the words of its sentence"
    return Gone(f"The claim {claim_id} is gone", why=why, mend=f"{where}. Its address is not given to another claim.")
