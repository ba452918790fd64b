"""A keeper hands a record over, and the guest countersigns it (docs/how-to)."""

import io
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.app.folders import make_node

from tongban.app.control import OperationRefused
from tongban.app.guests.checklist import read_objections
from tongban.app.guests.handed_over import read_archive, read_list
from tongban.app.key_files import Secrets, open_secrets
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.records import acknowledge, hand_over, standing, withdraw_objection
from tongban.app.settings import Folder, Settings, read_settings
from tongban.channels.keepers import Keeper
from tongban.core.body import Body
from tongban.core.one_sided import PAPER
from tongban.core.refusal import Refusal
from tongban.testing.applications import (
    HEFEI,
    SONGJIANG,
    SUZHOU,
    accept,
    grant,
    online_application,
    publish,
)
from tongban.testing.memory_nodes import MemoryFederation

Desks = Callable[[str], OperatorDesk]

SCAN = Body(name=PAPER, media="application/pdf", content=b"%PDF made up")


@pytest.fixture
def guest(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Suzhou's people keep a node for Hefei; it accepted one case by post."""
    federation = MemoryFederation(
        tmp_path, (SONGJIANG, HEFEI), keepers={HEFEI: Keeper(node=SUZHOU)}
    )
    publish(federation)
    federation.settle()
    command = online_application(federation)
    federation[SONGJIANG].execute(command)
    federation.settle()
    done = federation[HEFEI].execute(replace(accept(command.case), bodies=(SCAN,)))
    assert not isinstance(done, Refusal), done
    federation.settle()
    yield federation
    federation.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, Settings, Secrets]:
    """Deriving the keys of a folder takes a second, and one will do."""
    made = make_node(tmp_path_factory.mktemp("node") / "folder")
    return made, read_settings(made), open_secrets(made)


@pytest.fixture
def desks(guest: MemoryFederation, folder: tuple[Folder, Settings, Secrets]) -> Desks:
    found, settings, secrets = folder
    return lambda name: OperatorDesk(
        node=guest[name], folder=found, settings=settings, secrets=secrets
    )


def handed(desks: Desks) -> bytes:
    return b64decode(hand_over(desks(HEFEI), {})["file"])


def take_over(guest: MemoryFederation) -> None:
    kept = guest.nodes[HEFEI]
    kept.stop()
    kept.keeper = Keeper(node=SUZHOU, key_sets=1)
    kept.start()
    kept.rotate()
    guest.settle()


def spoken(guest: MemoryFederation, desks: Desks, file: bytes, **more: Any) -> Any:
    note, sheet = read_archive(file)
    objections = read_objections(more.pop("sheet", sheet))
    arguments = {
        "list": b64encode(note).decode(),
        "objections": {entry: ground.value for entry, ground in objections.items()},
        "check": False,
        **more,
    }
    done = acknowledge(desks(HEFEI), arguments)
    guest.settle()
    return done


def marked(sheet: bytes, **cells: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    for cell, text in cells.items():
        book["追认表"][cell] = text
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def backings(desks: Desks, name: str) -> list[tuple[str, str]]:
    found = standing(desks(name), {})
    return [(each["backing"], each["ground"]) for each in found]


def test_the_file_has_every_act_with_its_paper(desks: Desks) -> None:
    file = handed(desks)
    (act,) = [each for each in read_list(read_archive(file)[0]).acts if each.by_officer]
    assert (act.type, act.partner) == ("case.accepted", SONGJIANG)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.read(act.paper) == SCAN.content


def test_the_guest_countersigns_all_and_both_sides_see_it(
    guest: MemoryFederation, desks: Desks
) -> None:
    file = handed(desks)
    take_over(guest)
    assert backings(desks, SONGJIANG) == [("one_sided", "")]
    done = spoken(guest, desks, file)
    assert (done["objected"], done["done"]) == (0, True)
    for name in (SONGJIANG, HEFEI):
        assert backings(desks, name) == [("acknowledged", "")]
    assert spoken(guest, desks, file)["subjects"] == 0


def test_an_objection_on_the_sheet_stays_one_sided_until_it_is_withdrawn(
    guest: MemoryFederation, desks: Desks
) -> None:
    file = handed(desks)
    take_over(guest)
    sheet = marked(read_archive(file)[1], F2="异议", G2="我方没有办过")
    assert spoken(guest, desks, file, sheet=sheet)["objected"] == 1
    assert backings(desks, SONGJIANG) == [("objected", "not_done")]
    (row,) = standing(desks(HEFEI), {})
    withdraw_objection(desks(HEFEI), {"entry": row["entry"]})
    guest.settle()
    assert backings(desks, SONGJIANG) == [("acknowledged", "")]


def test_looking_countersigns_nothing(guest: MemoryFederation, desks: Desks) -> None:
    file = handed(desks)
    take_over(guest)
    assert not spoken(guest, desks, file, check=True)["done"]
    assert backings(desks, SONGJIANG) == [("one_sided", "")]


def test_what_the_keeper_did_not_hand_over_is_noticed(
    guest: MemoryFederation, desks: Desks
) -> None:
    file = handed(desks)
    case = guest[HEFEI].cases()[0].id
    done = guest[HEFEI].execute(replace(grant(case), bodies=(*grant(case).bodies, SCAN)))
    assert not isinstance(done, Refusal)
    take_over(guest)
    with pytest.raises(OperationRefused, match="2 entries are in the store and not in the file"):
        spoken(guest, desks, file)


def test_a_keeper_cannot_countersign_for_its_guest(guest: MemoryFederation, desks: Desks) -> None:
    file = handed(desks)
    with pytest.raises(OperationRefused, match="keeper cannot vouch for itself"):
        spoken(guest, desks, file)


def test_a_file_that_no_keeper_signed_is_refused(guest: MemoryFederation, desks: Desks) -> None:
    file = handed(desks)
    take_over(guest)
    note = read_archive(file)[0].replace(b"case.accepted", b"case.forgotten")
    arguments = {"list": b64encode(note).decode(), "objections": {}, "check": False}
    with pytest.raises(OperationRefused, match="not what a keeper signed"):
        acknowledge(desks(HEFEI), arguments)


def test_a_paper_that_was_changed_is_noticed(desks: Desks) -> None:
    with zipfile.ZipFile(io.BytesIO(handed(desks))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data + b"x" if name.startswith("papers/") else data)
    with pytest.raises(OperationRefused, match="missing or was changed"):
        read_archive(file.getvalue())


@pytest.mark.parametrize("file", [b"", b"no zip"])
def test_another_file_is_no_record(file: bytes) -> None:
    with pytest.raises(OperationRefused, match="ask the keeper for the file again"):
        read_archive(file)


def test_a_sheet_with_mistakes_names_each_cell(desks: Desks) -> None:
    sheet = read_archive(handed(desks))[1]
    with pytest.raises(OperationRefused, match="G2: choose one"):
        read_objections(marked(sheet, F2="异议"))
    with pytest.raises(OperationRefused, match="F2: write one"):
        read_objections(marked(sheet, F2="不"))


@pytest.mark.parametrize("sheet", [b"", b"no zip"])
def test_another_file_is_no_sheet(sheet: bytes) -> None:
    with pytest.raises(OperationRefused, match="take the sheet"):
        read_objections(sheet)


def test_a_node_of_its_own_has_no_record_to_hand_over(desks: Desks) -> None:
    with pytest.raises(OperationRefused, match="not kept for a guest"):
        hand_over(desks(SONGJIANG), {})


@pytest.mark.parametrize("entry", ["no-such"])
def test_an_objection_to_nothing_is_refused(
    guest: MemoryFederation, desks: Desks, entry: str
) -> None:
    file = handed(desks)
    take_over(guest)
    with pytest.raises(OperationRefused, match="no entry of this record"):
        spoken(guest, desks, file, objections={entry: "not_done"})
    with pytest.raises(OperationRefused, match="no entry that a keeper signed"):
        withdraw_objection(desks(HEFEI), {"entry": entry})
