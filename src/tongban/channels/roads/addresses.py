"""Which addresses this node may call: a descriptor must not make it probe its own machine."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

from tongban.channels.faults import AddressForbidden, Unreachable


def resolve(host: str, port: int, *, allow_loopback: bool) -> list[str]:
    """The host's numeric addresses, in the resolver's order, if all of them may be called.

    Callers connect to these and do not ask the resolver again, whose next answer may differ.
    Private ranges are allowed, because government extranets (电子政务外网) use them. Raises
    AddressForbidden, and Unreachable for an unknown host.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"the host {host} is not known here; check its name: {error}") from error
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    for address in addresses:
        _demand_permitted(host, address, allow_loopback=allow_loopback)
    return addresses


def _demand_permitted(host: str, address: str, *, allow_loopback: bool) -> None:
    number = _unmapped(address)
    if number.is_loopback and not allow_loopback:
        raise AddressForbidden(
            f"{host} is this machine itself, which only the demo profile may call; "
            "ask the peer's operator for an address that is reachable from here"
        )
    special = number.is_link_local or number.is_multicast or number.is_unspecified
    if special or (number.is_reserved and not number.is_loopback):
        raise AddressForbidden(
            f"{host} stands for {address}, which no peer can have; "
            "ask the peer's operator for another address"
        )


def _unmapped(address: str) -> IPv4Address | IPv6Address:
    number = ip_address(address)
    return (isinstance(number, IPv6Address) and number.ipv4_mapped) or number
