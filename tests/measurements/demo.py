"""Measures the nine cities: `python -m tests.measurements.demo [RUNS]`; prints medians.

Each run is a fresh federation: seconds until the first click, memory of an idle node, seconds
from the press of the applicant's button to the case standing in Hefei's database, and memory of the
larger of the two nodes that played J1, once they are idle again.
"""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.measurements.calibration import hashing_seconds, sync_seconds

from tongban.app.demo import resident
from tongban.app.demo.federation import Federation
from tongban.app.demo.once import JOURNEYS, Stage

_SONGJIANG, _HEFEI = "songjiang.g60.demo", "hefei.g60.demo"
_ANSWERS = {
    "shop_name": "演示面馆",
    "shop_address": "合肥市蜀山区演示路8号",
    "area_square_metres": "60",
    "business_kind": "restaurant",
    "online_sales": "no",
}
_REST_SECONDS = 10.0


def run(port: int) -> dict[str, float]:
    """One federation from nothing to its end; what was measured."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        figures = {"hash 200 MB s": hashing_seconds(), "fsync ms": sync_seconds(root) * 1000}
        begun = time.perf_counter()
        with Federation(root / "demo", port, lambda _: None) as federation:
            federation.set_up()
            federation.start()
            federation.introduce()
            federation.authorise()
            federation.agree()
            federation.cite()
            federation.share()
            federation.connect_stand_in()
            federation.invite()
            figures["first click s"] = time.perf_counter() - begun
            time.sleep(_REST_SECONDS)
            figures["idle node MB"] = median(
                _megabytes(federation.nodes[n].pid) for n in federation.cities
            )
            figures["submit to visible s"] = _submit(federation)
            JOURNEYS[0].play(Stage(federation=federation, intake=_SONGJIANG, competent=_HEFEI))
            time.sleep(_REST_SECONDS)
            figures["idle again after J1 MB"] = max(
                _megabytes(federation.nodes[n].pid) for n in (_SONGJIANG, _HEFEI)
            )
    return figures


def _submit(federation: Federation) -> float:
    """From the press of the last button until Hefei's own list holds the case."""
    stage = Stage(federation=federation, intake=_SONGJIANG, competent=_HEFEI)
    visitor = stage.visitor(_SONGJIANG, "resident")
    resident.prepare(visitor, stage.item("食品经营许可"), "饭店", _ANSWERS)
    pressed = time.perf_counter()
    case = resident.send(visitor)
    while not any(line["case"] == case for line in federation.ask(_HEFEI, "case.list")):
        time.sleep(0.01)
    return time.perf_counter() - pressed


def _megabytes(pid: int) -> float:
    """PSS of a process and all that it started."""
    family = [pid, *_descendants(pid)]
    return sum(_pss(member) for member in family) / 1024


def _descendants(pid: int) -> Iterator[int]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        yield int(child)
        yield from _descendants(int(child))


def _pss(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    runs = [run(25_000 + 100 * number) for number in range(int((sys.argv[1:] or ["5"])[0]))]
    for name in runs[0]:
        values = sorted(figures[name] for figures in runs)
        sys.stdout.write(
            f"{name}: median {median(values):.3f} of {[round(v, 3) for v in values]}\n"
        )
