"""Readings of base64 and decimal that accept one spelling only, so that no byte is free."""

import base64
import binascii
import re

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
LARGEST_NUMBER = 2**63 - 1
"""The bound of C2SP tlog-cosignature for times, and ours for sizes and indices."""


def encode_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes:
    """The bytes whose encoding is exactly this text; ValueError for any other spelling."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64") from error
    # The decoder ignores bits after the last byte; comparing leaves one spelling for each value.
    if encode_base64(data) != text:
        raise ValueError("not canonical base64")
    return data


def decode_decimal(text: str) -> int:
    """A number from 0 to 2^63 - 1 without leading zeroes; ValueError for anything else."""
    if not _DECIMAL.fullmatch(text) or int(text) > LARGEST_NUMBER:
        raise ValueError("not a plain decimal number below 2^63")
    return int(text)
