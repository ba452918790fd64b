"""`tongban item template | export | import | publish` on a real node, as an officer's day goes."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.app.conftest import serving
from tests.app.folders import make_node
from tests.command_line import Ended, invoke

from tongban.app.settings import Folder

SUZHOU = "suzhou.g60.demo"


@pytest.fixture(scope="module")
def suzhou(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    with serving(make_node(tmp_path_factory.mktemp("node") / "suzhou", name=SUZHOU)) as folder:
        yield folder


def item(folder: Folder, *words: object) -> Ended:
    return invoke("item", *words, "--folder", folder.root)


def asked(folder: Folder, *words: object, code: int = 0) -> Any:
    ended = item(folder, *words, "--json")
    assert ended.code == code, ended.err
    return json.loads(ended.out)


def exported(folder: Folder, file: Path) -> Path:
    assert asked(folder, "export", file)["items"] > 30
    return file


def change(file: Path, heading: str, value: str) -> Path:
    """Another value in the first row of the basic sheet."""
    workbook = openpyxl.load_workbook(file)
    sheet = workbook["基本信息"]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index(heading) + 1).value = value
    workbook.save(file)
    return file


def first_row(file: Path) -> tuple[str, int]:
    """Code and version of the first item."""
    sheet = openpyxl.load_workbook(file)["基本信息"]
    headings = [cell.value for cell in sheet[1]]
    return str(sheet["A2"].value), int(str(sheet.cell(2, headings.index("事项版本") + 1).value))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_is_written_without_a_node(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "template"
    assert invoke("item", "template", file, "--format", kind).code == 0
    assert file.read_bytes().startswith(b"PK")


def test_an_unknown_format_is_refused(tmp_path: Path, suzhou: Folder) -> None:
    ended = invoke("item", "template", tmp_path / "x", "--format", "ods")
    assert (ended.code, "choose xlsx or csv" in ended.err) == (1, True)
    ended = item(suzhou, "export", tmp_path / "x", "--format", "ods")
    assert (ended.code, "choose xlsx or csv" in ended.err) == (1, True)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_exported_changes_nothing_when_it_is_imported(
    suzhou: Folder, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "items"
    asked(suzhou, "export", file, "--format", kind)
    done = asked(suzhou, "import", file)
    assert (done["ok"], done["new"], done["changed"], done["draft"]) == (True, 0, 0, "")
    assert done["unchanged"] == done["items"] > 30


def test_mistakes_end_with_one_and_a_report_and_nothing_is_imported(
    suzhou: Folder, tmp_path: Path
) -> None:
    file = change(exported(suzhou, tmp_path / "items.xlsx"), "承诺办结时限", "三天")
    report = tmp_path / "report.xlsx"
    done = asked(suzhou, "import", file, "--report", report, code=1)
    (mistake,) = done["mistakes"]
    assert (mistake["sheet"], mistake["row"], mistake["column"]) == ("基本信息", 2, "承诺办结时限")
    assert mistake["sheet_en"] == "Basic information"
    assert mistake["column_en"] == "Promised limit, working days"
    assert mistake["remedy"] == "write digits alone, without the unit"
    assert openpyxl.load_workbook(report)["问题清单"].max_row == 2
    assert item(suzhou, "publish").code == 1
    ended = item(suzhou, "import", file)
    assert (ended.code, "1 mistake; nothing was imported" in ended.out) == (1, True)
    assert "承诺办结时限 (Promised" in ended.out


def test_a_dry_run_keeps_no_draft(suzhou: Folder, tmp_path: Path) -> None:
    file = change(exported(suzhou, tmp_path / "items.xlsx"), "咨询电话", "0512-9")
    assert "This was a dry run" in item(suzhou, "import", file, "--dry-run").out
    assert "there is no draft" in item(suzhou, "publish").err


def test_a_draft_is_published_once_and_importing_it_again_changes_nothing(
    suzhou: Folder, tmp_path: Path
) -> None:
    file = change(exported(suzhou, tmp_path / "items.xlsx"), "咨询电话", "0512-1")
    assert asked(suzhou, "import", file)["changed"] == 1
    assert asked(suzhou, "publish") == {"published": 1, "file": "items.xlsx"}
    assert item(suzhou, "publish").code == 1
    assert asked(suzhou, "import", file)["changed"] == 0
    assert [line["version"] for line in asked(suzhou, "list")].count(2) == 1


def test_a_version_to_come_stands_beside_the_present_one_and_is_not_lost(
    suzhou: Folder, tmp_path: Path
) -> None:
    day = asked(suzhou, "list")[0]["first_day"]
    then = str(date.fromisoformat(day) + timedelta(days=30))
    file = change(exported(suzhou, tmp_path / "items.xlsx"), "计划生效日期", then)
    code, before = first_row(file)
    assert asked(suzhou, "import", file)["changed"] == 1
    asked(suzhou, "publish")
    lines = [line for line in asked(suzhou, "list") if line["item"] == code]
    assert [line["state"] for line in lines] == ["in_effect", "coming"]
    assert asked(suzhou, "show", code)["version"] == before
    assert asked(suzhou, "show", code, "--on", then)["version"] == before + 1
    assert "in effect" in item(suzhou, "list").out

    today = change(exported(suzhou, tmp_path / "today.xlsx"), "咨询电话", "0512-77")
    assert first_row(today) == (code, before)
    done = asked(suzhou, "import", today)
    assert done["replaced_later"] == [{"item": code, "version": before + 1, "from": then}]
    asked(suzhou, "publish")
    assert asked(suzhou, "show", code)["version"] == before + 2
    later = tmp_path / "later.xlsx"
    asked(suzhou, "export", later, "--on", then)
    assert first_row(later) == (code, before + 1)
    assert "has passed" in item(suzhou, "export", later, "--on", "2020-01-01").err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "this is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .xls format"),
        (bytes(21_000_000), "the file has 21 MB"),
        (None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_two(
    suzhou: Folder, tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    ended = item(suzhou, "import", file)
    assert ended.code == 2
    assert said in ended.err
