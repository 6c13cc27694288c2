"""What a message to a webhook carries besides its body: its id, the time, and a signature (Standard Webhooks 1.0)."""

import base64
from collections.abc import Callable
from datetime import datetime

from standardwebhooks.webhooks import Webhook

_SECRET_BYTES = 32  # the specification asks for 24 to 64


def new_secret(random_bytes: Callable[[int], bytes]) -> str:
    """A secret to sign with, as receivers write it down."""
    return "whsec_" + base64.b64encode(random_bytes(_SECRET_BYTES)).decode("ascii")


def headers(secret: str, message_id: str, at: datetime, body: str) -> dict[str, str]:
    """The headers of a message that is sent at this instant: a receiver refuses one that is old."""
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, at, body),
    }
