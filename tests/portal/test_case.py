"""The case as its applicant sees it."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.portal.journey import (
    OFFICER,
    Applicant,
    accept,
    applicant,
    ask_for,
    grant,
    pdf,
)
from tests.standin import World

from tongban.core.cases.commands import CompleteCorrection, Rate, RequestWithdrawal
from tongban.core.cases.events import CorrectionLine, Grade
from tongban.core.entry import Actor, ActorKind
from tongban.node.bundles.export import EXPORT_PURPOSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def she() -> Applicant:
    return applicant()


def decided(she: Applicant, world: World) -> str:
    case = she.apply()
    world.node.arrive(case)
    accept(world.node, case)
    world.clock.instant += timedelta(days=2)
    grant(world.node, case)
    return case


def test_the_receipt_names_what_was_taken_in(she: Applicant) -> None:
    case = she.apply()
    page = she.page(f"/cases/{case}/receipt/")
    for words in (case, "张**", "2026年11月23日（周一） 09:30", "营业执照", "收件不等于受理"):
        assert words in page


def test_in_transit_the_sentence_says_who_is_responsible(she: Applicant) -> None:
    case = she.apply()
    assert "已发出，等待对方接收；在此之前由松江负责。" in she.page(f"/cases/{case}/")


def test_under_review_the_sentence_counts_working_days(she: Applicant, world: World) -> None:
    case = she.apply()
    world.node.arrive(case)
    accept(world.node, case)
    page = she.page(f"/cases/{case}/")
    assert "现由合肥市市场监督管理局审查，还剩 8 个工作日（12 月 3 日前）。" in page
    assert "本人申请" in page


def test_an_overdue_leg_says_so_and_names_its_party(she: Applicant, world: World) -> None:
    case = she.apply()
    world.node.arrive(case)
    accept(world.node, case)
    world.clock.instant += timedelta(days=20)
    page = she.page(f"/cases/{case}/")
    assert "已超过期限" in page
    assert "tb-leg--late" in page
    assert "已超期" in page


def test_what_is_missing_is_completed_online(she: Applicant, world: World) -> None:
    case = she.apply()
    world.node.arrive(case)
    ask_for(world.node, case, CorrectionLine(code="floor_plan", defect="unreadable"))
    assert "需要您补正" in she.page(f"/cases/{case}/")
    assert "看不清" in she.page(f"/cases/{case}/correction/")
    she.client.post(f"/cases/{case}/correction/", {"material-floor_plan": pdf()})
    command = world.node.commands[-1]
    assert isinstance(command, CompleteCorrection)
    assert [line.code for line in command.materials] == ["floor_plan"]
    assert "已发出" in she.page(f"/cases/{case}/")


def test_a_wrong_answer_is_corrected_in_the_form(she: Applicant, world: World) -> None:
    case = she.apply()
    world.node.arrive(case)
    ask_for(world.node, case, CorrectionLine(code="shop_address", defect="wrong_answer"))
    assert "合肥市包河区演示路 8 号" in she.page(f"/cases/{case}/correction/")
    she.client.post(f"/cases/{case}/correction/", {"shop_address": "合肥市庐阳区演示街 9 号"})
    assert "庐阳区" in world.node.bodies[case, "application"].decode()
    assert "小满面馆" in world.node.bodies[case, "application"].decode()


def test_a_correction_is_sent_only_when_everything_is_there(she: Applicant, world: World) -> None:
    case = she.apply()
    world.node.arrive(case)
    ask_for(
        world.node,
        case,
        CorrectionLine(code="floor_plan", defect="unreadable"),
        CorrectionLine(code="safety_rules", defect="incomplete"),
    )
    path = f"/cases/{case}/correction/"
    answer = she.client.post(path, {"material-floor_plan": pdf()})
    assert answer.status_code == 422
    assert "请交：保证食品安全的规章制度目录" in answer.content.decode()
    assert she.client.post(path, {"material-safety_rules": pdf()}).status_code == 302


def test_the_result_is_marked_as_a_copy_and_the_read_is_recorded(
    she: Applicant, world: World
) -> None:
    case = decided(she, world)
    page = she.page(f"/cases/{case}/documents/result/")
    assert "参考件" in page
    assert "食品经营许可证 参考内容" in page
    assert "您自己看过 1 次" in she.page(f"/cases/{case}/")


def test_who_saw_a_material_is_told_by_the_name_of_the_material(
    she: Applicant, world: World
) -> None:
    case = decided(she, world)
    world.node.read_body(case, "material:floor_plan", reader=OFFICER, purpose="办理")
    assert "<td>经营场所平面布局图和操作流程</td>" in she.page(f"/cases/{case}/")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["<td>本站运维员</td>", "<td>导出证据包</td>"]),
        ("en", ["<td>This site&#x27;s operator</td>", "<td>Export of the evidence</td>"]),
    ],
)
def test_that_the_evidence_left_with_her_data_is_told(
    she: Applicant, world: World, language: str, words: list[str]
) -> None:
    case = decided(she, world)
    operator = Actor(kind=ActorKind.OFFICER, role="operator")
    world.node.read_body(case, "application", reader=operator, purpose=EXPORT_PURPOSE)
    page = she.client.get(f"/cases/{case}/", headers={"accept-language": language})
    assert [each for each in words if each not in page.content.decode()] == []


def test_a_rating_stands_after_the_end(she: Applicant, world: World) -> None:
    case = decided(she, world)
    world.clock.instant += timedelta(minutes=5)
    she.client.post(f"/cases/{case}/rating/", {"grade": "satisfied"})
    assert "办结以后" in she.page(f"/cases/{case}/")


def test_a_result_is_downloaded_as_a_file_that_does_not_run(she: Applicant, world: World) -> None:
    case = decided(she, world)
    answer = she.client.get(f"/cases/{case}/documents/result/?file")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_erased_document_says_what_to_do(she: Applicant, world: World) -> None:
    case = decided(she, world)
    del world.node.bodies[case, "result"]
    answer = she.client.get(f"/cases/{case}/documents/result/")
    assert answer.status_code == 410
    assert "索取" in answer.content.decode()


def test_a_document_that_is_not_of_the_case_does_not_exist(she: Applicant) -> None:
    case = she.apply()
    assert she.client.get(f"/cases/{case}/documents/result/").status_code == 404
    assert she.client.get(f"/cases/{case}/documents/material:x/").status_code == 404


def test_the_case_is_rated_once(she: Applicant, world: World) -> None:
    case = decided(she, world)
    path = f"/cases/{case}/rating/"
    assert she.client.post(path, {}).status_code == 422
    she.client.post(path, {"grade": "satisfied", "words": "很快"})
    command = world.node.commands[-1]
    assert isinstance(command, Rate)
    assert command.grade is Grade.SATISFIED
    assert she.client.get(path).status_code == 302


def test_withdrawing_is_asked_twice(she: Applicant, world: World) -> None:
    case = she.apply()
    assert "要撤回这个申请吗" in she.page(f"/cases/{case}/withdraw/")
    she.client.post(f"/cases/{case}/withdraw/")
    assert isinstance(world.node.commands[-1], RequestWithdrawal)


def test_somebody_elses_case_does_not_exist(she: Applicant) -> None:
    case = she.apply()
    other = applicant("li")
    for page in ("", "receipt/", "withdraw/", "correction/", "rating/", "documents/application/"):
        assert other.client.get(f"/cases/{case}/{page}").status_code == 404
    assert case not in other.page("/cases/")


def test_a_stranger_is_asked_to_log_in(she: Applicant) -> None:
    case = she.apply()
    assert Client().get(f"/cases/{case}/").status_code == 302


def test_an_unknown_case_does_not_exist(she: Applicant) -> None:
    answer = she.client.get("/cases/310117-20260101-XXXXXXXX/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()
