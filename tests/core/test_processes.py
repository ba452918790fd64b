"""Processes as documents."""

from copy import deepcopy
from typing import Any

import pytest
import yaml

from tongban.core import canonical
from tongban.core.cases.events import Delivery
from tongban.core.cases.process import (
    Act,
    ActKind,
    LegKind,
    Party,
    parse_process,
    process_digest,
    process_document,
    read_process,
)
from tongban.core.entry import BasisKind
from tongban.core.faults import DocumentInvalid

from .examples import PROCESSES

DELEGATED = PROCESSES["delegated_intake"]


def mapping() -> dict[str, Any]:
    plain = yaml.safe_load(process_document(DELEGATED))
    assert isinstance(plain, dict)
    return deepcopy(plain)


def with_act(**fields: object) -> dict[str, Any]:
    """The process with one more act."""
    plain = mapping()
    plain["acts"].append({"act": "open", "by": "competent", "during": ["taken_in"], **fields})
    plain["acts"] = [act for act in plain["acts"] if act["act"] != "open"] + plain["acts"][-1:]
    return plain


def test_a_process_survives_its_document() -> None:
    assert parse_process(mapping()) == DELEGATED
    assert read_process(process_document(DELEGATED)) == DELEGATED
    assert process_digest(DELEGATED) == canonical.digest(process_document(DELEGATED))


def test_an_act_depends_on_delivery_and_on_the_basis_of_dispatch() -> None:
    delegated = DELEGATED.act(ActKind.DECIDE, Delivery.COUNTER, BasisKind.CLAUSE, "accepted")
    own = DELEGATED.act(ActKind.DECIDE, Delivery.COUNTER, BasisKind.OWN_RIGHT, "accepted")
    online = DELEGATED.act(ActKind.DECIDE, Delivery.ONLINE, BasisKind.CLAUSE, "accepted")
    assert delegated is not None
    assert delegated.hands_over_to is Party.INTAKE
    assert own is not None
    assert own.hands_over_to is None
    assert online is not None
    assert online.then == (ActKind.DELIVER,)


def test_stages_may_have_acts_of_their_own_and_any_other_has_the_first() -> None:
    def notice(stage: str) -> Act | None:
        return DELEGATED.act(ActKind.NOTIFY_CORRECTION, Delivery.COUNTER, None, stage)

    counter, authority, elsewhere = notice("taken_in"), notice("dispatched"), notice("decided")
    assert counter is not None
    assert counter.by is Party.INTAKE
    assert authority is not None
    assert authority.by is Party.COMPETENT
    assert elsewhere == authority


def test_an_act_that_does_not_fit_the_case_is_not_there() -> None:
    all_online = PROCESSES["all_online"]
    assert all_online.act(ActKind.TAKE_IN, Delivery.COUNTER, None, "taken_in") is None


def test_stages_know_their_order_and_leg() -> None:
    assert DELEGATED.rank("taken_in") < DELEGATED.rank("accepted")
    assert DELEGATED.leg("accepted") is LegKind.REVIEW
    assert DELEGATED.leg("delivered") is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"during": ["lost"]}, "no stage lost"),
        ({"to": "lost"}, "no stage lost"),
        ({"additive": True, "to": "accepted"}, "moves nothing"),
        ({"additive": True, "hands_over_to": "intake"}, "moves nothing"),
        ({"power": "deliver"}, "rests on a clause"),
        ({"bases": ["clause"]}, "rests on a clause"),
        ({"act": "accept"}, "already said"),
    ],
)
def test_an_act_that_does_not_fit_is_refused(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(DocumentInvalid, match=reason):
        parse_process(with_act(**fields))


def test_a_dispatch_without_a_basis_is_refused() -> None:
    plain = mapping()
    for act in plain["acts"]:
        if act["act"] == "dispatch":
            act.update(bases=[], power=None)
    with pytest.raises(DocumentInvalid, match="a dispatch always has a basis"):
        parse_process(plain)


@pytest.mark.parametrize("stages", [0, 2])
def test_stages_have_codes_of_their_own(stages: int) -> None:
    plain = mapping()
    plain["stages"] = plain["stages"][:1] * stages
    with pytest.raises(DocumentInvalid, match="stages"):
        parse_process(plain)


@pytest.mark.parametrize("codes", [("review", "review"), ("张三",), ("Review",)])
def test_steps_have_codes_of_their_own(codes: tuple[str, ...]) -> None:
    words = {"zh": "环节", "en": "A step"}
    plain = mapping() | {"steps": [{"code": code, "name": words} for code in codes]}
    with pytest.raises(DocumentInvalid, match="steps"):
        parse_process(plain)


def test_a_process_may_declare_no_steps() -> None:
    plain = mapping()
    del plain["steps"]
    assert parse_process(plain).steps == ()
