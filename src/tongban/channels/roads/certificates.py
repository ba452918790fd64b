"""The certificate that a node's https door shows; peers pin exactly this one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

RANDOMNESS_BYTES = 64
VALID_FOR = timedelta(days=3652)

_KEY_BYTES = 48
_SERIAL_BYTES = 16
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, kw_only=True, slots=True)
class DoorCertificate:
    """A certificate as DER, and its private key as PEM (PKCS #8) encrypted under a passphrase."""

    certificate: bytes
    key: bytes = field(repr=False)


def make_certificate(
    name: str, *, not_before: datetime, randomness: bytes, passphrase: bytes
) -> DoorCertificate:
    """A self-signed certificate for the node's name, valid for ten years.

    randomness: 64 fresh secret bytes, from which key and serial number grow. The curve is P-256,
    because older load balancers and inspection devices know no other that we would trust.
    """
    key = _private_key(randomness[:_KEY_BYTES])
    serial = int.from_bytes(randomness[_KEY_BYTES:RANDOMNESS_BYTES]) >> 1 or 1
    certificate = _unsigned(name, not_before, serial, key.public_key()).sign(
        key, hashes.SHA256(), ecdsa_deterministic=True
    )
    return DoorCertificate(
        certificate=certificate.public_bytes(serialization.Encoding.DER),
        key=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase),
        ),
    )


def _private_key(drawn: bytes) -> ec.EllipticCurvePrivateKey:
    # FIPS 186-5 A.2.1: with 128 bits more than the order has, the remainder is unbiased enough.
    if len(drawn) != _KEY_BYTES:
        raise ValueError(f"a certificate grows from {RANDOMNESS_BYTES} random bytes")
    return ec.derive_private_key(int.from_bytes(drawn) % (_P256_ORDER - 1) + 1, ec.SECP256R1())


def _unsigned(
    name: str, not_before: datetime, serial: int, public: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(
        subject_name=subject,
        issuer_name=subject,
        public_key=public,
        serial_number=serial,
        not_valid_before=not_before,
        not_valid_after=not_before + VALID_FOR,
    )
    for extension, critical in _extensions(name):
        builder = builder.add_extension(extension, critical=critical)
    return builder


def _extensions(name: str) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    signs_only = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        (x509.SubjectAlternativeName([x509.DNSName(name)]), False),
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (signs_only, True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
    )
