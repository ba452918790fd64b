"""Where a node can be reached, as its descriptor says it: a road and an address on that road."""

import re
from collections.abc import Callable, Mapping

import msgspec
from cryptography import x509

from tongban.evidence.names import is_node_name

CERTIFICATE_BYTES_MAX = 8192

_ROAD = re.compile(r"[a-z][a-z0-9-]{0,31}")
_ADDRESS_CHARACTERS_MAX = 300
_HTTPS = re.compile(r"https://([a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?|\[[0-9a-f:]+\]):(\d{1,5})")
_PORT_MAX = 65_535


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to a node.

    road: kind of road, such as "https" or "gateway". address: `https://host:port`, or the node's
    name at the gateway. certificate: DER of the one certificate that the https door shows; empty
    on roads without one.
    """

    road: str
    address: str
    certificate: bytes = b""


def split_https_address(address: str) -> tuple[str, int] | None:
    """Host, without the brackets of IPv6, and port of `https://host:port`; None for other text."""
    parts = _HTTPS.fullmatch(address)
    if parts is None or str(int(parts[2])) != parts[2] or not 0 < int(parts[2]) <= _PORT_MAX:
        return None
    return parts[1].strip("[]"), int(parts[2])


def is_sound(endpoint: Endpoint) -> bool:
    """Whether the endpoint is well formed; one on a road of later versions is, for all we know."""
    if not _ROAD.fullmatch(endpoint.road) or len(endpoint.address) > _ADDRESS_CHARACTERS_MAX:
        return False
    check = _CHECKS.get(endpoint.road)
    return check is None or check(endpoint)


def _is_sound_https(endpoint: Endpoint) -> bool:
    address = split_https_address(endpoint.address)
    return address is not None and _is_certificate(endpoint.certificate)


def _is_sound_name(endpoint: Endpoint) -> bool:
    return is_node_name(endpoint.address) and not endpoint.certificate


def _is_certificate(der: bytes) -> bool:
    if len(der) > CERTIFICATE_BYTES_MAX:
        return False
    try:
        x509.load_der_x509_certificate(der)
    except (ValueError, x509.InvalidVersion):
        return False
    return True


_CHECKS: Mapping[str, Callable[[Endpoint], bool]] = {
    "https": _is_sound_https,
    "gateway": _is_sound_name,
    "memory": _is_sound_name,
}
