"""A catalogue officer of any place of China, under whatever name the node has."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from tests.app.conftest import serving
from tests.app.folders import make_node
from tests.command_line import ended, tongban

from tongban.app.places_here import places_here, places_of_partners
from tongban.app.settings import Folder, make_settings, read_settings
from tongban.catalogue import load_items
from tongban.catalogue.sheets.rows import book_of
from tongban.catalogue.sheets.xlsx_writing import write_export
from tongban.channels.descriptors import Reads, Title, fingerprint, make_descriptor, read_descriptor
from tongban.channels.endpoints import Endpoint
from tongban.core.words import Words
from tongban.testing.memory_nodes import MemoryFederation

NAME = "su-zhou.gov"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    with serving(make_node(tmp_path_factory.mktemp("other") / "node", name=NAME)) as folder:
        yield folder


def test_what_an_officer_publishes_is_the_nodes_own_whatever_its_name(
    node: Folder, tmp_path: Path
) -> None:
    items = [replace(each, competent=NAME, version=1) for each in load_items("suzhou")[:3]]
    file = tmp_path / "items.xlsx"
    file.write_bytes(write_export(book_of(items)))
    for command in (("import", file), ("publish",), ("import", file)):
        said = ended(tongban("item", *command, "--folder", node.root, "--json"))
        assert said.code == 0, said.out
    listed = json.loads(ended(tongban("item", "list", "--folder", node.root, "--json")).out)
    assert {each["item"] for each in listed} == {each.code for each in items}


def test_cells_that_are_empty_for_every_service_mean_none(node: Folder, tmp_path: Path) -> None:
    file = tmp_path / "items.xlsx"
    items = [replace(each, competent=NAME, version=1) for each in load_items("suzhou")[:3]]
    file.write_bytes(write_export(book_of(items)))
    workbook = openpyxl.load_workbook(file)
    sheet = workbook["基本信息"]
    headings = [cell.value for cell in sheet[1]]
    for heading in ("是否进驻政务大厅", "是否支持预约办理", "是否支持网上支付"):
        sheet.cell(2, headings.index(heading) + 1).value = None
    for heading in ("是否支持物流快递", "是否支持自助终端办理"):
        sheet.cell(2, headings.index(heading) + 1).value = None
    workbook.save(file)
    said = ended(tongban("item", "import", file, "--dry-run", "--folder", node.root, "--json"))
    assert said.code in {0, 1}
    assert "Traceback" not in said.err


def test_a_place_that_ships_without_a_node_has_its_name_from_the_register(node: Folder) -> None:
    settings = make_settings(
        name="changzhou.gov",
        title_zh="常州市",
        title_en="Changzhou",
        jurisdictions=["320400"],
        pages={"port": 9000},
        door={"port": 9100},
    )
    (first, *others) = places_here(settings)
    assert (first.node, first.short.zh, first.province.zh) == ("changzhou.gov", "常州", "江苏省")
    assert len(others) == 9
    (own, *_) = places_here(read_settings(node))
    assert (own.code, own.node) == ("320500", NAME)


def test_a_partners_place_has_its_official_name_on_pages(tmp_path: Path) -> None:
    names = ("changzhou.gov", "anqing.gov")
    federation = MemoryFederation(folder=tmp_path, names=names)
    peers = federation["changzhou.gov"].kernel.peers
    places = places_of_partners(peers)
    assert [each.code for each in places()] == ["310117"]
    present = make_descriptor(
        name="anqing.gov",
        title=Title(zh="安庆市跨域通办", en="Anqing"),
        jurisdictions=("340800",),
        endpoints=[Endpoint(road="memory", address="anqing.gov")],
        reads=Reads(entries=(1,), messages=(1,)),
        serial=9,
        signer=federation["anqing.gov"].kernel.identity.signer,
    )
    compared = fingerprint(read_descriptor(present))
    federation["changzhou.gov"].pair(present, compared=compared)
    (place,) = places()
    assert (place.node, place.name.zh, place.short) == (
        "anqing.gov",
        "安庆市",
        Words(zh="安庆", en="Anqing"),
    )
    federation.stop()
