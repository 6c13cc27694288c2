"""What sites let robots read, kept over restarts."""

from dataclasses import replace
from datetime import timedelta

from storage_samples import HOUR, NOW

from monitor.domain.robots import RobotsRules
from monitor.storage.store import Store

RULES = RobotsRules("https://mill.example:443", "User-agent: *\nDisallow: /closed\n", NOW + HOUR)


def test_rules_come_back_as_they_were_given_and_the_newer_replace_the_older(store: Store) -> None:
    assert store.robots.get(RULES.site) is None
    store.robots.put(RULES)
    assert store.robots.get(RULES.site) == RULES
    waiting = replace(RULES, body=None, until=NOW + 2 * HOUR, trouble="the server answered 503", status=503)
    store.robots.put(waiting)
    assert store.robots.get(RULES.site) == waiting


def test_rules_long_out_of_date_are_forgotten(store: Store) -> None:
    store.robots.put(RULES)
    store.robots.put(replace(RULES, site="https://weir.example:443", until=RULES.until + timedelta(days=29)))
    assert store.robots.get(RULES.site) == RULES
    store.robots.put(replace(RULES, site="https://lock.example:443", until=RULES.until + timedelta(days=31)))
    assert store.robots.get(RULES.site) is None
