"""Web addresses and telephones of items: what people are led to, so nothing but these two."""

import re

_ADDRESS_MAX, _TELEPHONE_MAX, _DIGITS_MIN = 2_000, 100, 3
#: No name or password before the host: it would show another place than where it leads.
_WEB = re.compile(r"https?://[\w.-]+(:[0-9]{1,5})?([/?#][^\s<>\"'\\\x7f]*)?", re.IGNORECASE)
#: An area, an extension (转, 分机) and several numbers may be said.
_TELEPHONE = re.compile(r"[0-9+(（](?:[0-9 ()（）/、，,；;.*#–—-]|转|分机|ext)*", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Whether this is an address of the web (http, https) with which a page may make a link."""
    return len(text) <= _ADDRESS_MAX and bool(_WEB.fullmatch(text))


def is_telephone(text: str) -> bool:
    """Whether this can be dialled: digits with the signs that people write between them."""
    digits = sum(sign.isdigit() for sign in text)
    fits = digits >= _DIGITS_MIN and len(text) <= _TELEPHONE_MAX
    return fits and bool(_TELEPHONE.fullmatch(text))
