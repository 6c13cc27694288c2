"""Which network addresses may be connected to."""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from monitor.errors import FetchRefused, SettingsWrong

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
Allowed = Callable[[Address], bool]

_EMBEDDING = tuple(ip_network(text) for text in ("::ffff:0:0/96", "::ffff:0:0:0/96", "::/96", "64:ff9b::/96"))
"""IPv6 networks whose last 32 bits are an IPv4 address: mapped, translated (RFC 6052, RFC 7915), compatible."""

_REFUSED = tuple(
    ip_network(text)
    for text in ("64:ff9b:1::/48", "fec0::/10", "3fff::/20", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15")
)
"""Networks of the registries of special addresses (RFC 6890) that not every version of Python knows."""


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks in CIDR notation or single addresses. Raises SettingsWrong for anything else."""
    found = []
    for text in texts:
        try:
            found.append(ip_network(text.strip(), strict=False))
        except ValueError as error:
            raise SettingsWrong(
                f"Cannot use {text!r} as an allowed network",
                why=str(error),
                mend="Write networks as 10.0.0.0/8 or fd00::/8, separated by commas (fetch.allow_networks).",
            ) from error
    return tuple(found)


def public_or(allowed: Iterable[Network]) -> Allowed:
    """Says of an address whether it may be connected to: it is public, or in one of these networks."""
    kept = tuple(allowed)

    def may_connect(address: Address) -> bool:
        return not is_private(address) or any(
            one in network for one in _readings(address) for network in kept if one.version == network.version
        )

    return may_connect


def is_private(address: Address) -> bool:
    """Whether an address leads anywhere but into the public internet, however it is wrapped."""
    inner = _embedded(address)
    if inner:
        return any(is_private(one) for one in inner)
    return (
        not address.is_global
        or address.is_multicast
        or address.is_reserved
        or any(address.version == network.version and address in network for network in _REFUSED)
    )


def refused(host: str, address: Address | None = None) -> FetchRefused:
    """The error for a host that leads nowhere public."""
    return FetchRefused(
        f"Did not ask {host}",
        why=f"{address or host} is no address of the public internet",
        mend="If this server is meant to be read, add its network to fetch.allow_networks.",
    )


def _readings(address: Address) -> tuple[Address, ...]:
    """An address and what it wraps. A wrapped address counts as itself: an allowed one is allowed in any wrapping."""
    inner = _embedded(address)
    return (address, *inner[-1:])


def _embedded(address: Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that packets to this address may end at; of Teredo, its server and its client."""
    if not isinstance(address, IPv6Address):
        return ()
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if int(address) > 1 and any(address in network for network in _EMBEDDING):
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return ()
