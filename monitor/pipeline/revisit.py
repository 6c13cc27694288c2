"""Pages that were read before, or could not be → their articles as they are now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.domain.address import Address
from monitor.domain.entry import Entry
from monitor.domain.feed import Feed
from monitor.errors import FetchFailed
from monitor.pipeline.collect import BLAMELESS, Found, found_at, store_found, to_visit
from monitor.pipeline.edges import Edges
from monitor.pipeline.hosts import Hosts
from monitor.pipeline.look import given_up, look_at
from monitor.pipeline.settled import Failed, Settled

_OF_HOST = 4
_SOON = timedelta(minutes=1)


def revisit_pages(edges: Edges, address_ids: Sequence[str]) -> Iterator[Settled | Failed]:
    """Address ids → ids of articles that have a new version, or could be read at last.

    A page that cannot be had now is asked at its next time. One that no feed of ours leads to any more is forgotten. Of a
    host, a few pages are asked in one batch.
    """
    hosts, feeds = Hosts(edges), {feed.id: feed for feed in edges.store.feeds.list()}
    running = {}
    for one in edges.store.addresses.get(address_ids):
        entries = [entry for entry in edges.store.entries.of_address(one.id) if entry.feed_id in feeds]
        put_off = _put_off(edges, one, hosts)
        if not entries or put_off is not None:
            yield Settled([one.id], list, again=put_off if entries else None)
        else:
            running[one.id] = one, entries, edges.fetchers.submit(_visit, edges, one, entries[0], feeds, hosts)
    for address_id, (one, entries, visited) in running.items():
        try:
            found = visited.result()
        except BLAMELESS:
            raise
        except Exception as error:
            yield Failed(address_id, error)
        else:
            yield Settled([address_id], _saving(edges, one, entries, found), again=found.next_visit)


def _put_off(edges: Edges, one: Address, hosts: Hosts) -> datetime | None:
    """When to come back to a page that is not to be asked now; None where it is."""
    return hosts.held_until(one.url) or (edges.now() + _SOON if hosts.count(one.url) > _OF_HOST else None)


def _visit(edges: Edges, known: Address, entry: Entry, feeds: Mapping[str, Feed], hosts: Hosts) -> Found:
    try:
        with hosts.asked(known.url):
            look = look_at(edges, known.url, known)
    except FetchFailed as error:
        hosts.rest(known.url, error)
        look = given_up(error)
    found = found_at(edges, entry, feeds[entry.feed_id], known, look)
    return found or to_visit(edges, Found(edges.store.articles.latest(known.canonical_url), look, known))


def _saving(edges: Edges, known: Address, entries: Sequence[Entry], found: Found) -> Callable[[], list[str]]:
    """Of an article that is as it was, nothing is given: nobody has to read it again."""

    def save() -> list[str]:
        before = edges.store.articles.latest(known.canonical_url)
        given = store_found(edges, entries, found)
        return [one for one in given if before is None or one != before.id]

    return save
