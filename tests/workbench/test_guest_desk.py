"""In a node that is kept for a guest, officers record its acts with its papers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoDbBlocker
from tests.cities import Federation, suzhou_and_hangzhou
from tests.workbench.counters import Desks, act, at, state_at, text_of

from tongban.channels.keepers import Keeper
from tongban.core.entry import Actor, ActorKind, Subject, SubjectKind
from tongban.core.one_sided import PAPER
from tongban.core.records.commands import AcknowledgeRecord
from tongban.core.records.events import Objection, ObjectionGround
from tongban.core.refusal import Refusal
from tongban.testing.applications import HANGZHOU, SONGJIANG, SUZHOU

OFFICER = Actor(kind=ActorKind.OFFICER)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.pdf", b"%PDF-1.7 made up", "application/pdf")


@pytest.fixture
def federation(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    """Songjiang's people keep a node for Hangzhou."""
    keepers = {HANGZHOU: Keeper(node=SONGJIANG)}
    with django_db_blocker.unblock(), suzhou_and_hangzhou(tmp_path, keepers) as cities:
        yield cities


@pytest.fixture
def desks(federation: Federation) -> Desks:
    return Desks(federation)


@pytest.fixture
def case(desks: Desks) -> str:
    return desks.case_at_hangzhou()


def accept(desks: Desks, case: str, **more: Any) -> Any:
    answer = act(desks.officer, case, "accept", number="SL-1", **more)
    desks.settle()
    return answer


def at_suzhou(desks: Desks, case: str) -> str:
    return text_of(desks.clerk.get(at("counter_case", case)))


def test_every_page_of_the_guests_officers_says_who_keeps_it(desks: Desks) -> None:
    assert "代管：这里办的每一步都是替对方记的单方记录" in text_of(desks.officer.get(at("review")))
    assert "代管" not in text_of(desks.clerk.get(at("counter")))


def test_an_act_without_the_paper_says_what_to_do_and_changes_nothing(
    desks: Desks, case: str
) -> None:
    page = text_of(desks.officer.get(at("room", case)))
    assert "对方文书的扫描件" in page
    answer = accept(desks, case)
    assert answer.status_code == 409
    assert "请附上扫描件" in text_of(answer)
    assert state_at(desks.hangzhou, case).accepted_at is None


def test_a_file_that_is_no_paper_is_refused_in_words(desks: Desks, case: str) -> None:
    program = SimpleUploadedFile("letter.exe", b"MZ made up", "application/pdf")
    answer = accept(desks, case, **{"guest-paper": program})
    assert answer.status_code == 409
    assert "看不懂这个文件" in text_of(answer)


def test_with_its_paper_it_is_recorded_and_both_see_the_mark(desks: Desks, case: str) -> None:
    assert accept(desks, case, **{"guest-paper": paper()}).status_code == 302
    assert state_at(desks.suzhou, case).accepted_at is not None
    mark = "单方记录：由松江代为签名"
    assert mark in at_suzhou(desks, case)
    assert mark in text_of(desks.officer.get(at("room", case)))
    assert "单方记录" in text_of(desks.clerk.get(at("counter")))
    shown = desks.officer.get(at("room_document", case, PAPER), {"file": "1"})
    assert shown.content.startswith(b"%PDF-1.7")


def test_after_the_hand_over_the_case_says_that_the_guest_stands_behind_it(
    desks: Desks, case: str, federation: Federation
) -> None:
    accept(desks, case, **{"guest-paper": paper()})
    hand_over(federation)
    speak(federation, case, newest_of(federation, case))
    assert "当时由松江代为签名，已经追认" in at_suzhou(desks, case)
    assert "单方记录" not in text_of(desks.clerk.get(at("counter")))


def test_an_objection_is_shown_with_its_reason(
    desks: Desks, case: str, federation: Federation
) -> None:
    accept(desks, case, **{"guest-paper": paper()})
    hand_over(federation)
    newest = newest_of(federation, case)
    objection = Objection(entry=newest, ground=ObjectionGround.PAPER_NOT_OURS)
    speak(federation, case, newest, objection)
    assert "有异议：所附文书不是我方出具" in at_suzhou(desks, case)
    assert "单方记录，有异议" in text_of(desks.clerk.get(at("counter")))


def hand_over(federation: Federation) -> None:
    """Hangzhou's own people go on under keys that its keeper never had."""
    identity = federation[HANGZHOU].act().node.kernel.identity
    object.__setattr__(identity, "keeper", Keeper(node=SONGJIANG, key_sets=1))
    federation.memory.nodes[HANGZHOU].keeper = identity.keeper
    federation.memory.nodes[HANGZHOU].rotate()
    federation.settle()


def newest_of(federation: Federation, case: str) -> str:
    kept = [each.entry for each in federation[HANGZHOU].act().node.records.kept()]
    return [entry.id for entry in kept if entry.subject.id == case][-1]


def speak(federation: Federation, case: str, until: str, *objections: Objection) -> None:
    command = AcknowledgeRecord(
        guest=HANGZHOU,
        actor=OFFICER,
        about=Subject(kind=SubjectKind.CASE, id=case),
        until=until,
        objections=objections,
    )
    done = federation[HANGZHOU].act().node.execute(command, partner=SUZHOU)
    assert not isinstance(done, Refusal), done
    federation.settle()
