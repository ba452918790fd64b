"""Bundles out of the stores of two real nodes."""

from dataclasses import replace
from pathlib import Path

import pytest

from tongban.catalogue import load_agreements, load_instruments
from tongban.channels.descriptors import read_descriptor
from tongban.core.agreements.commands import AgreementCommand, Cite, Offer, Sign, Suspend
from tongban.core.agreements.document import Document, Instrument, document_bytes
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.body import Body
from tongban.core.cases.commands import TakeIn
from tongban.core.cases.events import (
    Delivery,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
    PersonCheck,
)
from tongban.core.entry import Actor, ActorKind
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.refusal import Refusal
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import encode_note, sign_note
from tongban.logs.rows import LogKind, StoredEntry
from tongban.node.bundles.archive import unpack
from tongban.node.bundles.export import EXPORT_PURPOSE, export_bundle
from tongban.node.bundles.faults import BundleTooLarge, CaseUnknown
from tongban.node.bundles.report import BundleReport, Effect, EntryReport
from tongban.node.bundles.trust import encode_trust, read_trust
from tongban.node.bundles.verify import verify_bundle
from tongban.node.faults import BrokenInvariant
from tongban.testing.applications import (
    HANGZHOU,
    HEFEI,
    LEGAL_REPRESENTATIVE,
    OFFICER,
    SONGJIANG,
    SUZHOU,
    accept,
    complete,
    grant,
    item_of,
    notify,
    online_application,
    publish,
)
from tongban.testing.memory_nodes import MemoryFederation

from .stories import codes

SOCIAL_SECURITY_CARD = "11330100MB187144333332099004000"
OPERATOR = Actor(kind=ActorKind.OFFICER, role="operator")
CLERK = Actor(kind=ActorKind.OFFICER, organisation="12320500466950055T", role="clerk", number="C1")


@pytest.fixture
def pair(tmp_path: Path) -> MemoryFederation:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    publish(federation)
    federation.settle()
    return federation


def submit(pair: MemoryFederation) -> str:
    command = online_application(pair)
    assert not isinstance(pair[SONGJIANG].execute(command), Refusal)
    return command.case


def decided(pair: MemoryFederation) -> str:
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair[HEFEI].execute(grant(case))
    pair.settle()
    return case


def export(pair: MemoryFederation, name: str, case: str, *, with_bodies: bool = True) -> bytes:
    kernel, descriptor = pair[name].kernel, pair.nodes[name].descriptor
    bodies_for = OPERATOR if with_bodies else None
    return export_bundle(kernel, case, descriptor=descriptor, bodies_for=bodies_for)


def trust(pair: MemoryFederation) -> tuple[VerifierKey, ...]:
    nodes = (read_descriptor(pair.nodes[name].descriptor) for name in pair.names)
    return read_trust("# compared by telephone\n\n" + encode_trust(nodes))


def passed(pair: MemoryFederation, data: bytes) -> BundleReport:
    report = verify_bundle(data, trust(pair))
    assert codes(report) == []
    assert report.anchored
    return report


def of_type(report: BundleReport, kind: str) -> EntryReport:
    (found,) = [e for e in report.entries if e.type == kind and e.about_case]
    return found


def test_both_nodes_bundles_pass_and_agree_on_what_crossed(pair: MemoryFederation) -> None:
    case = decided(pair)
    reports = [passed(pair, export(pair, name, case)) for name in (SONGJIANG, HEFEI)]
    crossed = [
        [(e.type, e.cosigned_at, e.outcome) for e in r.entries if e.about_case and e.reader]
        for r in reports
    ]
    assert crossed[0] == crossed[1]
    assert {outcome for _, _, outcome in crossed[0]} == {Effect.TAKEN_EFFECT}


@pytest.mark.parametrize("rotating", [(SONGJIANG,), (HEFEI,), (SONGJIANG, HEFEI)])
def test_a_case_that_lived_through_rotations_is_proven_under_all_keys(
    pair: MemoryFederation, rotating: tuple[str, ...]
) -> None:
    case = submit(pair)
    pair.settle()
    early = trust(pair)
    for name in rotating:
        pair.nodes[name].rotate()
        pair.settle()
    pair[HEFEI].execute(accept(case))
    pair[HEFEI].execute(grant(case))
    pair.settle()
    for exporter in (SONGJIANG, HEFEI):
        data = export(pair, exporter, case)
        assert all(entry.proven for entry in passed(pair, data).entries if entry.reader)
        assert codes(verify_bundle(data, early)) == ["key_unknown"]


def test_the_same_state_gives_the_same_files(pair: MemoryFederation) -> None:
    case = decided(pair)
    first, second = (unpack(export(pair, SONGJIANG, case, with_bodies=False)) for _ in range(2))
    assert {name for name in first if first[name] != second[name]} == {"manifest.note"}


def test_what_was_not_pushed_yet_is_one_sided(pair: MemoryFederation) -> None:
    case = decided(pair)
    late = submit(pair)
    report = verify_bundle(export(pair, SONGJIANG, late))
    assert codes(report) == ["nothing_proven"]
    assert of_type(report, "case.dispatched").outcome is Effect.UNSETTLED
    assert codes(verify_bundle(export(pair, SONGJIANG, case))) == []


def test_an_answer_that_was_not_heard_yet_leaves_the_outcome_open(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair[HEFEI].hear(pair[SONGJIANG].conversation.say(HEFEI))
    report = passed(pair, export(pair, HEFEI, case))
    dispatched = of_type(report, "case.dispatched")
    assert dispatched.proven
    assert dispatched.outcome is Effect.UNSETTLED


def test_a_correction_is_in_the_bundle(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(notify(case, "floor_plan"))
    pair.settle()
    pair[SONGJIANG].execute(complete(pair, case, "floor_plan"))
    pair.settle()
    report = passed(pair, export(pair, HEFEI, case))
    assert of_type(report, "correction.completed").outcome is Effect.TAKEN_EFFECT


def test_generations_after_restarts_are_opened_in_the_bundle(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    for name in (HEFEI, SONGJIANG):
        pair.nodes[name].start()
        publish(pair)
        pair.settle()
    pair[HEFEI].execute(accept(case))
    pair.settle()
    report = passed(pair, export(pair, SONGJIANG, case))
    assert [e.type for e in report.entries].count("generation.opened") == 4


def test_other_cases_stay_out(pair: MemoryFederation) -> None:
    others = [submit(pair) for _ in range(3)]
    pair.settle()
    case = decided(pair)
    for other in others:
        pair[HEFEI].execute(accept(other))
    pair.settle()
    for name in pair.names:
        data = export(pair, name, case)
        passed(pair, data)
        assert not [other for other in others if other.encode() in data]


def test_bodies_are_left_out_where_that_is_asked(pair: MemoryFederation) -> None:
    case = decided(pair)
    data = export(pair, SONGJIANG, case, with_bodies=False)
    assert not [name for name in unpack(data) if name.startswith("bodies/")]
    passed(pair, data)


def reads_for_export(pair: MemoryFederation, name: str, case: str) -> list[str]:
    """Bodies that left in a bundle, as the node recorded it and the case's next bundle shows."""
    report = passed(pair, export(pair, name, case, with_bodies=False))
    reads = [e.event for e in report.entries if e.type == "personal_data.read"]
    return [read["body"] for read in reads if read["purpose"] == EXPORT_PURPOSE]


def test_that_bodies_left_in_a_bundle_is_recorded_before_they_leave(pair: MemoryFederation) -> None:
    case = decided(pair)
    report = passed(pair, export(pair, HEFEI, case))
    left = {b.name for e in report.entries for b in e.bodies if b.included}
    assert reads_for_export(pair, HEFEI, case) == sorted(left)
    assert {"application", "decision"} <= left


def test_a_bundle_without_bodies_is_no_read_of_personal_data(pair: MemoryFederation) -> None:
    case = decided(pair)
    export(pair, HEFEI, case, with_bodies=False)
    assert reads_for_export(pair, HEFEI, case) == []


def test_a_bundle_that_cannot_be_made_is_no_read(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = decided(pair)
    with monkeypatch.context() as fewer:
        fewer.setattr("tongban.node.bundles.export.ENTRIES_MAX", 3)
        with pytest.raises(BundleTooLarge):
            export(pair, HEFEI, case)
    assert reads_for_export(pair, HEFEI, case) == []


def test_an_erased_body_is_in_no_bundle(pair: MemoryFederation) -> None:
    case = decided(pair)
    pair[SONGJIANG].erase_body(case, "application", actor=OFFICER, ground="retention_ended")
    report = passed(pair, export(pair, SONGJIANG, case))
    bodies = {b.name: b.included for b in of_type(report, "case.dispatched").bodies}
    assert not bodies.pop("application")
    assert all(bodies.values())


def test_a_read_of_personal_data_is_in_the_readers_bundle(pair: MemoryFederation) -> None:
    case = decided(pair)
    pair[HEFEI].read_body(case, "application", reader=OFFICER, purpose="review")
    report = passed(pair, export(pair, HEFEI, case))
    assert of_type(report, "personal_data.read").event["purpose"] == "review"
    assert "personal_data.read" not in {
        e.type for e in passed(pair, export(pair, SONGJIANG, case)).entries
    }


def test_a_case_that_nobody_knows_has_no_bundle(pair: MemoryFederation) -> None:
    with pytest.raises(CaseUnknown, match="no entry about the case 310117-1"):
        export(pair, SONGJIANG, "310117-1")


def test_a_case_beyond_the_numbers_of_a_bundle_is_refused(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = decided(pair)
    monkeypatch.setattr("tongban.node.bundles.export.ENTRIES_MAX", 3)
    with pytest.raises(BundleTooLarge, match=case):
        export(pair, SONGJIANG, case)


@pytest.fixture
def partners(tmp_path: Path) -> MemoryFederation:
    federation = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU))
    publish(federation)
    federation.settle()
    return federation


def order(federation: MemoryFederation, name: str, partner: str, command: AgreementCommand) -> None:
    answer = federation[name].execute(command, partner=partner)
    assert not isinstance(answer, Refusal), answer
    federation.settle()


def keep(federation: MemoryFederation, name: str, document: Document) -> str:
    kernel = federation[name].kernel
    with kernel.database.write() as connection:
        return kernel.library.put(connection, document_bytes(document), kind="agreement")


def agree(federation: MemoryFederation) -> str:
    agreement = next(a for a in load_agreements() if a.nodes == {SUZHOU, HANGZHOU})
    digest = keep(federation, SUZHOU, agreement)
    order(federation, SUZHOU, HANGZHOU, Offer(document=digest, actor=OFFICER))
    for name, partner in ((SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)):
        party = agreement.party(name)
        assert party is not None
        text = signing_text(digest, name, party.office.zh, federation.clock.now())
        signer = federation[name].kernel.identity.signer
        note = encode_note(sign_note(text, name=key_name(name), signer=signer)).decode()
        command = Sign(document=digest, actor=LEGAL_REPRESENTATIVE, party=name, note=note)
        order(federation, name, partner, command)
    return digest


def counter_application(federation: MemoryFederation, item: Item) -> TakeIn:
    materials = tuple(
        MaterialLine(code=m.code, form=MaterialForm.ORIGINAL_SEEN, body=f"material:{m.code}")
        for m in item.materials
        if m.necessity is Necessity.REQUIRED
    )
    scans = (Body(name=m.body, media="image/png", content=b"made up") for m in materials)
    form = Body(name="application", media="application/json", content=b"{}")
    return TakeIn(
        case=federation[SUZHOU].new_case("320500"),
        actor=CLERK,
        bodies=(form, *scans),
        item=item.code,
        competent=HANGZHOU,
        mode=Mode.DELEGATED_INTAKE,
        delivery=Delivery.COUNTER,
        kind=IntakeKind.COUNTER,
        person_check=PersonCheck.ID_CARD_SEEN,
        materials=materials,
        place="320500",
        taken_in_at=federation.clock.now(),
    )


def test_an_agreement_comes_with_its_signatures(partners: MemoryFederation) -> None:
    digest = agree(partners)
    case = take_in(partners)
    partners.settle()
    for name in (SUZHOU, HANGZHOU):
        report = passed(partners, export(partners, name, case))
        types = [e.type for e in report.entries if not e.about_case]
        assert types.count("agreement.signed") == 2
    files = unpack(export(partners, HANGZHOU, case))
    assert f"documents/{digest.replace(':', '-')}.json" in files


def take_in(federation: MemoryFederation, code: str = "") -> str:
    item = federation[SUZHOU].item(code) if code else item_of(HANGZHOU, Mode.DELEGATED_INTAKE)
    command = counter_application(federation, item)
    assert not isinstance(federation[SUZHOU].execute(command), Refusal)
    return command.case


def suspended_under_way(partners: MemoryFederation) -> str:
    """Suzhou dispatched before it heard that Hangzhou had suspended the agreement."""
    digest = agree(partners)
    case = take_in(partners)
    stop = Suspend(document=digest, actor=OFFICER, ground="made_up")
    assert not isinstance(partners[HANGZHOU].execute(stop, partner=SUZHOU), Refusal)
    partners.settle()
    return case


def test_a_hand_over_that_crossed_a_suspension_was_refused(partners: MemoryFederation) -> None:
    case = suspended_under_way(partners)
    for name in (SUZHOU, HANGZHOU):
        report = passed(partners, export(partners, name, case))
        dispatched = of_type(report, "case.dispatched")
        assert (dispatched.outcome, dispatched.ground) == (Effect.REFUSED, "suspended")


def ascii_instrument() -> Instrument:
    (shipped,) = load_instruments()
    clauses = (replace(clause, number=f"1.{n}") for n, clause in enumerate(shipped.clauses))
    return replace(shipped, clauses=tuple(clauses))


def test_an_instrument_comes_with_its_citation(partners: MemoryFederation) -> None:
    digest = keep(partners, SUZHOU, ascii_instrument())
    order(partners, SUZHOU, HANGZHOU, Cite(document=digest, actor=OFFICER))
    case = take_in(partners, SOCIAL_SECURITY_CARD)
    partners.settle()
    report = passed(partners, export(partners, HANGZHOU, case))
    assert "instrument.cited" in {e.type for e in report.entries}


def test_a_refused_entry_whose_bytes_were_erased_is_left_out(partners: MemoryFederation) -> None:
    refused = suspended_under_way(partners)
    (line,) = [
        line for line in partners[SUZHOU].history(refused) if line.kind is LogKind.OWN and line.data
    ]
    kernel = partners[SUZHOU].kernel
    with kernel.database.write() as connection:
        kernel.store.erase_entry(connection, line.log, line.generation, line.index)
    report = verify_bundle(export(partners, SUZHOU, refused))
    assert codes(report) == ["nothing_proven"]


def test_signatures_of_strangers_under_a_checkpoint_are_left_out(pair: MemoryFederation) -> None:
    case = decided(pair)
    kernel = pair[SONGJIANG].kernel
    with kernel.database.write() as connection:
        log = kernel.store.open_log(connection, kind=LogKind.OWN, peer=HEFEI)
        head = kernel.store.head(connection, log)
        assert head is not None
        for size in range(1, head.size + 1):
            stated = kernel.store.checkpoint(connection, log, 1, size)
            if stated and stated.note:
                junk = stated.note + b"\xe2\x80\x94 hefei.g60.demo/mirror AAAAAAAA\n"
                kernel.store.put_note(connection, log, 1, size, junk)
    data = export(pair, SONGJIANG, case)
    assert not any(b"AAAAAAAA" in content for content in unpack(data).values())
    passed(pair, data)


def test_a_partner_without_a_record_of_pairing_leaves_none(pair: MemoryFederation) -> None:
    case = decided(pair)
    kernel = pair[SONGJIANG].kernel
    with kernel.database.write() as connection:
        connection.execute("UPDATE tongban_peer SET paired_at = '2027-01-01T00:00:00.000+08:00'")
    report = passed(pair, export(pair, SONGJIANG, case))
    assert "peer.paired" not in {e.type for e in report.entries}


def test_the_record_of_pairing_is_found_behind_other_records(pair: MemoryFederation) -> None:
    case = decided(pair)
    kernel = pair[SONGJIANG].kernel
    with kernel.database.write() as connection:
        connection.execute("UPDATE tongban_peer SET paired_at = '2026-01-01T00:00:00.000+08:00'")
    report = passed(pair, export(pair, SONGJIANG, case))
    assert "peer.paired" in {e.type for e in report.entries}


def test_a_document_that_the_store_lost_is_missed(partners: MemoryFederation) -> None:
    digest = agree(partners)
    case = take_in(partners)
    partners.settle()
    with partners[SUZHOU].kernel.database.write() as connection:
        connection.execute("DELETE FROM tongban_document WHERE digest = ?", (digest,))
    report = verify_bundle(export(partners, SUZHOU, case))
    assert codes(report) == ["basis_unfounded", "document_missing"]


def test_a_store_that_stated_nothing_is_a_broken_invariant(pair: MemoryFederation) -> None:
    case = decided(pair)
    kernel = pair[SONGJIANG].kernel
    with kernel.database.write() as connection:
        connection.execute("DELETE FROM tongban_statement")
    with pytest.raises(BrokenInvariant, match="nothing was stated about entry"):
        export(pair, SONGJIANG, case)


def test_what_was_said_to_others_about_an_instrument_stays_out(tmp_path: Path) -> None:
    federation = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU, HEFEI))
    publish(federation)
    federation.settle()
    digest = keep(federation, SUZHOU, ascii_instrument())
    for partner in (HANGZHOU, HEFEI):
        order(federation, SUZHOU, partner, Cite(document=digest, actor=OFFICER))
    case = take_in(federation, SOCIAL_SECURITY_CARD)
    federation.settle()
    report = passed(federation, export(federation, SUZHOU, case))
    assert [e.type for e in report.entries].count("instrument.cited") == 1


def erase_from(federation: MemoryFederation, name: str, index: int, stop: int) -> None:
    """Erase entries of the partner's log, as if they had been refused."""
    kernel = federation[name].kernel
    with kernel.database.write() as connection:
        log = kernel.store.open_log(connection, kind=LogKind.MIRROR, peer=SONGJIANG)
        for doomed in range(index, stop):
            kernel.store.mark_refused(connection, log, 1, doomed, "malformed")
            kernel.store.erase_entry(connection, log, 1, doomed)


def test_outcomes_are_found_beside_erased_entries(pair: MemoryFederation) -> None:
    erased = submit(pair)
    pair.settle()
    case = decided(pair)
    place = next(line for line in pair[HEFEI].history(erased))
    erase_from(pair, HEFEI, place.index, place.index + 1)
    report = passed(pair, export(pair, HEFEI, case))
    assert of_type(report, "case.decided").outcome is Effect.TAKEN_EFFECT


def test_outcomes_that_were_erased_leave_their_entries_open(pair: MemoryFederation) -> None:
    case = decided(pair)
    dispatched = next(line for line in pair[HEFEI].history(case))
    size = len(entries_of(pair, HEFEI, dispatched.log))
    erase_from(pair, HEFEI, dispatched.index + 1, size)
    report = passed(pair, export(pair, HEFEI, case))
    assert of_type(report, "case.decided").outcome is Effect.UNSETTLED


def test_an_outcome_beside_erased_entries_decides_as_before(pair: MemoryFederation) -> None:
    case = decided(pair)
    dispatched = next(line for line in pair[HEFEI].history(case))
    erase_from(pair, HEFEI, dispatched.index, dispatched.index + 1)
    report = passed(pair, export(pair, HEFEI, case))
    assert of_type(report, "case.accepted").outcome is Effect.TAKEN_EFFECT


def entries_of(federation: MemoryFederation, name: str, log: int) -> list[StoredEntry]:
    kernel = federation[name].kernel
    with kernel.database.read() as connection:
        return kernel.store.entries(connection, log, 1, 0, 1000)
