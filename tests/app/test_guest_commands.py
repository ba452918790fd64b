"""A case goes out to a guest by post and comes back on its reply sheet (docs/how-to)."""

import io
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from tests.app.folders import make_node

from tongban.app.control import OperationRefused
from tongban.app.key_files import open_secrets
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.guests import packet, record
from tongban.app.settings import read_settings
from tongban.channels.keepers import Keeper
from tongban.core.body import BYTES_MAX
from tongban.core.refusal import Refusal
from tongban.node.bundles.export import export_bundle
from tongban.node.bundles.verify import verify_bundle
from tongban.testing.applications import (
    HEFEI,
    SONGJIANG,
    SUZHOU,
    grant,
    online_application,
    publish,
)
from tongban.testing.memory_nodes import MemoryFederation

SCAN = {"name": "scan.pdf", "content": b64encode(b"%PDF made up").decode()}
ANSWER = {"B3": "受理", "B4": "2026-11-23", "B5": "合受〔2026〕1号"}


@pytest.fixture
def guest(tmp_path: Path) -> Iterator[MemoryFederation]:
    federation = MemoryFederation(
        tmp_path, (SONGJIANG, HEFEI), keepers={HEFEI: Keeper(node=SUZHOU)}
    )
    publish(federation)
    federation.settle()
    yield federation
    federation.stop()


@pytest.fixture
def case(guest: MemoryFederation) -> str:
    command = online_application(guest)
    guest[SONGJIANG].execute(command)
    guest.settle()
    return command.case


@pytest.fixture
def desk_of(guest: MemoryFederation, tmp_path: Path) -> Callable[[str], OperatorDesk]:
    folder = make_node(tmp_path / "folder")

    def desk(name: str) -> OperatorDesk:
        return OperatorDesk(
            node=guest[name],
            folder=folder,
            settings=read_settings(folder),
            secrets=open_secrets(folder),
        )

    return desk


@pytest.fixture
def desk(desk_of: Callable[[str], OperatorDesk]) -> OperatorDesk:
    return desk_of(HEFEI)


def files_of(desk: OperatorDesk, case: str) -> list[bytes]:
    return [b64decode(data) for data in packet(desk, {"case": case})["files"].values()]


def filled(desk: OperatorDesk, case: str, answers: dict[str, str]) -> str:
    book = openpyxl.load_workbook(io.BytesIO(files_of(desk, case)[1]))
    for cell, text in answers.items():
        book["回复表"][cell] = text
    file = io.BytesIO()
    book.save(file)
    return b64encode(file.getvalue()).decode()


def sent(desk: OperatorDesk, case: str, answers: dict[str, str], **more: Any) -> Any:
    given = {"sheet": filled(desk, case, answers), "paper": SCAN, "result": None, **more}
    return record(desk, given)


def test_the_letter_says_what_is_asked_by_when_and_under_what(
    desk: OperatorDesk, case: str
) -> None:
    word = Document(io.BytesIO(files_of(desk, case)[0]))
    text = "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert case in text
    assert "以前" in text
    assert "条" in text or "申请人自己的权利" in text


def test_what_the_guest_answered_takes_effect_with_its_paper(
    guest: MemoryFederation, desk: OperatorDesk, case: str
) -> None:
    assert sent(desk, case, ANSWER)["recorded"]
    guest.settle()
    state = guest[SONGJIANG].case_state(case)
    assert state is not None
    assert state.accepted_number == ANSWER["B5"]


@pytest.mark.parametrize(
    ("act", "more"),
    [
        ("不予受理", {"B6": "请到别处", "B8": "不属于本机关职权范围"}),
        ("一次性告知", {"B6": "看不清", "B7": "{code}", "B8": "看不清"}),
    ],
)
def test_each_answer_before_acceptance_is_recorded(
    guest: MemoryFederation, desk: OperatorDesk, case: str, act: str, more: dict[str, str]
) -> None:
    code = guest[HEFEI].cases()[0].materials[0].code
    answers = {cell: text.format(code=code) for cell, text in more.items()}
    assert sent(desk, case, {**ANSWER, "B3": act, **answers})["recorded"]
    guest.settle()
    state = guest[SONGJIANG].case_state(case)
    assert state is not None
    assert state.not_accepted_at or state.correction


@pytest.mark.parametrize("act", ["准予", "不予"])
def test_a_decision_is_recorded_with_its_result(
    guest: MemoryFederation, desk: OperatorDesk, case: str, act: str
) -> None:
    sent(desk, case, ANSWER)
    answers = {**ANSWER, "B3": act, "B6": "理由", "B8": "法定数量已满"}
    assert sent(desk, case, answers, result={**SCAN, "name": "result.pdf"})["recorded"]
    guest.settle()
    state = guest[SONGJIANG].case_state(case)
    assert state is not None
    assert state.decided is not None


@pytest.mark.parametrize(
    ("answers", "cell"),
    [
        ({"B2": "another"}, None),
        ({"B3": "同意"}, "B3"),
        ({"B4": "23.11."}, "B4"),
        ({"B4": "2999-01-01"}, "B4"),
        ({"B5": ""}, "B5"),
        ({"B3": "不予", "B8": "法定数量已满"}, "B6"),
        ({"B3": "一次性告知", "B6": "x", "B8": "看不清"}, "B7"),
        ({"B3": "不予受理", "B6": "x", "B8": "不好"}, "B8"),
        ({"B5": "电话 13912345678"}, "B5"),
        ({"B7": "no-such"}, "B7"),
    ],
)
def test_every_mistake_names_its_cell_and_nothing_is_recorded(
    desk: OperatorDesk, case: str, answers: dict[str, str], cell: str | None
) -> None:
    if cell is None:
        with pytest.raises(OperationRefused, match="no case another"):
            sent(desk, case, {**ANSWER, **answers})
        return
    said = sent(desk, case, {**ANSWER, **answers})
    assert not said["recorded"]
    assert [mistake["cell"] for mistake in said["mistakes"]] == [cell]


@pytest.mark.parametrize(
    "paper",
    [
        {"name": "scan.exe", "content": SCAN["content"]},
        {"name": "scan.jpg", "content": SCAN["content"]},
        {"name": "scan.pdf", "content": b64encode(b"%PDF" + bytes(BYTES_MAX)).decode()},
    ],
)
def test_what_is_no_paper_is_refused(desk: OperatorDesk, case: str, paper: dict[str, str]) -> None:
    with pytest.raises(OperationRefused, match="Nothing was recorded"):
        sent(desk, case, ANSWER, paper=paper)


@pytest.mark.parametrize("sheet", [b"no zip", b""])
def test_another_file_is_no_reply_sheet(desk: OperatorDesk, sheet: bytes) -> None:
    given = {"sheet": b64encode(sheet).decode(), "paper": SCAN, "result": None}
    with pytest.raises(OperationRefused, match="take the reply sheet"):
        record(desk, given)


def test_a_workbook_without_the_sheet_is_no_reply(desk: OperatorDesk) -> None:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    given = {"sheet": b64encode(file.getvalue()).decode(), "paper": SCAN, "result": None}
    with pytest.raises(OperationRefused, match="no sheet"):
        record(desk, given)


def test_a_node_of_its_own_makes_no_packets(
    desk_of: Callable[[str], OperatorDesk], case: str
) -> None:
    with pytest.raises(OperationRefused, match="not kept for a guest"):
        packet(desk_of(SONGJIANG), {"case": case})


def test_a_guest_by_post_becomes_a_partner_of_its_own(
    guest: MemoryFederation, desk: OperatorDesk, case: str
) -> None:
    assert sent(desk, case, ANSWER)["recorded"]
    guest.settle()
    kept = guest.nodes[HEFEI]
    kept.stop()
    kept.keeper = Keeper(node=SUZHOU, key_sets=1)
    kept.start()
    kept.rotate()
    guest.settle()
    assert not isinstance(guest[HEFEI].execute(grant(case)), Refusal)
    guest.settle()
    exporter = guest.nodes[SONGJIANG]
    data = export_bundle(
        exporter.node.kernel, case, descriptor=exporter.descriptor, bodies_for=None
    )
    report = verify_bundle(data)
    signed = {entry.type: entry.signed_for_by for entry in report.entries}
    assert report.verified
    assert (signed["case.accepted"], signed["case.decided"]) == (SUZHOU, "")
