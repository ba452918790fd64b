"""From the last signature to in force everywhere: `python -m tests.measurements.many_parties`."""

import argparse
import statistics
import sys
import time
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.measurements.calibration import hashing_seconds

from tongban.catalogue import load_places
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.document import document_bytes, document_digest
from tongban.node import agreement_acts
from tongban.testing.alliances import alliance
from tongban.testing.applications import LEGAL_REPRESENTATIVE, OFFICER
from tongban.testing.memory_nodes import MemoryFederation


def main() -> None:
    """Nine nodes in one process and on one core, which in life have a machine each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=140)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    names = tuple(place.node for place in load_places())
    text = alliance(names, items=asked.items)
    seconds, letters = [], 0
    for _ in range(asked.runs):
        with TemporaryDirectory() as folder:
            cities = MemoryFederation(Path(folder), names)
            spent, letters = _conclude(cities, text)
            seconds.append(spent)
            cities.stop()
    sys.stdout.write(
        f"parties: {len(names)}, items: {asked.items}, bytes: {len(document_bytes(text))}\n"
        f"seconds to in force at all: {statistics.median(seconds):.2f} of {sorted(seconds)}\n"
        f"letters: {letters}\n"
        f"SHA-256 of 200 MB: {hashing_seconds():.3f} s\n"
    )


def _conclude(cities: MemoryFederation, text: Agreement) -> tuple[float, int]:
    """Seconds, and letters carried, from the last signature on."""
    first, last = cities.names[0], cities.names[-1]
    cities.settle()
    agreement_acts.offer(cities[first], text, OFFICER)
    _go_on(cities)
    for name in cities.names[:-1]:
        agreement_acts.sign(cities[name], text, LEGAL_REPRESENTATIVE)
    _go_on(cities)
    carried, began = len(cities.letters), time.monotonic()
    agreement_acts.sign(cities[last], text, LEGAL_REPRESENTATIVE)
    _go_on(cities)
    spent = time.monotonic() - began
    if not _in_force(cities, text):
        raise SystemExit("it is not in force between all of them")
    return spent, len(cities.letters) - carried


def _go_on(cities: MemoryFederation) -> None:
    cities.settle()
    while sum(cities[name].deposits.settle() for name in cities.names):
        cities.settle()


def _in_force(cities: MemoryFederation, text: Agreement) -> bool:
    digest = document_digest(text)
    return all(
        any(
            state.document == digest and state.is_concluded(text)
            for state in cities[one].agreements_with(other)
        )
        for one, other in permutations(cities.names, 2)
    )


if __name__ == "__main__":
    main()
