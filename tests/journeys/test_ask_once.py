"""J18 over two real nodes: asked once, answered on the record, found by the next, made a clause."""

from base64 import b64decode, b64encode
from functools import partial
from typing import Any

import pytest
from tests.journeys.counter_case import HANGZHOU, SUZHOU, CounterCase
from tests.journeys.processes import within

from tongban.app.control import OperationRefused
from tongban.app.demo.federation import Federation
from tongban.catalogue import load_agreements
from tongban.core.agreements.document import document_digest

_PATIENCE_SECONDS = 30.0
_FAR = "2099-12-31"

pytestmark = pytest.mark.journey


def standing(cities: Federation, node: str, inquiry: str) -> str:
    lines = cities.ask(node, "inquiry.list")
    return next((str(line["standing"]) for line in lines if line["inquiry"] == inquiry), "")


def comes_to(cities: Federation, node: str, inquiry: str, wanted: str) -> bool:
    return within(_PATIENCE_SECONDS, lambda: standing(cities, node, inquiry) == wanted)


def asked(cities: Federation, words: str, **about: Any) -> str:
    """An inquiry that Suzhou began, and that waits in Hangzhou."""
    begun = cities.ask(SUZHOU, "inquiry.ask", words=words, **about)
    assert comes_to(cities, HANGZHOU, begun["inquiry"], "open")
    return str(begun["inquiry"])


def was_read(cities: Federation, inquiry: str) -> bool:
    shown = cities.ask(SUZHOU, "inquiry.show", inquiry=inquiry)
    return bool(shown["read_by_partner_until"])


def test_what_nobody_foresaw_is_asked_once(cities: Federation, case: CounterCase) -> None:
    case.take_in()
    case.agreed("dispatched")
    letter = {"media": "text/plain", "content": b64encode(b"a letter").decode()}
    words = "借款人在境外，能否视频核验？"
    inquiry = asked(cities, words, case=case.number, attachments=[letter])

    shown = cities.ask(HANGZHOU, "inquiry.show", inquiry=inquiry)
    line = shown["lines"][0]
    assert (line["words"], line["attachments"]) == (words, ["attachment:1"])
    assert (shown["item"], shown["case"]) == (case.item.code, case.number)
    place = {"inquiry": inquiry, "entry": line["entry"], "attachment": "attachment:1"}
    found = cities.ask(HANGZHOU, "inquiry.attachment", **place)
    assert b64decode(found["content"]) == b"a letter"
    assert within(_PATIENCE_SECONDS, partial(was_read, cities, inquiry))

    decision = {"inquiry": inquiry, "words": "本件同意。", "authority": "WT-9", "office": "chief"}
    with pytest.raises(OperationRefused, match="授权"):
        cities.ask(HANGZHOU, "inquiry.decide", **decision)
    paper = {"number": "WT-9", "office": "chief", "items": [case.item.code]}
    cities.ask(HANGZHOU, "inquiry.authorise", **paper, from_day="", until_day=_FAR)
    cities.ask(HANGZHOU, "inquiry.decide", **decision)
    assert comes_to(cities, SUZHOU, inquiry, "answered")
    case.agreed("dispatched")


def test_three_answers_alike_become_a_clause(cities: Federation, case: CounterCase) -> None:
    item, first = (
        case.item.code,
        document_digest(
            next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
        ),
    )
    for number in range(3):
        inquiry = asked(cities, f"电子章第{number}问？", item=item, partner=HANGZHOU)
        answer = {"inquiry": inquiry, "words": f"第{number}答：认可。", "topic": "seal"}
        cities.ask(HANGZHOU, "inquiry.answer", **answer)
        assert comes_to(cities, SUZHOU, inquiry, "answered")
    found = cities.ask(SUZHOU, "inquiry.search", item=item, partner=HANGZHOU, words=["电子章"])
    assert [line["answer"] for line in found] == [f"第{number}答：认可。" for number in (2, 1, 0)]
    assert all(line["holds"] for line in found)

    (suggested,) = cities.ask(SUZHOU, "inquiry.suggestions")
    assert (suggested["item"], suggested["topic"], suggested["answers"]) == (item, "seal", 3)
    drafted = cities.ask(SUZHOU, "inquiry.amendment", agreement=first, item=item, topic="seal")
    begun = cities.ask(SUZHOU, "negotiation.propose", text=drafted["text"], answer_by=_FAR)
    arrived = partial(has_negotiation, cities, begun["negotiation"])
    assert within(_PATIENCE_SECONDS, arrived)
    with pytest.raises(OperationRefused, match="three"):
        cities.ask(SUZHOU, "inquiry.amendment", agreement=first, item=item, topic="other")


def has_negotiation(cities: Federation, name: str) -> bool:
    return name in {line["negotiation"] for line in cities.ask(HANGZHOU, "negotiation.list")}


def test_an_answer_is_taken_back_and_a_question_too(cities: Federation, case: CounterCase) -> None:
    about = {"item": case.item.code, "partner": HANGZHOU}
    inquiry = asked(cities, "复印件行吗？", **about)
    cities.ask(SUZHOU, "inquiry.message", inquiry=inquiry, words="有公证。")
    cities.ask(HANGZHOU, "inquiry.answer", inquiry=inquiry, words="行。", topic="copy")
    shown = cities.ask(HANGZHOU, "inquiry.show", inquiry=inquiry, keep_unread=True)
    (answer,) = (line["entry"] for line in shown["lines"] if line["counts"])
    gone = {"inquiry": inquiry, "answer": answer, "ground": "law_changed"}
    cities.ask(HANGZHOU, "inquiry.retract", **gone)
    assert comes_to(cities, SUZHOU, inquiry, "open")
    cities.ask(SUZHOU, "inquiry.withdraw", inquiry=inquiry)
    assert comes_to(cities, HANGZHOU, inquiry, "withdrawn")


def test_a_missing_power_is_reported_with_one_act(cities: Federation, case: CounterCase) -> None:
    report = {"item": case.item.code, "partner": HANGZHOU, "power": "accept", "words": "缺授权。"}
    told = cities.ask(SUZHOU, "inquiry.report", **report, to=HANGZHOU)
    assert [line["power"] for line in cities.ask(SUZHOU, "inquiry.reports")] == ["accept"]
    assert comes_to(cities, HANGZHOU, told["inquiry"], "open")
    alone = cities.ask(SUZHOU, "inquiry.report", **report)
    assert alone["inquiry"] == ""


@pytest.mark.parametrize(
    ("operation", "arguments", "why"),
    [
        ("ask", {"words": "？"}, "goes to a partner"),
        ("ask", {"words": "？", "case": "nothing"}, "no case"),
        ("ask", {"words": "？", "item": "nothing", "partner": HANGZHOU}, "no item"),
        ("show", {"inquiry": "nothing"}, "no inquiry"),
        ("revoke", {"number": "nothing"}, "no authorisation"),
        ("report", {"power": "张三", "item": "i", "partner": HANGZHOU}, "a code"),
        ("report", {"power": "accept", "item": "i", "partner": HANGZHOU}, "no item"),
    ],
)
def test_what_cannot_be_done_is_said(
    cities: Federation, operation: str, arguments: dict[str, str], why: str
) -> None:
    with pytest.raises(OperationRefused, match=why):
        cities.ask(SUZHOU, f"inquiry.{operation}", **arguments)
