"""The https road, calling side: one POST per envelope to the door that the descriptor names."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any

import httpx

from tongban.channels.descriptors import DESCRIPTOR_BYTES_MAX
from tongban.channels.endpoints import Endpoint, split_https_address
from tongban.channels.envelopes import ENVELOPE_BYTES_MAX
from tongban.channels.faults import (
    AddressForbidden,
    ChannelFault,
    EnvelopeRefused,
    OverQuota,
    Oversize,
    Unreachable,
)
from tongban.channels.roads.addresses import resolve
from tongban.channels.roads.road import Means

#: Connecting, writing and each wait for bytes; a large push takes the peer a while to apply.
TIMEOUT = httpx.Timeout(60, connect=5, write=30)
#: The whole answer must be in by then, so that a dripping peer cannot hold a delivery worker.
ANSWER_SECONDS_MAX = 600

_LIMITS = httpx.Limits(max_connections=8, max_keepalive_connections=2, keepalive_expiry=30)
_RETRY_AFTER_SECONDS_MAX = 3600


class _PinnedSocket(ssl.SSLSocket):
    """A connection that ends before its first byte unless the peer shows the pinned certificate.

    The context trusts nothing else, but would accept what the pinned certificate itself issued.
    """

    def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002  as in ssl
        super().do_handshake(block)
        context = self.context
        if isinstance(context, _PinnedContext) and self.getpeercert(True) != context.pin:  # noqa: FBT003  as in ssl
            raise ssl.SSLCertVerificationError("the certificate is not the pinned one")


class _PinnedContext(ssl.SSLContext):
    sslsocket_class = _PinnedSocket
    pin = b""


class HttpsRoad:
    """The way to one peer's https door; connections are kept alive and shared by threads."""

    answers_at_once = True

    def __init__(self, *, address: str, certificate: bytes, allow_loopback: bool) -> None:
        """The peer's address and the DER of its certificate come from its descriptor."""
        self._address = address
        self._allow_loopback = allow_loopback
        self._client = _client(_pinned_context(certificate))

    def carry(self, envelope: bytes) -> bytes | None:
        """The peer's answer, or None when it has none."""
        if len(envelope) > ENVELOPE_BYTES_MAX:
            raise Oversize(f"an envelope of {len(envelope)} bytes is over {ENVELOPE_BYTES_MAX}")
        call = _Call(self._client, self._address, allow_loopback=self._allow_loopback)
        with call.send("POST", "/envelopes", envelope) as response:
            if response.status_code in _FAULTS:
                raise _FAULTS[response.status_code](response)
            answer = _read(response, ENVELOPE_BYTES_MAX)
            return None if response.status_code == httpx.codes.NO_CONTENT else answer

    def close(self) -> None:
        """Close the connections that are kept alive."""
        self._client.close()


def build(endpoint: Endpoint, means: Means) -> HttpsRoad:
    """The road to the door that the endpoint describes."""
    return HttpsRoad(
        address=endpoint.address,
        certificate=endpoint.certificate,
        allow_loopback=means.allow_loopback,
    )


def fetch_descriptor(address: str, *, allow_loopback: bool) -> bytes:
    """What the door at `https://host:port` gives as its descriptor; raises Unreachable.

    Nothing is proven about who answered: read it with `read_descriptor`, and let the operator
    compare the fingerprint before it is used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # The certificate to expect stands in the very descriptor that is being fetched.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with _client(context) as client:
        call = _Call(client, address, allow_loopback=allow_loopback)
        with call.send("GET", "/descriptor", b"") as response:
            return _read(response, DESCRIPTOR_BYTES_MAX)


class _Call:
    """One request to an address, by numeric addresses that were checked."""

    def __init__(self, client: httpx.Client, address: str, *, allow_loopback: bool) -> None:
        place = split_https_address(address)
        if place is None:
            raise AddressForbidden(f"{address!r} is no address of the form https://host:port")
        self._client = client
        self._address = address
        self._host, self._port = place
        self._allow_loopback = allow_loopback

    @contextmanager
    def send(self, method: str, path: str, content: bytes) -> Iterator[httpx.Response]:
        """The response, its body not yet read; a status other than those foreseen is a fault."""
        try:
            response = self._send(method, path, content)
            try:
                yield response
            finally:
                response.close()
        except httpx.HTTPError as error:
            raise Unreachable(f"{self._address} {_reason(error)}") from error

    def _send(self, method: str, path: str, content: bytes) -> httpx.Response:
        refused = httpx.ConnectError("has no numeric address")
        for number in resolve(self._host, self._port, allow_loopback=self._allow_loopback):
            try:
                return self._client.send(self._request(number, method, path, content), stream=True)
            except httpx.ConnectError as error:
                refused = error
        raise refused

    def _request(self, number: str, method: str, path: str, content: bytes) -> httpx.Request:
        return self._client.build_request(
            method,
            httpx.URL(scheme="https", host=number, port=self._port, path=path),
            content=content,
            headers={"Host": self._address.removeprefix("https://")},
            extensions={"sni_hostname": self._host},
        )


def _client(context: ssl.SSLContext) -> httpx.Client:
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return httpx.Client(
        verify=context,
        # A proxy that the environment names would see every call, and could redirect it.
        trust_env=False,
        follow_redirects=False,
        timeout=TIMEOUT,
        limits=_LIMITS,
        # Ciphertext does not shrink, and an answer that unpacks could be larger than any cap.
        headers={"Accept-Encoding": "identity", "Content-Type": "application/octet-stream"},
    )


def _pinned_context(certificate: bytes) -> _PinnedContext:
    context = _PinnedContext(ssl.PROTOCOL_TLS_CLIENT)
    # The certificate itself is expected, whatever name it carries and whoever issued it.
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        context.load_verify_locations(cadata=certificate)
    except ssl.SSLError as error:
        raise Unreachable(
            "the certificate in the peer's descriptor cannot be used; ask its operator for another"
        ) from error
    context.pin = certificate
    return context


def _read(response: httpx.Response, cap: int) -> bytes:
    if not response.is_success:
        raise Unreachable(f"{response.request.headers['Host']} answered {response.status_code}")
    answer = bytearray()
    end = monotonic() + ANSWER_SECONDS_MAX
    for chunk in response.iter_raw():
        answer += chunk
        if len(answer) > cap or monotonic() > end:
            raise Unreachable(
                f"{response.request.headers['Host']} answers more than {cap} bytes or too slowly"
            )
    return bytes(answer)


def _refused(_: httpx.Response) -> ChannelFault:
    return EnvelopeRefused(
        "the peer could not open the envelope; it may have a new sealing key, so fetch its "
        "descriptor again"
    )


def _oversize(_: httpx.Response) -> ChannelFault:
    return Oversize("the peer takes in no envelope of this size; send less at once")


def _over_quota(response: httpx.Response) -> ChannelFault:
    stated = response.headers.get("Retry-After", "")
    seconds = int(stated) if stated.isascii() and stated.isdecimal() else 1
    wait = min(max(seconds, 1), _RETRY_AFTER_SECONDS_MAX)
    return OverQuota(f"the peer asks for a pause of {wait} seconds", retry_after_seconds=wait)


_FAULTS: Mapping[int, Callable[[httpx.Response], ChannelFault]] = {
    400: _refused,
    413: _oversize,
    429: _over_quota,
}


def _reason(error: httpx.HTTPError) -> str:
    cause = _certificate_error(error)
    if cause is None:
        return f"does not answer ({type(error).__name__}: {error})"
    code: Any = getattr(cause, "verify_code", 0)
    if code in _DATED:
        return f"shows a certificate that is {_DATED[code]} by this machine's clock"
    return (
        "shows a certificate that differs from the one in its descriptor; fetch its descriptor "
        "again and compare the fingerprint with its operator"
    )


#: X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL.
_DATED = {9: "not yet valid", 10: "no longer valid"}


def _certificate_error(error: BaseException) -> ssl.SSLCertVerificationError | None:
    link: BaseException | None = error
    while link is not None and not isinstance(link, ssl.SSLCertVerificationError):
        link = link.__cause__ or link.__context__
    return link
