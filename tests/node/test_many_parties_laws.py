"""Whatever lines, stops and lost disks do, all pairs of an agreement of many come to the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.node.alliance import DIGEST, NAMES, TEXT, all_pairs, concluded, go_on, state

from tongban.channels.faults import Unreachable
from tongban.core.agreements.events import DepositStep
from tongban.core.agreements.state import AgreementState
from tongban.core.china_time import china_day
from tongban.node import agreement_acts
from tongban.testing.alliances import EXIT_DAYS
from tongban.testing.applications import LEGAL_REPRESENTATIVE, OFFICER, SUZHOU
from tongban.testing.memory_nodes import BEGINNING, MemoryFederation

LAST_DAY = china_day(BEGINNING) + timedelta(days=EXIT_DAYS)
PAIRS = sorted(permutations(NAMES, 2))


@contextmanager
def made_up_cities() -> Iterator[tuple[MemoryFederation, Path]]:
    with TemporaryDirectory() as folder:
        cities = MemoryFederation(Path(folder), NAMES)
        cities.settle()
        agreement_acts.offer(cities[SUZHOU], TEXT, OFFICER)
        yield cities, Path(folder)
        cities.stop()


def sign(cities: MemoryFederation, _folder: Path, name: str) -> None:
    agreement_acts.sign(cities[name], TEXT, LEGAL_REPRESENTATIVE)


def leave(cities: MemoryFederation, _folder: Path, name: str) -> None:
    agreement_acts.leave(
        cities[name], TEXT, LEGAL_REPRESENTATIVE, ground="policy", last_day=LAST_DAY
    )


def look(cities: MemoryFederation, _folder: Path, name: str) -> None:
    cities[name].deposits.settle()


def restart(cities: MemoryFederation, _folder: Path, name: str) -> None:
    cities.nodes[name].stop()
    cities.nodes[name].start()


def back_up(cities: MemoryFederation, folder: Path, name: str) -> None:
    cities.nodes[name].copy_to(folder / f"backup of {name}")


def put_back(cities: MemoryFederation, folder: Path, name: str) -> None:
    backup = folder / f"backup of {name}"
    if backup.exists():
        cities.nodes[name].put_back(backup)


def talk(cities: MemoryFederation, _folder: Path, name: str) -> None:
    for partner in NAMES:
        if partner != name and cities[name].conversation.has_news(partner):
            with suppress(Unreachable):
                cities.exchange(name, partner)


def cut(cities: MemoryFederation, _folder: Path, name: str) -> None:
    """The line to the next is lost, or found again, in one direction."""
    following = NAMES[(NAMES.index(name) + 1) % len(NAMES)]
    cities.cut ^= {(name, following)}


Act = Callable[[MemoryFederation, Path, str], None]
ACTS: tuple[Act, ...] = (
    *(sign, sign, leave, look, look, talk, talk, talk, restart, back_up, put_back, cut),
)


def known(cities: MemoryFederation) -> list[tuple[tuple[str, str], AgreementState]]:
    return [(pair, found) for pair in PAIRS if (found := state(cities, *pair))]


def _became(cities: MemoryFederation) -> str:
    """What it came to, for the statistics of hypothesis: a law about nothing holds as well."""
    steps = {line.said.step.value for _, found in known(cities) for line in found.deposits}
    return " and ".join(sorted(steps)) or "neither concluded nor withdrawn"


HAPPENING = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(NAMES)), max_size=25)


@settings(max_examples=30, deadline=None)
@given(HAPPENING, st.sets(st.sampled_from(NAMES)), st.booleans(), HAPPENING)
def test_all_pairs_come_to_the_same(
    before: list[tuple[Act, str]],
    signers: set[str],
    rest: bool,  # noqa: FBT001 - drawn
    after: list[tuple[Act, str]],
) -> None:
    with made_up_cities() as (cities, folder):
        cities.settle()
        for act, name in (*before, *((sign, name) for name in sorted(signers))):
            act(cities, folder, name)
        if rest:
            go_on(cities)
        for act, name in after:
            act(cities, folder, name)
        cities.cut = set()
        for _ in range(3):
            # What was refused on the way is said again after a while.
            go_on(cities)
            cities.clock.pass_days(1)
        found = concluded(cities)
        assert found in (set(), all_pairs())
        event(_became(cities))
        for name in NAMES:
            left = {
                pair: state_.deposit(DepositStep.EXITED, name) for pair, state_ in known(cities)
            }
            assert all(left.values()) or not any(left.values())
            ends = {state_.ended_on for pair, state_ in known(cities) if name in pair}
            assert not any(left.values()) or ends == {LAST_DAY}
        assert {line.document for _, line in known(cities)} <= {DIGEST}
