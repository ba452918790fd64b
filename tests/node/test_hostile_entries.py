"""Entries that no honest node writes: each is refused, and the entries around it go on."""

from dataclasses import replace

import pytest
from tests.node.liar import Liar
from tests.node.looking import entries_of, grounds, rows_of, submit

from tongban.core.agreements.events import AgreementSigned, AgreementSuspended
from tongban.core.cases.events import CaseAccepted, CaseOpened, CaseWithdrawn
from tongban.core.cases.refusals import CaseGround
from tongban.core.channel.events import GenerationOpened
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Basis, BasisKind, Entry, Event, Seen, Subject, SubjectKind
from tongban.core.home.events import HomeOpened, OutcomeDisputed, PersonalDataRead
from tongban.logs import wire
from tongban.logs.rows import LogKind
from tongban.testing.applications import HEFEI, SONGJIANG, accept
from tongban.testing.memory_nodes import MemoryFederation

CHANNEL = Subject(kind=SubjectKind.CHANNEL, id=SONGJIANG)


@pytest.fixture
def liar(pair: MemoryFederation) -> Liar:
    return Liar(pair[HEFEI], SONGJIANG)


def about(case: str) -> Subject:
    return Subject(kind=SubjectKind.CASE, id=case)


def goes_on(pair: MemoryFederation) -> bool:
    """Whether an application still gets there and its outcome back."""
    case = submit(pair)
    pair.settle()
    state = pair[SONGJIANG].case_state(case)
    return state is not None and state.holder == HEFEI


def refused_with(pair: MemoryFederation, liar: Liar, *lines: Entry | bytes) -> dict[str, str]:
    liar.write(*lines)
    pair.settle()
    return grounds(pair[SONGJIANG], HEFEI)


def test_an_act_on_a_case_that_is_not_here_is_refused(pair: MemoryFederation, liar: Liar) -> None:
    found = refused_with(pair, liar, liar.draft(CaseAccepted(number="1"), about("nowhere")))
    assert found == {"case.accepted": CaseGround.UNKNOWN_PROCESS}
    assert goes_on(pair)


@pytest.mark.parametrize("garbage", [b"", b"{}", b"\xff" * 10, b"x" * 70_000])
def test_bytes_that_are_no_entry_are_refused_and_kept(
    pair: MemoryFederation, liar: Liar, garbage: bytes
) -> None:
    assert refused_with(pair, liar, garbage) == {"": ChannelGround.MALFORMED_ENTRY}
    assert [row.data for row in rows_of(pair[SONGJIANG], LogKind.MIRROR, HEFEI)][-1] == garbage
    assert goes_on(pair)


def test_an_entry_of_a_type_that_nobody_knows_is_refused(
    pair: MemoryFederation, liar: Liar
) -> None:
    known = wire.encode(liar.draft(CaseOpened(), about("nowhere")))
    unknown = known.replace(b"case.opened", b"case.unheard_of")
    assert refused_with(pair, liar, unknown) == {"": ChannelGround.MALFORMED_ENTRY}
    assert goes_on(pair)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (AgreementSuspended(document="0" * 64, ground="x"), SubjectKind.CASE),
        (CaseOpened(), SubjectKind.AGREEMENT),
        (CaseOpened(), SubjectKind.CHANNEL),
        (PersonalDataRead(body="a", purpose="b"), SubjectKind.CASE),
        (PersonalDataRead(body="a", purpose="b"), SubjectKind.AGREEMENT),
        (PersonalDataRead(body="a", purpose="b"), SubjectKind.NODE),
    ],
)
def test_an_event_about_the_wrong_subject_is_refused(
    pair: MemoryFederation, liar: Liar, event: Event, kind: SubjectKind
) -> None:
    case = submit(pair)
    pair.settle()
    line = liar.draft(event, Subject(kind=kind, id=case))
    if isinstance(event, AgreementSuspended):
        line = replace(line, event=CaseWithdrawn())
    assert len(refused_with(pair, liar, line)) == 1
    assert goes_on(pair)


@pytest.mark.parametrize("kind", [SubjectKind.CASE, SubjectKind.AGREEMENT, SubjectKind.NODE])
def test_an_outcome_about_the_wrong_subject_stops_nothing(
    pair: MemoryFederation, liar: Liar, kind: SubjectKind
) -> None:
    case = submit(pair)
    pair.settle()
    line = replace(liar.outcome(1, 1), subject=Subject(kind=kind, id=case))
    assert refused_with(pair, liar, line) == {}
    assert goes_on(pair)


def test_an_opening_within_a_generation_stops_nothing(pair: MemoryFederation, liar: Liar) -> None:
    opening = GenerationOpened(
        number=7, start="0" * 32, previous_origin="", previous_size=0, previous_root=""
    )
    liar.write(liar.draft(opening, Subject(kind=SubjectKind.AGREEMENT, id="0" * 64)))
    pair.settle()
    assert goes_on(pair)


def test_a_home_entry_on_a_channel_is_refused(pair: MemoryFederation, liar: Liar) -> None:
    event = HomeOpened(
        number=1, start="0" * 32, previous_origin="", previous_size=0, previous_root=""
    )
    found = refused_with(pair, liar, liar.draft(event, CHANNEL))
    assert found == {"home.opened": ChannelGround.WRONG_SUBJECT}


def test_a_repeated_id_is_refused(pair: MemoryFederation, liar: Liar) -> None:
    first = liar.draft(CaseOpened(), about("nowhere"))
    again = liar.draft(CaseAccepted(number="1"), about("nowhere"), id=first.id)
    found = refused_with(pair, liar, first, again)
    assert found["case.accepted"] == ChannelGround.ID_NOT_INCREASING
    assert goes_on(pair)


def test_an_id_of_an_earlier_generation_is_refused(pair: MemoryFederation, liar: Liar) -> None:
    old = liar.draft(CaseOpened(), about("nowhere"))
    pair.nodes[HEFEI].start()
    pair.settle()
    liar = Liar(pair[HEFEI], SONGJIANG)
    found = refused_with(pair, liar, old)
    assert found == {"case.opened": ChannelGround.ID_NOT_INCREASING}


@pytest.mark.parametrize("seen", [None, (9, 1), (1, 99), (0, 5), (-1, 0), (2, 0)])
def test_an_entry_that_saw_what_was_never_written_is_refused(
    pair: MemoryFederation, liar: Liar, seen: tuple[int, int] | None
) -> None:
    case = submit(pair)
    pair.settle()
    claimed = Seen(generation=seen[0], size=seen[1]) if seen else None
    if seen == (-1, 0):
        claimed = Seen(generation=0, size=0)
    line = liar.draft(CaseAccepted(number="1"), about(case), seen=claimed)
    assert refused_with(pair, liar, line) == {"case.accepted": ChannelGround.SEEN_UNKNOWN}
    assert goes_on(pair)


def test_an_entry_that_saw_more_of_an_old_generation_than_it_had_is_refused(
    pair: MemoryFederation, liar: Liar
) -> None:
    case = submit(pair)
    pair.settle()
    pair.nodes[SONGJIANG].start()
    pair.settle()
    line = liar.draft(CaseAccepted(number="1"), about(case), seen=Seen(generation=1, size=99))
    assert refused_with(pair, liar, line) == {"case.accepted": ChannelGround.SEEN_UNKNOWN}


def test_an_outcome_that_saw_too_much_brings_no_view_forward(
    pair: MemoryFederation, liar: Liar
) -> None:
    case = submit(pair)
    pair.settle()
    with pair[SONGJIANG].kernel.database.read() as connection:
        before = pair[SONGJIANG].kernel.store.channel(connection, HEFEI)
    liar.write(replace(liar.outcome(1, 99), seen=Seen(generation=1, size=99)))
    pair.exchange(HEFEI, SONGJIANG)
    with pair[SONGJIANG].kernel.database.read() as connection:
        after = pair[SONGJIANG].kernel.store.channel(connection, HEFEI)
    assert before is not None
    assert after is not None
    assert (after.replicated_generation, after.replicated_size) == (
        before.replicated_generation,
        before.replicated_size,
    )
    assert pair[SONGJIANG].case_state(case) is not None


def test_a_basis_where_none_is_needed_is_refused_and_stops_nothing(
    pair: MemoryFederation, liar: Liar
) -> None:
    case = submit(pair)
    pair.settle()
    basis = Basis(kind=BasisKind.OWN_RIGHT)
    found = refused_with(pair, liar, liar.draft(CaseAccepted(number="1"), about(case), basis=basis))
    assert found == {"case.accepted": CaseGround.BASIS_NOT_NEEDED}
    assert goes_on(pair)


def test_a_signature_on_an_agreement_that_was_never_offered_is_refused(
    pair: MemoryFederation, liar: Liar
) -> None:
    document = pair[HEFEI].items()[0]
    digest = "0" * 64
    with pair[HEFEI].kernel.database.write() as connection:
        digest = pair[HEFEI].kernel.library.put(connection, str(document).encode())
    event = AgreementSigned(document=digest, party=HEFEI, note="no note")
    line = liar.draft(event, Subject(kind=SubjectKind.AGREEMENT, id=digest))
    assert list(refused_with(pair, liar, line)) == ["agreement.signed"]
    assert goes_on(pair)


def test_what_the_liar_wrote_itself_is_disputed_where_it_is_refused(
    pair: MemoryFederation, liar: Liar
) -> None:
    refused_with(pair, liar, liar.draft(CaseOpened(), about("nowhere")))
    home = entries_of(pair[SONGJIANG], LogKind.HOME)
    assert not [entry for entry in home if isinstance(entry.event, OutcomeDisputed)]


def test_an_honest_entry_beside_a_lying_one_takes_effect(
    pair: MemoryFederation, liar: Liar
) -> None:
    case = submit(pair)
    pair.settle()
    liar.write(b"garbage")
    pair[HEFEI].execute(accept(case))
    pair.settle()
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.accepted_number == "SL-1"
