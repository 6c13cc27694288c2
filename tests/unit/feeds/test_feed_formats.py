"""Each format, by a sample and what must become of it."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.feeds.parse import parse_feed

SAMPLES = Path(__file__).parents[2] / "samples" / "feeds"
EXPECTED = sorted(SAMPLES.glob("*.expected.json"))


def said(value: object) -> Any:
    """What a value says, without what is empty and the ids."""
    if isinstance(value, dict):
        left_out = ("id", "feed_id", "feed_url")
        return {name: said(one) for name, one in value.items() if (one or name == "entries") and name not in left_out}
    if isinstance(value, list | tuple):
        return [said(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.name.partition(".")[0])
def test_a_sample_becomes_what_stands_beside_it(expected: Path) -> None:
    (sample,) = SAMPLES.glob(expected.name.replace(".expected.json", ".[rx]*"))
    feed = parse_feed(sample.read_bytes(), url="https://host.test/feed", feed_id="feed-1")
    assert said(asdict(feed)) == json.loads(expected.read_text(encoding="utf-8"))
