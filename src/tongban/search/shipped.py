"""The shipped catalogue as an index: written into a folder once, then opened in milliseconds."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from tongban.catalogue import load_agreements, load_instruments, load_items, load_places
from tongban.catalogue.acts import load_acts
from tongban.catalogue.colloquial import load_colloquial
from tongban.catalogue.divisions import load_divisions
from tongban.catalogue.other_authorities import load_other_matters
from tongban.core.china_time import china_day
from tongban.search.acts import Acts
from tongban.search.elsewhere import Elsewhere
from tongban.search.engines import load_engine
from tongban.search.entry import Entry, entry_of
from tongban.search.finder import Finder
from tongban.search.index import Engine, IndexUnreadable, SearchIndex
from tongban.search.meaning import Meaning, TextModel
from tongban.search.models.kept import KeptModel
from tongban.search.openings import Openings
from tongban.search.question import Colloquial, PlaceNames
from tongban.search.written_reach import PlaceWords, WrittenReach

# To be raised whenever what is written changes its form.
_FORM = 2
_UNFINISHED = "unfinished-"


def shipped_finder(
    cache: Path | None, now: datetime, *, engine: str = "", model: TextModel | None = None
) -> Finder:
    """Searches the shipped catalogue as it stands on this instant's day.

    cache: a folder where the index is kept; None: it is made in memory. engine: a name of ENGINES.
    model: what finds by meaning where words do not; None: words alone.
    """
    register, places = load_divisions(), load_places()
    names, reach = PlaceNames(register, places), WrittenReach(PlaceWords(register, places))
    index = _index(cache, now, load_engine(engine))
    if model and cache:
        model = KeptModel(model, cache)
    return Finder(
        index,
        names,
        Colloquial(load_colloquial()),
        reach,
        elsewhere=Elsewhere(load_other_matters()),
        acts=Acts(load_acts()),
        meaning=Meaning(index, model, waits=True) if model else None,
    )


def _index(cache: Path | None, now: datetime, engine: Engine) -> SearchIndex:
    """The index out of its folder, written where it is lacking; in memory where that fails.

    The folder may be deleted at any time.
    """
    if cache is None:
        return engine.write(shipped_entries(now), None)
    folder = cache / _key(now)
    with suppress(IndexUnreadable):
        return engine.open(folder)
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=cache))
        index = engine.write(shipped_entries(now), fresh)
        _take_the_place_of(folder, fresh)
    except OSError:
        return engine.write(shipped_entries(now), None)
    return index


def shipped_entries(now: datetime) -> Iterator[Entry]:
    """Every shipped item, with the doors that the shipped agreements open on this day."""
    places = load_places()
    openings = Openings(load_agreements(), load_instruments(), places, now)
    for place in places:
        for item in load_items(place.node.split(".")[0]):
            yield entry_of(item, openings.of(item))


def _key(now: datetime) -> str:
    """A name that changes with the day, with what is shipped, and with the form of the index."""
    seen = hashlib.sha256(f"{_FORM} {china_day(now)}".encode())
    for source in sorted(Path(str(files("tongban") / "catalogue")).rglob("*.yaml")):
        stat = source.stat()
        seen.update(f"{source} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:32]


def _take_the_place_of(folder: Path, fresh: Path) -> None:
    """Put a written index in place and take older ones away.

    What stands there already could not be read, or another process wrote it just now: then theirs
    is as good. An index that somebody has open lives on without its name.
    """
    shutil.rmtree(folder, ignore_errors=True)
    try:
        fresh.rename(folder)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
    for old in folder.parent.iterdir():
        if old != folder and not old.name.startswith(_UNFINISHED):
            shutil.rmtree(old, ignore_errors=True)
