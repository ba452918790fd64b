"""`tongban mandate propose`: what a partner's list lacks, as a text for the table."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.app.conftest import serving
from tests.app.folders import make_node
from tests.app.test_mandate_commands import a_file
from tests.app.test_negotiating import HANGZHOU, SOON, asked, introduce, is_open, said
from tests.journeys.processes import within

from tongban.app.settings import Folder
from tongban.catalogue import load_opened_items
from tongban.catalogue.regulation import load_mandates
from tongban.core.canonical import encode
from tongban.core.items.comparison import basic_code_of

ITEM = load_opened_items("hangzhou")[0]


@pytest.fixture(scope="module")
def suzhou(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    """Paired with Hangzhou, which opened an item and published a list that names it."""
    root = tmp_path_factory.mktemp("gap")
    here, there = make_node(root / "suzhou"), make_node(root / "hangzhou", name=HANGZHOU)
    line = json.loads(encode(load_mandates()[-1].lines[0]))
    line["basic_codes"] = [basic_code_of(ITEM)]
    with serving(here), serving(there):
        introduce(here, there)
        introduce(there, here)
        assert within(120, lambda: is_open(here) and is_open(there))
        asked(there, "item", "open", ITEM.code)
        file = a_file(root / "list.yaml", number="ZJ/M-1", lines=[line], lines_announced=1)
        asked(there, "mandate", "publish", file)
        assert within(60, lambda: lacks(here) == ["basis"])
        yield here


def lacks(folder: Folder) -> list[str]:
    if "ZJ/M-1" not in said(folder, "mandate", "list"):
        return []
    lines = asked(folder, "mandate", "progress", "ZJ/M-1")
    return [lack for line in lines if line["decider"] == HANGZHOU for lack in line["lacks"]]


def test_the_file_is_a_proposal_once_the_owners_day_is_in_it(
    suzhou: Folder, tmp_path: Path
) -> None:
    file = tmp_path / "draft.yaml"
    done = asked(suzhou, "mandate", "propose", "ZJ/M-1", HANGZHOU, file)
    assert done["owners"] == [ITEM.organisation.name.zh]
    refused = said(suzhou, "negotiation", "propose", file, "--answer-by", SOON)
    assert "consents[0].given_on" in refused
    text = yaml.safe_load(file.read_text(encoding="utf-8"))
    text["consents"][0]["given_on"] = "2026-11-02"
    file.write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")
    begun = asked(suzhou, "negotiation", "propose", file, "--answer-by", SOON)
    assert begun["partner"] == HANGZHOU


def test_what_cannot_be_proposed_is_refused_with_a_reason(suzhou: Folder, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    shipped = load_mandates()[-1].number
    assert "no item of it" in said(suzhou, "mandate", "propose", shipped, HANGZHOU, file)
    assert "is no partner" in said(suzhou, "mandate", "propose", shipped, "x.example", file)
    assert not file.exists()
