"""A guest's counter takes in on paper for another city, and the keeper records it (docs/how-to)."""

import io
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.app.folders import make_node

from tongban.app.control import OperationRefused
from tongban.app.guests.intake_lines import rows_of
from tongban.app.key_files import Secrets, open_secrets
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.guest_intakes import complete, intake_sheet, take_in
from tongban.app.settings import Folder, Settings, read_settings
from tongban.catalogue import load_agreements
from tongban.channels.keepers import Keeper
from tongban.core.body import Body
from tongban.core.cases.events import Mode
from tongban.core.cases.state import CaseState
from tongban.core.items.material import Necessity
from tongban.core.one_sided import PAPER
from tongban.core.refusal import Refusal
from tongban.node import agreement_acts
from tongban.testing.applications import (
    HANGZHOU,
    LEGAL_REPRESENTATIVE,
    OFFICER,
    SONGJIANG,
    SUZHOU,
    item_of,
    notify,
    publish,
)
from tongban.testing.memory_nodes import MemoryFederation

ITEM = item_of(HANGZHOU, Mode.DELEGATED_INTAKE)
SCAN = {"name": "scan.pdf", "content": b64encode(b"%PDF made up").decode()}
LETTER = Body(name=PAPER, media="application/pdf", content=b"%PDF made up")
CODES = [m.code for m in ITEM.materials if m.necessity is Necessity.REQUIRED]
Opened = tuple[Folder, Settings, Secrets]
SCANS = dict.fromkeys(CODES, SCAN)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Deriving the keys of a folder takes a second, and one will do."""
    made = make_node(tmp_path_factory.mktemp("node") / "folder")
    return made, read_settings(made), open_secrets(made)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Songjiang's people keep a node for Suzhou, at whose counter people apply to Hangzhou."""
    federation = MemoryFederation(
        tmp_path, (SUZHOU, HANGZHOU), keepers={SUZHOU: Keeper(node=SONGJIANG)}
    )
    publish(federation)
    federation.settle()
    text = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
    agreement_acts.offer(federation[HANGZHOU], text, OFFICER)
    federation.settle()
    for name in (SUZHOU, HANGZHOU):
        done = agreement_acts.sign(federation[name], text, LEGAL_REPRESENTATIVE, papers=(LETTER,))
        assert not any(isinstance(answer, Refusal) for answer in done.values()), done
        federation.settle()
    yield federation
    federation.stop()


@pytest.fixture
def desk(two: MemoryFederation, opened: Opened) -> OperatorDesk:
    return desk_of(two, opened, SUZHOU)


def desk_of(two: MemoryFederation, opened: Opened, name: str) -> OperatorDesk:
    folder, settings, secrets = opened
    return OperatorDesk(node=two[name], folder=folder, settings=settings, secrets=secrets)


def answers() -> dict[str, str]:
    """What somebody made up writes on the sheet."""
    told = {
        "day": "2026-11-23",
        "check": "看过身份证原件，与本人一致",
        "delivery": "到收件窗口领取",
    }
    for asked in ITEM.form.fields:
        schema = ITEM.form.schema["properties"][asked.name]
        if asked.name in ITEM.form.schema.get("required", ()):
            told[f"field:{asked.name}"] = made_up(schema, [o.label.zh for o in asked.options])
    return told | {f"material:{code}": "原件已核" for code in CODES}


def made_up(schema: dict[str, Any], options: list[str]) -> str:
    if options:
        return options[0]
    made = {"resident-number": "11010519491231002X", "credit-code": "91350100M000100Y43"}
    if schema.get("format") in made:
        return made[schema["format"]]
    plain = {"boolean": "是", "integer": "3", "number": "3"}
    if "pattern" in schema:
        return "13900000000" if schema["pattern"].startswith("^1") else "200000000001"
    return plain.get(schema["type"], "2026-11-20" if "format" in schema else "假名假名假名")


def filled(desk: OperatorDesk, told: dict[str, str]) -> str:
    data = b64decode(intake_sheet(desk, {"item": ITEM.code})["file"])
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["收件登记表"]
    for row in sheet.iter_rows(min_row=2):
        if str(row[3].value) in told:
            row[1].value = told[str(row[3].value)]
    file = io.BytesIO()
    book.save(file)
    return b64encode(file.getvalue()).decode()


def sent(desk: OperatorDesk, told: dict[str, str], **more: Any) -> Any:
    arguments = {"sheet": filled(desk, told), "paper": SCAN, "materials": SCANS, **more}
    return take_in(desk, arguments)


def case_at(two: MemoryFederation, name: str) -> CaseState:
    (state,) = two[name].cases()
    return state


def test_what_a_guests_counter_took_in_arrives_with_its_paper(
    two: MemoryFederation, desk: OperatorDesk
) -> None:
    done = sent(desk, answers())
    assert done["recorded"], done
    two.settle()
    state = case_at(two, HANGZHOU)
    assert (state.id, state.intake_party) == (done["case"], SUZHOU)
    read = two[HANGZHOU].read_body(state.id, PAPER, reader=OFFICER, purpose="made up")
    assert read == LETTER.content


def test_the_partner_sees_that_the_intake_is_one_sided(
    two: MemoryFederation, desk: OperatorDesk
) -> None:
    sent(desk, answers())
    two.settle()
    lines = two[HANGZHOU].history(case_at(two, HANGZHOU).id)
    assert [side.keeper for side in two[HANGZHOU].records.sides(lines).values()] == [SONGJIANG]


def test_what_was_brought_after_a_list_is_recorded(
    two: MemoryFederation, desk: OperatorDesk
) -> None:
    case = sent(desk, answers())["case"]
    two.settle()
    asked = two[HANGZHOU].execute(notify(case, CODES[0]))
    assert not isinstance(asked, Refusal), asked
    two.settle()
    given = {"case": case, "day": "2026-11-23", "form": "original_seen", "paper": SCAN}
    assert complete(desk, {**given, "materials": {CODES[0]: SCAN}})["materials"] == [CODES[0]]
    two.settle()
    assert case_at(two, HANGZHOU).holder == HANGZHOU


@pytest.mark.parametrize(
    ("wrong", "row"),
    [
        ({"day": "23.11."}, "day"),
        ({"day": "2999-01-01"}, "day"),
        ({"check": ""}, "check"),
        ({"delivery": "鸽子"}, "delivery"),
        ({f"material:{CODES[0]}": ""}, f"material:{CODES[0]}"),
        ({f"field:{ITEM.form.schema['required'][0]}": ""}, "field:"),
        ({"delivery": "邮寄"}, "recipient:"),
    ],
)
def test_every_mistake_names_its_cell_and_nothing_is_recorded(
    two: MemoryFederation, desk: OperatorDesk, wrong: dict[str, str], row: str
) -> None:
    done = sent(desk, {**answers(), **wrong})
    assert not done["recorded"]
    asked = {f"B{number}": each.code for number, each in enumerate(rows_of(ITEM), 2)}
    assert all(asked[mistake["cell"]].startswith(row) for mistake in done["mistakes"])
    assert all(mistake["zh"] != mistake["en"] for mistake in done["mistakes"])
    assert two[SUZHOU].cases() == []


def test_a_material_without_its_scan_is_a_mistake(desk: OperatorDesk) -> None:
    done = sent(desk, answers(), materials={})
    assert len(done["mistakes"]) == len(CODES)


def test_a_scan_of_no_material_is_refused(desk: OperatorDesk) -> None:
    with pytest.raises(OperationRefused, match="has no material no-such"):
        sent(desk, answers(), materials={"no-such": SCAN})


@pytest.mark.parametrize("day", ["soon", "2026-01-01", "2999-01-01"])
def test_a_completion_has_a_day_after_the_intake(
    two: MemoryFederation, desk: OperatorDesk, day: str
) -> None:
    case = sent(desk, answers())["case"]
    two.settle()
    given = {"case": case, "day": day, "form": "copy", "paper": SCAN, "materials": {}}
    with pytest.raises(OperationRefused, match="Nothing was recorded"):
        complete(desk, given)


def test_no_case_is_completed_that_is_not_here(desk: OperatorDesk) -> None:
    given = {"case": "no-such", "day": "2026-11-23", "form": "copy", "paper": SCAN}
    with pytest.raises(OperationRefused, match="no case no-such"):
        complete(desk, {**given, "materials": {}})


@pytest.mark.parametrize("sheet", [b"no zip", b""])
def test_another_file_is_no_intake_sheet(desk: OperatorDesk, sheet: bytes) -> None:
    given = {"sheet": b64encode(sheet).decode(), "paper": SCAN, "materials": {}}
    with pytest.raises(OperationRefused, match="take a sheet"):
        take_in(desk, given)


def test_a_workbook_without_the_sheet_is_no_intake(desk: OperatorDesk) -> None:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    given = {"sheet": b64encode(file.getvalue()).decode(), "paper": SCAN, "materials": {}}
    with pytest.raises(OperationRefused, match="no sheet"):
        take_in(desk, given)


def test_an_item_that_nobody_knows_has_no_sheet(desk: OperatorDesk) -> None:
    with pytest.raises(OperationRefused, match="no item no-such"):
        intake_sheet(desk, {"item": "no-such"})


def test_a_node_of_its_own_takes_in_on_its_pages(two: MemoryFederation, opened: Opened) -> None:
    with pytest.raises(OperationRefused, match="not kept for a guest"):
        intake_sheet(desk_of(two, opened, HANGZHOU), {"item": ITEM.code})


def test_without_a_clause_nothing_is_taken_in(two: MemoryFederation, desk: OperatorDesk) -> None:
    text = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
    agreement_acts.suspend(two[HANGZHOU], text, OFFICER, ground="audit", items=())
    two.settle()
    with pytest.raises(OperationRefused):
        sent(desk, answers())
