"""A node's settings: `tongban.toml` in its folder, parsed once into a typed value."""

from pathlib import Path
from typing import Literal

import msgspec

FILE_NAME = "tongban.toml"


class SettingsUnreadable(Exception):
    """The settings file is missing or wrong; the message names the place and the remedy."""


class Pages(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the pages are served: plain http, so keep it on loopback or behind a TLS proxy."""

    port: int
    host: str = "127.0.0.1"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")


class Door(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where partners reach this node over https; address: what the descriptor says, if public."""

    port: int
    host: str = "127.0.0.1"
    address: str = ""


class Gateway(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A drop-box folder on an exchange platform (前置机); cap: bytes of the largest envelope."""

    folder: str
    cap: int = 20_000_000
    seconds: float = 0.3


class Quotas(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one partner may send within the window."""

    messages: int = 2_000
    bytes: int = 512_000_000
    window_seconds: float = 60.0


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything about a node that its operator decides.

    name: the node's name on all its logs, for ever. jurisdictions: codes of the places it serves.
    only_gateway: no https at all; partners reach this node through the gateway alone.
    """

    name: str
    title_zh: str
    title_en: str
    jurisdictions: tuple[str, ...]
    pages: Pages
    profile: Literal["demo", "production"] = "demo"
    door: Door | None = None
    gateway: Gateway | None = None
    quotas: Quotas = Quotas()
    skew_seconds_max: int = 300


class Folder:
    """Where a node keeps its things; everything in it belongs to one node."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = root / FILE_NAME
        self.database = root / "tongban.db"
        self.keys = root / "keys"
        self.keystore = self.keys / "keystore"
        self.credential = self.keys / "credential"
        self.door_certificate = self.keys / "door.der"
        self.door_key = self.keys / "door.pem"
        self.page_secret = self.keys / "pages-secret"


def read_settings(folder: Folder) -> Settings:
    """The settings in the folder; raises SettingsUnreadable."""
    try:
        data = folder.settings.read_bytes()
    except OSError as error:
        raise SettingsUnreadable(
            f"there is no readable {folder.settings}; run `tongban init {folder.root}` first, "
            "or name the node's folder with --folder"
        ) from error
    try:
        return msgspec.toml.decode(data, type=Settings)
    except msgspec.MsgspecError as error:
        raise SettingsUnreadable(
            f"{folder.settings} is not as it should be: {error}. docs/reference/settings.md says "
            "what each line means"
        ) from error


def write_settings(folder: Folder, settings: Settings) -> None:
    """Write the settings of a new node."""
    folder.settings.write_bytes(msgspec.toml.encode(_plain(settings)))


def _plain(settings: Settings) -> object:
    plain = msgspec.to_builtins(settings)
    return _without_none(plain)


def _without_none(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    return value
