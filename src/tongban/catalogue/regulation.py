"""What upper levels and alliances set for everybody: lists with due days, standards, obstacles."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from tongban.catalogue.reading import documents, load, read
from tongban.core.items.obstacle import Obstacle, parse_obstacle
from tongban.core.items.standard import Standard, parse_standard
from tongban.core.mandates.mandate import Mandate, parse_mandate

_ROOT = files("tongban.catalogue")


@cache
def load_mandates() -> tuple[Mandate, ...]:
    """National lists, then those of the demonstration's alliance."""
    folders = (_ROOT / "national" / "mandates", _ROOT / "demo" / "mandates")
    return tuple(read(each, parse_mandate) for folder in folders for each in documents(folder))


def every_mandate(published: Iterable[Mandate]) -> tuple[Mandate, ...]:
    """The lists that come with the software, then those that nodes published."""
    return (*load_mandates(), *published)


@cache
def load_standards() -> tuple[Standard, ...]:
    """Common standards that the demonstration's joint office publishes."""
    folder = _ROOT / "demo" / "standards"
    return tuple(read(source, parse_standard) for source in documents(folder))


@cache
def load_obstacles() -> tuple[Obstacle, ...]:
    """The register of legal obstacles."""
    return tuple(parse_obstacle(each) for each in load(_ROOT / "demo" / "obstacles.yaml"))
