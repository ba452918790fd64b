"""Words of inquiries and negotiations are erased, and stay erased, as bodies of cases are."""

from pathlib import Path

import pytest
from tests.node.looking import home_events
from tests.node.test_inquiries import ITEM, OTHER, Two, body
from tests.node.test_inquiries import two as inquiry
from tests.node.test_negotiations import WORDS
from tests.node.test_negotiations import Two as Table
from tests.node.test_negotiations import two as table

from tongban.core.entry import Actor, ActorKind, Subject, SubjectKind
from tongban.core.home.events import BodyErased, OutcomeDisputed
from tongban.core.inquiries.commands import AskQuestion, SendMessage
from tongban.node.inquiries import Said
from tongban.node.node import Node
from tongban.testing.applications import HANGZHOU, SUZHOU

__all__ = ["inquiry", "table"]

OPERATOR = Actor(kind=ActorKind.OFFICER, role="operator")


def erase(node: Node, kind: SubjectKind, name: str, text: str, line: str = "") -> int:
    subject = Subject(kind=kind, id=name)
    return node.erase_from(subject, text, actor=OPERATOR, ground="retention_ended", beside=line)


def said(two: Two, name: str) -> list[Said]:
    """What was said in it, without what the two told each other of erasures."""
    history = two[name].inquiries.history(OTHER[name], two.name)
    return [line for line in history if not isinstance(line.entry.event, BodyErased)]


def words(two: Two, name: str) -> list[str]:
    return [line.words for line in said(two, name)]


def test_one_line_is_erased_and_the_others_stay(inquiry: Two) -> None:
    for text in ("一", "二"):
        bodies = (body("message", text),)
        inquiry.do(HANGZHOU, SendMessage(inquiry=inquiry.name, actor=OPERATOR, bodies=bodies))
    inquiry.federation.settle()
    line = said(inquiry, SUZHOU)[1]
    one = (inquiry[SUZHOU], SubjectKind.INQUIRY, inquiry.name, "message", line.entry.id)
    assert (erase(*one), erase(*one)) == (1, 0)
    assert words(inquiry, SUZHOU)[1:] == ["", "二"]
    assert words(inquiry, HANGZHOU)[1:] == ["一", "二"]
    assert [line.gone for line in said(inquiry, SUZHOU)] == [(), ("message",), ()]
    assert len(inquiry.state().lines) == 3


@pytest.mark.parametrize("who", [SUZHOU, HANGZHOU])
def test_erased_words_do_not_come_back_with_an_old_copy(
    inquiry: Two, who: str, tmp_path: Path
) -> None:
    inquiry.federation.nodes[who].copy_to(tmp_path / "copy")
    assert erase(inquiry[who], SubjectKind.INQUIRY, inquiry.name, "attachment:1") == 1
    before = inquiry.state()
    inquiry.federation.nodes[who].put_back(tmp_path / "copy")
    assert inquiry.state() == before
    assert [line.gone for line in said(inquiry, who)] == [("attachment:1",)]


def test_erased_words_do_not_come_back_after_a_lost_disk(inquiry: Two) -> None:
    assert erase(inquiry[SUZHOU], SubjectKind.INQUIRY, inquiry.name, "question") == 1
    inquiry.federation.settle()
    inquiry.federation.nodes[SUZHOU].lose_disk()
    inquiry.federation.introduce()
    inquiry.federation.settle()
    assert words(inquiry, SUZHOU) == [""]
    assert words(inquiry, HANGZHOU) == ["能否视频核验？"]


def test_what_waits_for_a_line_is_erased_before_it_goes(inquiry: Two) -> None:
    inquiry.federation.cut |= {(SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)}
    inquiry.federation.nodes[SUZHOU].stop()
    inquiry.federation.nodes[SUZHOU].start()
    message = SendMessage(
        inquiry=inquiry.name,
        actor=OPERATOR,
        bodies=(body("message", "急"), body("attachment:1", "身份证")),
    )
    inquiry.do(SUZHOU, message)
    # The attachment of the question, and the one that waits.
    assert erase(inquiry[SUZHOU], SubjectKind.INQUIRY, inquiry.name, "attachment:1") == 2
    inquiry.federation.cut.clear()
    assert len(inquiry.state().lines) == 2
    assert said(inquiry, HANGZHOU)[-1].attachments == ()


def test_an_erasure_in_an_inquiry_whose_question_was_refused_is_refused(inquiry: Two) -> None:
    """Two drew one name and crossed: neither leaves an inquiry, and nothing is disputed."""
    name = inquiry[SUZHOU].inquiries.fresh_name()
    asked = AskQuestion(inquiry=name, actor=OPERATOR, bodies=(body("question", "一？"),), item=ITEM)
    for who in OTHER:
        inquiry.do(who, asked)
    assert erase(inquiry[SUZHOU], SubjectKind.INQUIRY, name, "question")
    inquiry.federation.settle()
    assert not any(home_events(inquiry[each], OutcomeDisputed) for each in OTHER)
    assert home_events(inquiry[SUZHOU], BodyErased)


def test_a_comment_is_erased_and_nothing_moves(table: Table) -> None:
    table.do(HANGZHOU, table.comment())
    before = table.state()
    assert erase(table[SUZHOU], SubjectKind.NEGOTIATION, table.name, "comment") == 1
    assert table.state() == before
    told = {
        name: {line.words for line in table[name].negotiations.history(OTHER[name], table.name)}
        for name in OTHER
    }
    assert told[SUZHOU] == {""}
    assert told[HANGZHOU] == {"", WORDS[0].content.decode()}
