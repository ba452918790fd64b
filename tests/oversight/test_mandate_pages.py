"""A list that a partner published, beside those that come with the software."""

import re
from dataclasses import replace

import pytest
from tests.cities import Browser, Federation
from tests.oversight.conftest import tell

from tongban.catalogue.regulation import load_mandates
from tongban.core.catalogues.rule_forms import MANDATE
from tongban.core.entry import Actor, ActorKind
from tongban.testing.applications import HANGZHOU

LISTS = "/oversight/mandates/"
OFFICER = Actor(kind=ActorKind.OFFICER, role="joint_officer", number="J1")
LIST = replace(load_mandates()[-1], number="ZJ/M-1")


def text(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def address(federation: Federation, joint_officer: Browser) -> str:
    """Of the matrix of the list that Hangzhou published."""
    federation[HANGZHOU].act().node.rules.issue(MANDATE, LIST, after=0, actor=OFFICER)
    tell(federation)
    return str(re.findall(rf'"({LISTS}[0-9a-f]+/)"', text(joint_officer, LISTS))[-1])


def test_a_partners_list_names_its_publisher_and_binds_nobody(
    joint_officer: Browser, address: str
) -> None:
    assert "杭州公布，第 1 版" in text(joint_officer, LISTS)
    page = text(joint_officer, address)
    assert "清单本身不约束谁，也不授予任何权限" in page
    assert page.count('<th scope="row">') >= len(LIST.lines)


def test_its_address_stays_when_the_next_version_comes(
    federation: Federation, joint_officer: Browser, address: str
) -> None:
    newer = replace(LIST, complete=False, lines_announced=20)
    federation[HANGZHOU].act().node.rules.issue(MANDATE, newer, after=1, actor=OFFICER)
    tell(federation)
    assert "第 2 版" in text(joint_officer, address)
    assert "这不是正式附件" in text(joint_officer, address)
    assert "杭州收" in text(joint_officer, f"{address}{HANGZHOU}/")
    assert joint_officer.get(f"{address}export/").status_code == 200
