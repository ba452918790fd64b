"""The stories of agreements in spec/vectors: what the core makes of them, with nothing left out."""

import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from tongban.core.agreements import events as agreement_events
from tongban.core.agreements.document import document_bytes
from tongban.core.agreements.events import AgreementDeposited, AgreementLeft
from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.entry import Event
from tongban.core.negotiations import events as negotiation_events
from tongban.core.negotiations.state import NegotiationStanding

from . import agreement_stories, negotiation_stories
from .retelling import Told, read
from .short_texts import DOCUMENTS, TEXTS

STORIES = (agreement_stories, negotiation_stories)
#: Between two there is no depositary; these stand among the entries that spec/vectors lists.
OF_MANY_PARTIES = {AgreementDeposited, AgreementLeft}
#: Why nothing is found on which an act could rest (spec/agreements.md, "Authorisation").
GROUNDS = {
    Ground.NO_AGREEMENT,
    Ground.ITEM_NOT_GRANTED,
    Ground.MODE_NOT_GRANTED,
    Ground.POWER_NOT_GRANTED,
    Ground.NOT_SIGNED_BY_ALL,
    Ground.SIGNING_LAPSED,
    Ground.WITHDRAWN,
    Ground.NOT_PUBLISHED,
    Ground.SUSPENDED,
    Ground.TERMINATED,
    Ground.SUPERSEDED,
    Ground.NOT_YET_IN_FORCE,
    Ground.EXPIRED,
    Ground.DAILY_LIMIT_REACHED,
}


def steps(stories: ModuleType) -> Iterator[Told]:
    told: Any = json.loads(stories.FILE.read_text(encoding="utf-8"))
    for story in told["stories"]:
        yield from story["steps"]


def kinds(module: ModuleType) -> set[type[Event]]:
    found = (each for each in vars(module).values() if isinstance(each, type))
    return {each for each in found if issubclass(each, Event) and each is not Event}


@pytest.mark.parametrize("stories", STORIES)
def test_the_stories_are_those_that_the_core_makes(stories: ModuleType) -> None:
    assert stories.FILE.read_text(encoding="utf-8") == stories.text()


def test_the_texts_are_those_that_the_stories_are_about() -> None:
    for name, text in TEXTS.items():
        assert (DOCUMENTS / f"{name}.json").read_bytes() == document_bytes(text)


def test_every_act_on_an_agreement_of_two_and_in_a_negotiation_is_told() -> None:
    written = [step for stories in STORIES for step in steps(stories) if "write" in step]
    told = {type(entry.event) for step in written for entry in read(step["entries"])}
    wanted = kinds(agreement_events) | kinds(negotiation_events)
    assert wanted - OF_MANY_PARTIES - told == set()


def test_every_reason_for_which_an_act_has_no_basis_is_told() -> None:
    asked = [step["answer"] for step in steps(agreement_stories) if "ask" in step]
    assert {answer["ground"] for answer in asked if "ground" in answer} == GROUNDS


def test_whatever_can_become_of_a_negotiation_is_told() -> None:
    seen = [step["then"] for step in steps(negotiation_stories) if "push" in step]
    assert {then["standing"] for then in seen} == set(NegotiationStanding)
