"""J9 over three real nodes: no act without a basis, and the direct way is always open.

No real node can be brought past the last day of an agreement without moving its clock: nobody signs
a text that has expired, and no end is given for a day that is past. What comes after a last day is
played here with a published list, which nobody signs, and with a text whose place another took; the
rest, in one process with a clock of its own, is in tests/node/test_without_a_basis.py.
"""

from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pytest
from tests.command_line import tongban
from tests.journeys.basis_counter import (
    AT_A_COUNTER,
    EVERYTHING,
    PATIENCE_SECONDS,
    REGISTER_ANSWERS,
    Counter,
    between,
    listing,
    may,
    today,
)
from tests.journeys.basis_texts import OUTSIDE, STOPPED, to_publish
from tests.journeys.checks import is_sound
from tests.journeys.conftest import running
from tests.journeys.counter_case import HANGZHOU, SUZHOU
from tests.journeys.gateway_case import WUHU
from tests.journeys.processes import within

from tongban.app.demo import counter as pages
from tongban.app.demo import officer as room
from tongban.app.demo.federation import FERRY, Federation
from tongban.app.demo.once import FUND_ANSWERS, SHIP_ANSWERS
from tongban.app.demo.visitor import PageUnexpected
from tongban.core.agreements.clauses import RunOff
from tongban.core.agreements.document import document_digest
from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.cases.process import Power
from tongban.core.items.item import Item
from tongban.node.bundles.trust import read_trust
from tongban.node.bundles.verify import verify_bundle

#: One worker plays them all, so that the cities start once.
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("basis")]

REGISTER, FUND, SHIP = "开具户籍类证明", "出具贷款职工住房公积金", "船舶营业运输证"


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    """Suzhou has an agreement with either of the others; they have none with each other."""
    with running(tmp_path_factory.mktemp("cities"), SUZHOU, HANGZHOU, WUHU) as federation:
        yield federation


@pytest.fixture
def counter(cities: Federation) -> Iterator[Counter]:
    """Suzhou's counter for items of Hangzhou."""
    counter = Counter(cities, SUZHOU, HANGZHOU)
    with counter.open:
        yield counter


@pytest.fixture
def elsewhere(cities: Federation) -> Iterator[Counter]:
    """Suzhou's counter for items of Wuhu, whose letters go by the ferry."""
    counter = Counter(cities, SUZHOU, WUHU)
    with counter.open:
        yield counter


def assert_refused(counter: Counter, item: Item, power: Power, ground: str) -> None:
    """The clerk reads why, and the direct way, before anything is typed; nothing is anywhere."""
    assert counter.comes_to(item, power, ground)
    before = counter.cases()
    counter.begin(item)
    assert counter.shows(ground, item)
    assert not counter.clerk.offers("person_check")
    assert counter.cases() == before


def assert_taken(counter: Counter, item: Item) -> None:
    """The same counter begins with the same item, and nothing refuses it."""
    assert counter.comes_to(item, Power.RECEIVE, "")
    assert counter.comes_to(item, Power.CHECK_ORIGINALS, "")
    counter.begin(item)
    assert counter.clerk.offers("person_check")


def test_without_any_agreement_nothing_is_taken_in(cities: Federation) -> None:
    counter = Counter(cities, HANGZHOU, WUHU)
    with counter.open:
        item = counter.item(SHIP)
        assert_refused(counter, item, Power.RECEIVE, Ground.NO_AGREEMENT)
        assert_needed(counter, item, Power.RECEIVE)


@pytest.mark.parametrize("name", STOPPED)
def test_what_does_not_stand_now_carries_nothing_until_something_does(
    counter: Counter, name: str
) -> None:
    words, lay, ground = STOPPED[name]
    item = counter.item(words)
    lay(counter, item)
    assert_refused(counter, item, Power.RECEIVE, ground)
    (line,) = counter.explained(item, Power.RECEIVE)["stopped"]
    assert (line["ground"], bool(line["title"]), bool(line["clause"])) == (ground, True, True)
    counter.conclude(counter.text(item, version=9))
    assert_taken(counter, item)


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_a_text_does_not_grant_is_refused_with_the_clause_that_would_be_needed(
    counter: Counter, name: str
) -> None:
    words, lay, ground, power = OUTSIDE[name]
    item = counter.item(words)
    lay(counter, item)
    assert_refused(counter, item, power, ground)
    assert_needed(counter, item, power)
    counter.conclude(counter.text(item, version=9))
    assert_taken(counter, item)


def assert_needed(counter: Counter, item: Item, power: Power) -> None:
    """The page lets the clerk report what lacks; the command line says which clause would do."""
    assert "上报缺这项权限" in counter.clerk.text
    needed = counter.explained(item, power)["needed"]
    assert (needed["granter"], needed["grantee"]) == (counter.there, counter.here)
    assert (needed["items"], needed["modes"]) == ([item.code], list(AT_A_COUNTER))
    assert power in needed["powers"]


def test_the_command_line_says_what_would_be_needed_and_where_anyone_may_go(
    counter: Counter,
) -> None:
    item = counter.item("大中专院校录取学生户口迁移")
    where = ["--item", item.code, "--partner", HANGZHOU, "--mode", "delegated_intake"]
    folder = counter.cities.cities[SUZHOU].folder
    told = tongban("agreement", "explain", *where, "--folder", folder)
    assert told.returncode == 0, told.stderr
    assert f"Needed: a clause in which {HANGZHOU} grants exactly this." in told.stdout
    assert f"Anyone may apply directly to {item.organisation.name.en}" in told.stdout


def test_only_who_owes_a_publication_can_bring_the_text_into_force(counter: Counter) -> None:
    item = counter.item("小型非营运二手车交易登记")
    document = counter.conclude(to_publish(counter, item))
    publish = partial(counter.cities.ask, operation="agreement.publish", document=document)
    assert not may(partial(publish, SUZHOU), on=str(today()))
    assert_refused(counter, item, Power.RECEIVE, Ground.NOT_PUBLISHED)
    publish(HANGZHOU, on=str(today()))
    assert_taken(counter, item)


def test_a_published_list_carries_what_an_agreement_no_longer_does(counter: Counter) -> None:
    """It goes all the way to its delivery on the list, of which Hangzhou cannot suspend a word."""
    item, standing = counter.item(FUND), document_digest(between(SUZHOU, HANGZHOU))
    counter.suspend(standing, item)
    assert_refused(counter, item, Power.RECEIVE, Ground.SUSPENDED)
    document = counter.cite(listing(item.basic_code))
    assert_taken(counter, item)
    case = decided(counter, item, FUND_ANSWERS)
    pages.hand_over_result(counter.clerk, case)
    counter.agreed(case, "delivered")
    for entry in ("case.dispatched", "result.delivered"):
        basis = counter.basis(case, entry)
        assert (basis["kind"], basis["document"]) == ("instrument", document)
    assert all(is_sound(counter.cities, node, case) for node in (SUZHOU, HANGZHOU))


def decided(counter: Counter, item: Item, answers: Mapping[str, str]) -> str:
    """A case that waits at the counter with its result; its number."""
    officer, case = counter.officer_for(item), counter.take_in(item, answers)
    counter.agreed(case, "dispatched")
    room.accept(officer, case)
    room.grant(officer, case)
    counter.agreed(case, "decided")
    return case


def test_a_notice_in_the_authoritys_name_needs_a_power_of_its_own(counter: Counter) -> None:
    item = counter.item("开具无犯罪记录证明")
    assert_taken(counter, item)
    before = counter.cases()
    lacking(counter, item)
    counter.clerk.press(values={"defect-identity_card": "missing"})
    assert counter.shows(Ground.POWER_NOT_GRANTED, item)
    assert counter.cases() == before
    needed = counter.explained(item, Power.NOTIFY)["needed"]
    assert set(needed["powers"]) == {Power.NOTIFY, Power.RECEIVE}
    counter.conclude(counter.text(item, powers=[*EVERYTHING, Power.NOTIFY]))
    assert counter.comes_to(item, Power.NOTIFY, "")
    counter.begin(item)
    lacking(counter, item)
    counter.clerk.press(values={"defect-identity_card": "missing"})
    assert counter.clerk.path.startswith("/desk/cases/")
    assert counter.cases()[SUZHOU] == before[SUZHOU] + 1


def lacking(counter: Counter, item: Item) -> None:
    """The clerk wants to say what is missing, whether the page has the button or not."""
    answers = {**REGISTER_ANSWERS, "purpose": "employment"}
    person = {"person_check": "id_card_seen", "delivery": "online"}
    counter.clerk.press("person_check", values={**answers, **person, "tell": "1"})
    assert counter.clerk.path.endswith("/tell/"), item.name.zh


def test_a_counter_that_may_not_deliver_offers_no_delivery(counter: Counter) -> None:
    item = counter.item("电子监控违法处理")
    counter.conclude(counter.text(item, powers=EVERYTHING[:2]))
    assert_taken(counter, item)
    assert counter.clerk.form("person_check").choices["delivery"] == ["online"]
    assert counter.comes_to(item, Power.DELIVER, Ground.POWER_NOT_GRANTED)
    assert counter.explained(item, Power.DELIVER)["needed"]["powers"] == [Power.DELIVER]


@pytest.mark.parametrize("run_off", RunOff)
def test_what_is_under_way_when_the_text_is_suspended_goes_by_its_run_off_clause(
    counter: Counter, run_off: RunOff
) -> None:
    """A correction and a delivery, each from the day on which the counter hears of the end."""
    item = counter.item(REGISTER)
    document = counter.conclude(counter.text(item, run_off=run_off, number=f"演示-{run_off}"))
    assert_taken(counter, item)
    officer, case = counter.officer_for(item), counter.take_in(item, REGISTER_ANSWERS)
    counter.agreed(case, "dispatched")
    room.ask_for_correction(officer, case, "identity_card")
    counter.agreed(case, "correcting")
    under_way = UnderWay(counter=counter, item=item, document=document, case=case)
    bring = partial(pages.bring_correction, counter.clerk, case, item, ["identity_card"])
    under_way.assert_goes_by(run_off, bring)
    counter.agreed(case, "corrected")
    room.accept(officer, case)
    room.grant(officer, case)
    counter.agreed(case, "decided")
    under_way.assert_goes_by(run_off, partial(pages.hand_over_result, counter.clerk, case))
    counter.agreed(case, "delivered")
    # The next run-off rule is to find the item as this one did.
    counter.suspend(document, item)


@dataclass(frozen=True, kw_only=True, slots=True)
class UnderWay:
    """A case at the counter, and the text on which it was dispatched."""

    counter: Counter
    item: Item
    document: str
    case: str

    def assert_goes_by(self, run_off: RunOff, act: Callable[[], None]) -> None:
        """While the text is suspended. `finish`: it is done. `stop`: not before that is lifted."""
        self.counter.suspend(self.document, self.item)
        if run_off is RunOff.STOP:
            self._assert_refused(act)
            self.counter.resume(self.document, self.item)
            act()
        else:
            act()
            self.counter.resume(self.document, self.item)

    def _assert_refused(self, act: Callable[[], None]) -> None:
        """The clerk reads why where he acts and on the case's page; it is where it was."""
        before = self._standing()
        with pytest.raises(PageUnexpected):
            act()
        assert self.counter.shows(Ground.SUSPENDED, self.item)
        self.counter.clerk.open(f"/desk/cases/{self.case}/")
        assert self.counter.shows(Ground.SUSPENDED, self.item)
        assert self._standing() == before

    def _standing(self) -> list[str]:
        ask = partial(self.counter.cities.ask, operation="case.show", case=self.case)
        return [ask(node)["stage"] for node in (self.counter.here, self.counter.there)]


@pytest.mark.parametrize("run_off", RunOff)
def test_a_filing_that_was_received_keeps_its_date_and_goes_by_the_applicants_own_right(
    elsewhere: Counter, run_off: RunOff
) -> None:
    """Wuhu suspends while the case is on its way."""
    item, answers = elsewhere.item(SHIP), SHIP_ANSWERS
    document = document_digest(between(SUZHOU, WUHU))
    if run_off is RunOff.STOP:
        item, answers = elsewhere.item(REGISTER), REGISTER_ANSWERS
        document = elsewhere.conclude(elsewhere.text(item, run_off=run_off))
    assert elsewhere.ask("agreement.show", document=document)["run_off"] == run_off
    assert_taken(elsewhere, item)
    with ferry_away(elsewhere.cities):
        case = elsewhere.take_in(item, answers)
        elsewhere.suspend(document, item)
    page = f"/desk/cases/{case}/"
    assert within(PATIENCE_SECONDS, partial(shows, elsewhere, page, "对方没有接收，退回来了"))
    assert elsewhere.shows(Ground.SUSPENDED, item)
    assert not elsewhere.clerk.offers("/send-again/")
    assert "收件所依据条款所在协议的收尾规则：照常办完的算，停办的不算" in elsewhere.clerk.text
    elsewhere.clerk.press("/send-as-own/")
    elsewhere.agreed(case, "dispatched")
    assert_keeps_its_date(elsewhere, case, document)


@contextmanager
def ferry_away(cities: Federation) -> Iterator[None]:
    """What is sent to the city behind the gateway meanwhile lies there; it can still send."""
    ferry = cities.children()[FERRY]
    ferry.stop()
    try:
        yield
    finally:
        ferry.start()


OWN_RIGHT = {"kind": "own_right", "document": "", "clause": ""}


def shows(counter: Counter, page: str, words: str) -> bool:
    counter.clerk.open(page)
    return words in counter.clerk.text


def assert_keeps_its_date(counter: Counter, case: str, document: str) -> None:
    """Both instants are in the evidence, and the text whose run-off rule says what they mean."""
    trust = read_trust(counter.ask("peer.keys")["trust"])
    exported = counter.ask("evidence.export", case=case, bodies=False)
    entries = verify_bundle(b64decode(exported["bundle"]), trust).entries
    received = next(each for each in entries if each.type == "case.taken_in")
    first, again = [each for each in entries if each.type == "case.dispatched"]
    lines = counter.ask("case.show", case=case)["entries"]
    bases = [line["basis"] for line in lines if line["type"] == "case.dispatched"]
    assert (bases[0]["document"], bases[1]) == (document, OWN_RIGHT)
    instants = {each.event["intake"]["taken_in_at"] for each in (first, again)}
    assert instants == {received.event["intake"]["taken_in_at"]}
    assert again.at > first.at
