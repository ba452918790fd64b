"""Which node stands for which city, and on which ports of this machine."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tongban.app.settings import Door, Gateway, Pages, Settings
from tongban.catalogue import load_places
from tongban.core.items.place import Place
from tongban.evidence.suites import USUAL, is_usable
from tongban.evidence.suites.sm2_sm3 import Sm2Sm3
from tongban.search.models import a_model_is_installed

HOST = "127.0.0.1"
#: Reachable through a polled gateway alone, and deciding in a system of its own.
BEHIND_THE_GATEWAY = "wuhu.g60.demo"
#: Under the national algorithms, in pairs with cities that are not.
UNDER_SM2 = frozenset({"suzhou.g60.demo", "hefei.g60.demo"})


@dataclass(frozen=True, kw_only=True, slots=True)
class City:
    """One node of the demonstration; database: address of its PostgreSQL, "" for a file."""

    place: Place
    folder: Path
    box: Path
    pages_port: int
    door_port: int | None
    database: str = ""

    @property
    def node(self) -> str:
        """The node's name."""
        return self.place.node

    @property
    def key(self) -> str:
        """The city in a word, such as "hefei"."""
        return self.node.split(".")[0]

    @property
    def suite(self) -> str:
        """Of its first keys: that of the national standards only where this machine has SM2."""
        return Sm2Sm3.name if self.node in UNDER_SM2 and is_usable(Sm2Sm3.name) else USUAL

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://{HOST}:{self.pages_port}"

    @property
    def ports(self) -> list[int]:
        """Where it listens: for pages and, unless it is behind the gateway, for partners."""
        return [port for port in (self.pages_port, self.door_port) if port]

    def settings(self) -> Settings:
        """What its tongban.toml says."""
        return Settings(
            name=self.node,
            title_zh=self.place.name.zh,
            title_en=self.place.name.en,
            jurisdictions=(self.place.code,),
            database=self.database,
            pages=Pages(port=self.pages_port, search_by_meaning=a_model_is_installed()),
            door=Door(port=self.door_port) if self.door_port else None,
            gateway=Gateway(folder=str(self.box)),
        )


def cities(root: Path, port: int, only: Collection[str] = ()) -> list[City]:
    """The nine, with pages from `port` and doors from `port` + 100 on.

    only: names of nodes; where it is not empty, the other cities stay away.
    """
    return [
        City(
            place=place,
            folder=root / place.node.split(".")[0],
            box=root / "gateway" / place.node.split(".")[0],
            pages_port=port + number,
            door_port=None if place.node == BEHIND_THE_GATEWAY else port + 100 + number,
        )
        for number, place in enumerate(load_places())
        if not only or place.node in only
    ]
