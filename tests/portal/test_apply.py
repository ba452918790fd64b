"""From the guide to the receipt."""

import json

import pytest
from django.test import Client
from tests.accounts.people import RESIDENT_NUMBER
from tests.portal.journey import REQUIRED, Applicant, applicant, pdf
from tests.standin import FOOD_LICENCE, ITEMS, World

from tongban.accounts.people import NewPerson, register
from tongban.accounts.roles import Role
from tongban.core.cases.commands import TakeIn
from tongban.core.cases.events import IntakeKind, Mode, PersonCheck
from tongban.core.refusal import Refusal, Remedy
from tongban.portal.drafts import begin_application, keep_answers
from tongban.portal.models import Draft, DraftFile

pytestmark = pytest.mark.django_db
GUIDE = f"/items/{FOOD_LICENCE.code}/"
FILING = next(item for item in ITEMS if item.name.zh == "跨省异地就医结算备案")


@pytest.fixture
def she() -> Applicant:
    return applicant()


def test_home_names_both_places_and_what_can_be_done_there(client: Client) -> None:
    client.post("/places/", {"there": "340100"})
    page = client.get("/").content.decode()
    assert "合肥的事，在这里能办" in page
    assert "合肥 ·" in page
    assert "松江 ·" not in page


def test_searching_in_plain_words_says_what_is_possible_from_here(client: Client) -> None:
    page = client.get("/search/", {"q": "在合肥开饭店"}).content.decode()
    assert "食品经营许可" in page
    assert "全程网办" in page


def test_the_guide_answers_before_it_explains(client: Client) -> None:
    page = client.get(GUIDE).content.decode()
    for words in (
        "可以。在松江就能办",
        "8 个工作日",
        "不收费",
        "合肥市市场监督管理局",
        "直接找有权机关",
    ):
        assert words in page


def test_a_counter_that_no_agreement_lets_take_it_in_is_not_promised(client: Client) -> None:
    code = next(item.code for item in ITEMS if not item.process_for(Mode.ALL_ONLINE))
    page = client.get(f"/items/{code}/").content.decode()
    assert "在松江还办不了这件事" in page
    assert "跨省通办窗口" not in page
    assert "直接找有权机关" in page


def test_the_guide_says_which_case_is_whose(client: Client) -> None:
    page = client.get(f"/items/{FILING.code}/").content.decode()
    assert "您属于哪种情形" in page
    assert "转诊或者临时外出备案" in page
    assert "其余情形" in page
    assert "不用办这一项" in page
    assert "急诊抢救视同已经备案" in page


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("long", "按您填的，属于：异地长期居住备案"),
        ("referral", "按您填的，属于：转诊或者临时外出备案"),
        ("emergency", "按您填的，不用办这一项"),
        ("", "上传材料"),
    ],
)
def test_what_was_filled_in_says_which_case_it_is(she: Applicant, kind: str, said: str) -> None:
    draft = begin_application(she.person, FILING, "310117")
    keep_answers(draft, {"kind": kind})
    page = she.page(f"/apply/{draft.token}/materials/")
    assert said in page
    assert ("按您填的" in page) == bool(kind)


def test_the_pair_follows_the_guide(client: Client) -> None:
    client.get(GUIDE)
    assert "合肥</span>〕的事" in client.get("/").content.decode()


def test_applying_asks_a_stranger_to_log_in(client: Client) -> None:
    answer = client.post(f"{GUIDE}apply/")
    assert "/account/login/" in answer.headers["Location"]


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.CASE_OFFICER])
def test_only_a_checked_resident_applies_online(client: Client, role: Role) -> None:
    new = NewPerson(username="unchecked", display_name="未核对", roles=frozenset({role}))
    client.force_login(register(new))
    answer = client.post(f"{GUIDE}apply/")
    assert answer.status_code == 403
    assert FOOD_LICENCE.direct_way.phone in answer.content.decode()
    assert Draft.objects.count() == 0


def test_what_the_account_knows_is_not_asked_again(she: Applicant) -> None:
    page = she.page(f"{she.begin()}/step/1/")
    assert "张小满" in page
    assert RESIDENT_NUMBER not in page
    assert "3101**********124X" in page
    assert "实名账户" in page


def test_a_wrong_answer_is_said_beside_its_question_and_above(she: Applicant) -> None:
    draft = she.begin()
    answer = she.client.post(f"{draft}/step/5/", {"area_square_metres": "2"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#answer-area-square-metres"' in page
    assert page.count("不能小于 5") == 2


def test_a_draft_waits_where_it_was_left(she: Applicant) -> None:
    draft = she.begin()
    she.client.post(f"{draft}/step/2/", {"shop_name": "小满面馆"})
    assert she.begin() == draft
    assert "小满面馆" in she.page(f"{draft}/step/2/")
    assert "还没交" in she.page("/")


def test_missing_materials_are_named_all_at_once(she: Applicant) -> None:
    answer = she.client.post(f"{she.begin()}/materials/", {})
    assert answer.content.decode().count("请交：") == 2 * len(REQUIRED)


def test_one_bad_file_does_not_lose_the_good_ones(she: Applicant) -> None:
    draft = she.begin()
    files = {"material-floor_plan": pdf(), "material-safety_rules": b"MZ program"}
    she.client.post(f"{draft}/materials/", files)
    assert [file.material for file in DraftFile.objects.all()] == ["floor_plan"]


def test_everything_can_be_checked_and_changed_before_it_is_sent(she: Applicant) -> None:
    draft = she.ready()
    page = she.page(f"{draft}/check/")
    assert "小满面馆" in page
    assert "餐饮（饭店、小吃店）" in page
    back = she.client.post(f"{draft}/step/2/?check", {"shop_name": "大满面馆"})
    assert back.headers["Location"] == f"{draft}/check/"


def test_sending_takes_the_application_in(she: Applicant, world: World) -> None:
    case = she.apply()
    command = world.node.commands[-1]
    assert isinstance(command, TakeIn)
    assert (command.case, command.kind) == (case, IntakeKind.ONLINE)
    assert command.person_check is PersonCheck.ACCOUNT
    assert {line.code for line in command.materials} == set(REQUIRED)
    sent = json.loads(world.node.bodies[case, "application"])
    assert sent["resident_number"] == RESIDENT_NUMBER
    assert sent["area_square_metres"] == 60


def test_the_kernel_learns_no_identity_number_from_the_actor(she: Applicant, world: World) -> None:
    she.apply()
    assert world.node.commands[-1].actor.number == she.person.number
    assert world.node.commands[-1].actor.organisation is None


def test_pressing_twice_leads_to_the_same_receipt(she: Applicant, world: World) -> None:
    draft = she.ready()
    first = she.client.post(f"{draft}/send/")
    second = she.client.post(f"{draft}/send/")
    assert first.headers["Location"] == second.headers["Location"]
    assert len(world.node.commands) == 1


def test_a_case_that_was_taken_in_unseen_leads_to_its_receipt(she: Applicant, world: World) -> None:
    draft = she.ready()
    she.client.post(f"{draft}/send/")
    Draft.objects.update(sent_at=None)
    DraftFile.objects.all().delete()
    she.fill_in(draft)
    she.hand_in(draft)
    again = she.client.post(f"{draft}/send/")
    assert "/receipt/" in again.headers["Location"]
    assert len(world.node.commands) == 1


def test_the_draft_keeps_nothing_after_it_was_sent(she: Applicant) -> None:
    she.apply()
    assert DraftFile.objects.count() == 0
    assert Draft.objects.get().answers == "{}"


def test_an_incomplete_draft_is_not_sent(she: Applicant, world: World) -> None:
    draft = she.begin()
    page = she.client.post(f"{draft}/send/").content.decode()
    assert "请回答：店铺名称" in page
    assert world.node.commands == []


def test_a_refusal_says_why_and_opens_the_direct_way(she: Applicant, world: World) -> None:
    draft = she.ready()
    world.node.refusal = Refusal(ground="mode_not_offered", remedies=(Remedy.DIRECT_APPLICATION,))
    answer = she.client.post(f"{draft}/send/")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "没有收件" in page
    assert FOOD_LICENCE.direct_way.phone in page
    assert Draft.objects.get().sent_at is None


def test_a_closed_line_is_not_an_error(she: Applicant, world: World) -> None:
    world.node.line_open = False
    case = she.apply()
    assert "一连上就自动发出" in she.page(f"/cases/{case}/receipt/")
    assert "暂时没有回应" in she.page(f"/cases/{case}/")


def test_somebody_elses_draft_does_not_exist(she: Applicant) -> None:
    draft = she.ready()
    other = applicant("li")
    for page in ("step/1", "materials", "check"):
        assert other.client.get(f"{draft}/{page}/").status_code == 404
    assert other.client.post(f"{draft}/send/").status_code == 404


def test_who_had_to_log_in_first_finds_the_guide_with_its_button_again(client: Client) -> None:
    begin = f"/items/{FOOD_LICENCE.code}/apply/"
    assert begin in client.post(begin).headers["Location"]
    assert client.get(begin).headers["Location"] == f"/items/{FOOD_LICENCE.code}/"


def test_going_back_to_what_was_sent_leads_to_its_receipt(she: Applicant) -> None:
    draft = she.ready()
    case = she.client.post(f"{draft}/send/").headers["Location"]
    for page in ("step/1", "materials", "check"):
        assert she.client.get(f"{draft}/{page}/").headers["Location"] == case
    assert she.client.post(f"{draft}/discard/").headers["Location"] == case


def test_a_draft_can_be_thrown_away(she: Applicant) -> None:
    draft = she.ready()
    she.client.post(f"{draft}/discard/")
    assert Draft.objects.count() == 0
