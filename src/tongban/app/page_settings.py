"""What the composition root decides about the pages, handed to Django within the process."""

from dataclasses import dataclass, field
from pathlib import Path


class SettingsMissing(Exception):
    """Pages were started without their settings; start them through the `tongban` command."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageSettings:
    """Where the pages keep things and whom they answer.

    database: the SQLite file shared with the kernel. server: address of a PostgreSQL to share
    instead, if any. secret_key: signs cookies and forms, at least
    50 characters. data_key: the 32 bytes out of the key store with which names and drafts are
    sealed at rest. https: cookies travel over https alone; off only where pages are served on
    127.0.0.1. search_by_meaning: whether a model of texts helps where words find nothing.
    """

    database: Path
    server: str = field(default="", repr=False)
    secret_key: str = field(repr=False)
    data_key: bytes = field(repr=False)
    allowed_hosts: tuple[str, ...]
    https: bool = True
    demo: bool = False
    search_by_meaning: bool = False


#: At most one. It never leaves the process: an environment would show the keys to others.
_HANDED_OVER: list[PageSettings] = []


def hand_over(settings: PageSettings) -> None:
    """Lay the settings ready; Django takes them once, when its settings are first imported."""
    _HANDED_OVER[:] = [settings]


def handed_over() -> PageSettings:
    """What was laid ready; raises SettingsMissing."""
    if not _HANDED_OVER:
        raise SettingsMissing("nobody said for which node; start the pages with `tongban serve`")
    return _HANDED_OVER[0]
