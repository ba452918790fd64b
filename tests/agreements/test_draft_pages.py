"""The editor: drafts that an office shares, begun from many things, checked as a whole."""

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.agreement_text.examples import EXAMPLE
from tests.agreements.talking import (
    CLAUSE,
    GRANTING,
    INBOX,
    begin,
    changed,
    day,
    lay,
    revision,
)
from tests.agreements.test_agreement_pages import AGREEMENT, DIGEST, text
from tests.cities import Browser, Federation

from tongban.agreements.models import TextDraft
from tongban.agreements.negotiations.forms import beginning
from tongban.agreements.negotiations.forms.head import head_form
from tongban.agreements.negotiations.known_templates import known_templates
from tongban.core.agreements.document import document_bytes
from tongban.core.agreements.template import template_bytes, template_digest
from tongban.core.words import Words
from tongban.testing.applications import HANGZHOU, SUZHOU


def test_two_colleagues_do_not_write_over_each_other(officer: Browser) -> None:
    draft = begin(officer)
    shown = revision(officer, draft)
    changed(officer, draft)
    given = {
        "revision": shown,
        "number": CLAUSE.number,
        "title_zh": "标题",
        "text_zh": "第二个人写的话",
    }
    answer = officer.post(f"{draft}clauses/{CLAUSE.number}/", given)
    assert answer.status_code == 409
    assert "第二个人写的话" in answer.content.decode()
    assert "第二个人写的话" not in text(officer, draft)
    removed = officer.post(f"{draft}clauses/{CLAUSE.number}/remove/", {"revision": shown})
    assert removed.status_code == 422
    late = officer.post(f"{draft}lay/", {"revision": shown, "answer_by": day(officer, 7)})
    assert "同事改过这份草稿" in late.content.decode()


def test_clauses_are_added_left_out_and_put_back(officer: Browser) -> None:
    draft = begin(officer)
    given = {
        "revision": revision(officer, draft),
        "number": "9.9",
        "after": CLAUSE.number,
        "title_zh": "新的一条",
        "text_zh": "新的话。",
        "limit-review": "8",
        "notice-exit": "60",
    }
    assert "加一条" in text(officer, f"{draft}add/")
    assert officer.post(f"{draft}add/", given | {"number": CLAUSE.number}).status_code == 422
    assert officer.post(f"{draft}add/", given | {"limit-review": "no"}).status_code == 422
    officer.post(f"{draft}add/", given)
    page = text(officer, draft)
    assert page.index("新的一条") < page.index(AGREEMENT.clauses[1].title.zh)
    seen = {"revision": revision(officer, draft)}
    officer.post(f"{draft}clauses/{CLAUSE.number}/remove/", seen)
    assert "放回这一条" in text(officer, draft)
    seen = {"revision": revision(officer, draft), "clause": CLAUSE.number}
    officer.post(f"{draft}restore/", seen)
    assert "放回这一条" not in text(officer, draft)


def test_grants_are_changed_by_ticking(officer: Browser) -> None:
    draft = begin(officer)
    (first, *_) = GRANTING.grants
    page = f"{draft}clauses/{GRANTING.number}/grants/1/"
    assert first.items[0] in text(officer, page)
    given = {
        "revision": revision(officer, draft),
        "direction": f"{first.granter}>{first.grantee}",
        "mode": "delegated_intake",
        "power": ["receive", "print"],
        "item": first.items[0],
    }
    assert officer.post(page, given | {"item": []}).status_code == 422
    assert officer.post(page, given | {"direction": "a>b"}).status_code == 422
    strange = officer.post(page, given | {"item": "1" * 31})
    assert "没有在这份文本里同意" in strange.content.decode()
    officer.post(page, given)
    assert "代为打印" in text(officer, draft)
    seen = {"revision": revision(officer, draft)}
    officer.post(f"{page}remove/", seen)
    assert officer.get(f"{draft}clauses/{GRANTING.number}/grants/9/").status_code == 404


def test_items_are_opened_before_they_are_granted(officer: Browser) -> None:
    draft = begin(officer)
    page = f"{draft}opening/"
    assert "加实施机关同意开放的事项" in text(officer, page)
    opened = AGREEMENT.consents[0]
    item = f"{opened.items[0][:-6]}777000"
    known = officer.city.act().node.items()
    elsewhere = next(each.code for each in known if each.competent not in AGREEMENT.nodes)
    given = {
        "revision": revision(officer, draft),
        "granter": opened.granter,
        "given_on": "2026-11-01",
        "item_lines": f"一个事项 {item}",
    }
    for broken in (
        {"granter": "nobody"},
        {"given_on": "soon"},
        {"item_lines": ""},
        {"item_lines": "1" * 31},
        {"item_lines": "abc"},
        {"item_lines": elsewhere},
    ):
        assert officer.post(page, given | broken).status_code == 422
    assert officer.post(page, given).status_code == 302
    assert item in text(officer, draft)
    assert item in text(officer, f"{draft}clauses/{GRANTING.number}/grants/1/")


def test_the_head_is_changed_and_checked(officer: Browser) -> None:
    draft = begin(officer)
    given = {
        "revision": revision(officer, draft),
        "title_zh": "新的标题",
        "number": "G60-2027-1",
        "version": "2",
        "valid_from": "2027-01-01",
        "valid_until": "2029-12-31",
    }
    for broken in (
        {"valid_until": "2026-01-01"},
        {"valid_from": "soon"},
        {"version": "0"},
        {"sign_by": "soon"},
        {"sign_by": "2030-01-01"},
    ):
        assert officer.post(f"{draft}head/", given | broken).status_code == 422
    officer.post(f"{draft}head/", given | {"sign_by": "2026-12-31"})
    assert "新的标题" in text(officer, draft)
    assert "最迟哪天签署</dt>" in text(officer, draft)
    officer.post(f"{draft}head/", given | {"revision": revision(officer, draft)})
    assert "最迟哪天签署</dt>" not in text(officer, draft)


def test_a_text_whose_parts_do_not_fit_is_not_laid(officer: Browser) -> None:
    draft = begin(officer)
    row = TextDraft.objects.get()
    plain = json.loads(row.text)
    row.text = json.dumps(plain | {"consents": []})
    row.save()
    assert "没有同意开放" in text(officer, draft)
    assert lay(officer, draft, 7).status_code == 422


def test_a_file_begins_a_draft_or_takes_its_place(officer: Browser) -> None:
    newer = replace(AGREEMENT, title=Words(zh="文件里的", en="From a file"))
    file = SimpleUploadedFile("text.json", document_bytes(newer), "application/json")
    propose = f"{INBOX}propose/"
    assert officer.post(propose, {"file": SimpleUploadedFile("x.json", b"{}")}).status_code == 422
    assert officer.post(propose).status_code == 422
    begun = str(officer.post(propose, {"file": file}).headers["location"])
    assert "文件里的" in text(officer, begun)
    copied = officer.post(propose, {"document": DIGEST, "way": "copy"}).headers["location"]
    seen = revision(officer, copied)
    file = SimpleUploadedFile("text.json", document_bytes(newer), "application/json")
    officer.post(f"{copied}upload/", {"file": file, "revision": seen})
    assert "文件里的" in text(officer, copied)
    officer.post(f"{copied}discard/")
    assert officer.get(copied).status_code == 302


def test_a_template_begins_a_draft_that_is_compared_with_it(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    (digest, template), *_ = known_templates().items()
    given = {
        "from": "template",
        "template": digest,
        "partner": HANGZHOU,
        "number": "G60-2026-77",
        "first_day": "2027-01-01",
        "last_day": "2028-12-31",
    }
    propose = f"{INBOX}propose/"
    for broken in ({"template": ""}, {"partner": ""}, {"number": ""}, {"last_day": "2026-01-01"}):
        assert officer.post(propose, given | broken).status_code == 422
    draft = str(officer.post(propose, given).headers["location"])
    assert template.title.zh in text(officer, draft)
    number = template.clauses[0].number
    officer.post(f"{draft}clauses/{number}/remove/", {"revision": revision(officer, draft)})
    talk = str(lay(officer, draft).headers["location"])
    federation.settle()
    page = text(other_officer, talk)
    assert "范本《" in page
    assert "1 条不一样" in page


def test_two_cities_that_agreed_on_nothing_yet_begin_from_a_template(
    federation: Federation, officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "register", list)
    (digest, _), *_ = known_templates().items()
    given = {
        "from": "template",
        "template": digest,
        "partner": HANGZHOU,
        "number": "G60-2026-77",
        "first_day": "2027-01-01",
        "last_day": "2028-12-31",
    }
    draft = str(officer.post(f"{INBOX}propose/", given).headers["location"])
    assert "还没有写签署人的职务" in text(officer, draft)
    assert lay(officer, draft).status_code == 422
    for node in (SUZHOU, HANGZHOU):
        signer = {"name_zh": "政府", "office_zh": "演示局局长", "level": "prefecture"}
        page = f"{draft}parties/{node}/"
        officer.post(page, signer | {"revision": revision(officer, draft)})
    assert lay(officer, draft).status_code == 302
    federation.settle()
    assert "等本地答复" in text(officer, INBOX) or "等杭州答复" in text(officer, INBOX)


def test_a_template_of_ones_own_is_kept_once_and_begins_drafts(officer: Browser) -> None:
    shipped = next(iter(known_templates().values()))
    own = replace(shipped, number="OWN-1", title=Words(zh="本地范本", en="Our own"))
    page = f"{INBOX}templates/"
    assert shipped.title.zh in text(officer, page)
    assert officer.post(page, {}).status_code == 422
    for broken in (b"[]", template_bytes(own).replace(b'"grants":[]', b'"grants":[1]')):
        file = SimpleUploadedFile("own.json", broken, "application/json")
        assert officer.post(page, {"file": file}).status_code == 422
    for words in ("范本已经存下", "没有重复存"):
        file = SimpleUploadedFile("own.json", template_bytes(own), "application/json")
        answer = officer.post(page, {"file": file})
        assert words in text(officer, answer.headers["location"])
    assert "本地范本" in text(officer, f"{INBOX}propose/")
    given = {
        "from": "template",
        "template": template_digest(own),
        "partner": HANGZHOU,
        "number": "G60-2026-78",
        "first_day": "2027-01-01",
        "last_day": "2028-12-31",
    }
    draft = str(officer.post(f"{INBOX}propose/", given).headers["location"])
    assert "条款还没有改" in text(officer, draft)


def test_who_signs_has_to_be_written(officer: Browser) -> None:
    draft = begin(officer)
    page = f"{draft}parties/{HANGZHOU}/"
    assert "签署人的职务" in text(officer, page)
    given = {"revision": revision(officer, draft), "name_zh": "杭州市人民政府"}
    assert officer.post(page, given).status_code == 422
    given |= {"office_zh": "演示局局长", "level": "prefecture"}
    officer.post(page, given)
    assert "演示局局长" in text(officer, draft)
    assert officer.get(f"{draft}parties/nobody/").status_code == 404
    row = TextDraft.objects.get()
    row.text = row.text.replace("演示局局长", "")
    row.save()
    assert "还没有写签署人的职务" in text(officer, draft)


def test_a_draft_survives_that_the_other_acted_meanwhile(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    other_officer.post(f"{talk}counter/")
    changed(other_officer, f"{talk}draft/", "甲乙丙丁戊己庚辛")
    officer.post(f"{talk}withdraw/", {"version": "1"})
    federation.settle()
    answer = lay(other_officer, f"{talk}draft/")
    assert "这次磋商已经结束" in answer.content.decode()
    assert "甲乙丙丁戊己庚辛" in text(other_officer, f"{talk}draft/")


def test_a_draft_answers_what_lies_on_the_table_by_now(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    other_officer.post(f"{talk}counter/")
    changed(other_officer, f"{talk}draft/", "甲。")
    lay(other_officer, f"{talk}draft/")
    federation.settle()
    officer.post(f"{talk}counter/")
    draft = f"{talk}draft/"
    row = TextDraft.objects.get(pk=talk.split("/")[-2])
    row.answers = 1
    row.save()
    assert "现在是第 2 稿" in text(officer, draft)
    officer.post(f"{draft}catch-up/", {"revision": revision(officer, draft)})
    assert "答复第 2 稿" in text(officer, draft)


def test_the_head_says_who_keeps_the_text_of_three(federation: Federation) -> None:
    federation[SUZHOU].act()
    form = head_form(EXAMPLE)
    names = [(name, chosen) for _, name, chosen in form.depositaries(EXAMPLE)]
    assert names == [("苏州", True), ("杭州", False), ("芜湖", False)]
    assert replace(form, depositary=HANGZHOU).applied(EXAMPLE).depositary == HANGZHOU
    assert replace(form, depositary="x.example").applied(EXAMPLE).depositary == SUZHOU
    assert head_form(AGREEMENT).depositaries(AGREEMENT) == []
