"""A scan of thirty megabytes between two real nodes, over https and through a drop-box."""

from contextlib import closing
from hashlib import sha256

import pytest
from tests.journeys.checks import is_sound
from tests.journeys.counter_case import HANGZHOU, SUZHOU, CounterCase
from tests.journeys.gateway_case import JIAXING, WUHU, GatewayCase
from tests.journeys.processes import cut_power, restart

from tongban.app.demo.federation import Federation
from tongban.app.demo.visitor import Visitor
from tongban.app.settings import Folder
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

_BLOCK = sha256(b"made up").digest() * 31_250
#: Thirty megabytes and a bit.
SCAN = b"%PDF-1.7 made up " + _BLOCK * 30


def scan_in(clerk: Visitor, item: Item, material: str) -> None:
    """Take the scan of a material again, from the page on which the intake is checked."""
    clerk.open(clerk.path.removesuffix("check/"))
    clerk.press("person_check", uploads={f"scan-{material}": ("scan.pdf", SCAN, "application/pdf")})
    assert clerk.path.endswith("/check/"), clerk.summary()
    assert item.material(material)


def required(item: Item) -> str:
    return next(m.code for m in item.materials if m.necessity is Necessity.REQUIRED)


def read_back(visitor: Visitor, desk: str, number: str, material: str) -> bytes:
    path = f"/desk/{desk}/{number}/documents/material:{material}/"
    visitor.open(path)
    assert "30.0 MB" in visitor.text
    return visitor.download(f"{path}?file")


def test_a_large_scan_crosses_although_the_partner_loses_power(federation: Federation) -> None:
    with closing(CounterCase(federation)) as case:
        scan_in(case.clerk, case.item, "purchase_contract")
        case.take_in()
        cut_power(federation, HANGZHOU)
        restart(federation, HANGZHOU)
        case.agreed("dispatched")
        assert read_back(case.clerk, "cases", case.number, "purchase_contract") == SCAN
        assert read_back(case.decider, "review", case.number, "purchase_contract") == SCAN
        for node in (SUZHOU, HANGZHOU):
            assert is_sound(federation, node, case.number)
            pieces = Folder(federation.cities[node].folder).blobs
            assert sum(path.stat().st_size for path in pieces.glob("??/*")) == len(SCAN) + 31 * 16


def test_a_large_scan_goes_through_the_drop_box(gateway_cities: Federation) -> None:
    with closing(GatewayCase(gateway_cities)) as case:
        item = case.stage.item("船舶营业运输证")
        material = required(item)
        scan_in(case.clerk, item, material)
        case.take_in()
        case.agreed("decided")
        assert read_back(case.clerk, "cases", case.number, material) == SCAN
        for node in (JIAXING, WUHU):
            assert is_sound(gateway_cities, node, case.number)
