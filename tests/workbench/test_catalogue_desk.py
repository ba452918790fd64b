"""The catalogue officer's desk: hand in, mend, look at what changes, publish once."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.cities import Browser, City, Federation
from tests.workbench.counters import at, clerk_of, officer_of, text_of

from tongban.accounts.roles import Role
from tongban.catalogue import load_items
from tongban.node.published import Published
from tongban.testing.applications import HANGZHOU
from tongban.workbench.models import CatalogueImport, ImportState

MARKED = re.compile(r'<(\w+)[^>]*\slang="zh-Hans"[^>]*>.*?</\1>', re.DOTALL)
CHINESE = re.compile(r"[\u3400-\u9fff]+")
PAGES = (
    at("catalogue"),
    at("check_catalogue"),
    at("catalogue_template", "xlsx"),
    at("catalogue_export", "csv"),
    at("catalogue_import", "7"),
    at("catalogue_report", "7"),
    at("publish_catalogue", "7"),
    at("discard_catalogue", "7"),
    at("open_items"),
    at("catalogue_item", "7"),
    at("withdraw_item", "7"),
)


@pytest.fixture
def city(federation: Federation) -> City:
    return federation[HANGZHOU]


@pytest.fixture
def desk(city: City) -> Browser:
    return city.browser(city.person("catalogue", Role.CATALOGUE_OFFICER))


def published(city: City) -> Published:
    published: Published = city.node.published
    return published


def exported(desk: Browser, **changes: str) -> bytes:
    """What the officer exports, with other values in the first row of the basic sheet."""
    data = desk.get(at("catalogue_export", "xlsx")).content
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    sheet = workbook["基本信息"]
    headings = [cell.value for cell in sheet[1]]
    for heading, value in changes.items():
        sheet.cell(2, headings.index(heading) + 1).value = value
    changed = io.BytesIO()
    workbook.save(changed)
    return changed.getvalue()


def hand_in(desk: Browser, data: bytes, press: str = "draft") -> Any:
    file = SimpleUploadedFile("事项.xlsx", data)
    return desk.post(at("check_catalogue"), {"file": file, press: "1"})


def found(desk: Browser, answer: Any) -> str:
    assert answer.status_code == 302, text_of(answer)
    return text_of(desk.get(answer.headers["Location"]))


def token_of(answer: Any) -> str:
    return str(answer.headers["Location"].rstrip("/").rpartition("/")[2])


def first_code(city: City) -> str:
    return min(city.node.own.newest())


def test_nobody_else_gets_in(city: City) -> None:
    others = [
        city.browser(city.person("resident", Role.RESIDENT)),
        city.browser(clerk_of(city)),
        city.browser(officer_of(city)),
    ]
    for browser in others:
        assert {browser.get(page).status_code for page in PAGES} <= {404, 302}
        assert browser.get(at("catalogue")).status_code == 404
        assert browser.post(at("check_catalogue")).status_code == 404
        assert browser.post(at("publish_catalogue", "7")).status_code == 404
        assert browser.post(at("open_items")).status_code == 404
        assert browser.post(at("withdraw_item", first_code(city))).status_code == 404
    assert city.browser().get(at("catalogue")).status_code == 302


def test_the_desk_shows_own_items_and_is_where_the_officer_begins(
    desk: Browser, city: City
) -> None:
    page = text_of(desk.get(at("counter"), follow=True))
    own = city.node.own.newest()
    assert all(item.name.zh in page for item in list(own.values())[:20])
    assert "在用" in page
    assert text_of(desk.get(at("catalogue"), {"q": "没有这个"})).count("没有这样的事项") == 1


def test_mistakes_are_listed_with_their_cells_and_the_file_comes_back_with_comments(
    desk: Browser,
) -> None:
    answer = hand_in(desk, exported(desk, 承诺办结时限="三天", 事项类型="诗"))
    page = found(desk, answer)
    assert "有 2 处要改" in page
    assert "第 2 行" in page
    assert "不是整数" in page
    report = desk.get(at("catalogue_report", token_of(answer)))
    assert report.headers["Content-Disposition"].startswith("attachment")
    assert "问题清单" in openpyxl.load_workbook(io.BytesIO(report.content)).sheetnames
    assert not CatalogueImport.objects.filter(state=ImportState.DRAFT).exists()


def test_a_draft_shows_what_changes_and_is_published_once(desk: Browser, city: City) -> None:
    code = first_code(city)
    answer = hand_in(desk, exported(desk, 咨询电话="0571-12345"))
    page = found(desk, answer)
    assert "第 1 版 → 第 2 版" in page
    assert "0571-12345" in page
    assert city.node.item(code).version == 1
    for _ in range(2):
        pressed = desk.post(at("publish_catalogue", token_of(answer)), follow=True)
        assert "已经发布" in text_of(pressed)
    assert city.node.item(code).version == 2
    assert [row.version for row, _ in published(city).history(code)] == [1, 2]
    assert "0571-12345" not in text_of(desk.get(at("catalogue")))


def test_importing_what_was_published_changes_nothing(desk: Browser) -> None:
    data = exported(desk, 咨询电话="0571-1")
    desk.post(at("publish_catalogue", token_of(hand_in(desk, data))))
    assert "没有什么要发布" in found(desk, hand_in(desk, data))


def test_a_check_alone_keeps_no_draft(desk: Browser) -> None:
    page = found(desk, hand_in(desk, exported(desk, 咨询电话="0571-1"), press="dry_run"))
    assert "这次只是检查" in page
    assert "等待发布" not in text_of(desk.get(at("catalogue")))


def test_a_later_draft_takes_the_place_of_the_first(desk: Browser, city: City) -> None:
    first = hand_in(desk, exported(desk, 咨询电话="0571-1"))
    second = hand_in(desk, exported(desk, 咨询电话="0571-2"))
    assert "已被后来的草稿代替" in found(desk, first)
    desk.post(at("publish_catalogue", token_of(first)))
    assert city.node.item(first_code(city)).version == 1
    desk.post(at("discard_catalogue", token_of(second)))
    assert not CatalogueImport.objects.filter(state=ImportState.DRAFT).exists()


def test_a_draft_that_does_not_fit_any_more_is_not_published(desk: Browser, city: City) -> None:
    answer = hand_in(desk, exported(desk, 咨询电话="0571-1"))
    draft = CatalogueImport.objects.get(token=token_of(answer))
    documents = bytes(draft.documents)
    desk.post(at("publish_catalogue", draft.token))
    CatalogueImport.objects.filter(token=draft.token).update(
        state=ImportState.DRAFT, documents=documents
    )
    stale = desk.post(at("publish_catalogue", draft.token))
    assert stale.status_code == 409
    assert "什么也没有发布" in text_of(stale)
    assert city.node.item(first_code(city)).version == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空的"),
        (b"%PDF-1.7", "不是表格"),
        (bytes(20_000_001), "最多20 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 .xls"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    desk: Browser, data: bytes, words: str
) -> None:
    answer = hand_in(desk, data)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not CatalogueImport.objects.exists()


def test_without_a_file_the_page_asks_for_one(desk: Browser) -> None:
    answer = desk.post(at("check_catalogue"), {"draft": "1"})
    assert answer.status_code == 422
    assert "请选择要检查的表格文件" in text_of(answer)


def test_what_a_button_leads_to_is_no_page_of_its_own(desk: Browser) -> None:
    assert desk.get(at("check_catalogue")).headers["Location"] == at("catalogue")
    assert desk.get(at("catalogue_template", "ods")).status_code == 404
    assert desk.get(at("catalogue_export", "ods")).status_code == 404
    assert desk.get(at("catalogue_report", "7")).status_code == 404


def left_in_chinese(page: str) -> list[str]:
    return CHINESE.findall(MARKED.sub("", page))


def test_the_desk_speaks_english(desk: Browser) -> None:
    right, wrong = exported(desk, 咨询电话="0571-1"), exported(desk, 承诺办结时限="-1")
    desk.cookies["django_language"] = "en"
    page = found(desk, hand_in(desk, wrong))
    assert "days and visits cannot be negative" in page
    assert left_in_chinese(page) == []
    assert left_in_chinese(found(desk, hand_in(desk, right))) == []
    assert left_in_chinese(text_of(desk.get(at("catalogue")))) == []


def test_the_number_of_queries_does_not_grow_with_the_catalogue(desk: Browser, city: City) -> None:
    def queries() -> int:
        city.act()
        with CaptureQueriesContext(connection) as captured:
            desk.get(at("catalogue"))
        return len(captured)

    few = queries()
    published(city).publish(load_items("hangzhou"), ())
    assert queries() == few


def test_the_words_of_an_actor_are_on_the_home_log(desk: Browser, city: City) -> None:
    with translation.override("zh-hans"):
        answer = hand_in(desk, exported(desk, 咨询电话="0571-1"))
        desk.post(at("publish_catalogue", token_of(answer)))
    city.act()
    kept = CatalogueImport.objects.get(token=token_of(answer))
    assert kept.officer is not None
    assert kept.officer.username == "catalogue"
    assert kept.documents == b""
    assert kept.published_at is not None
