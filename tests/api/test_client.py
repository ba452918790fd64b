"""The thin client against the real API: typed answers, safe retries, faults that say what to do."""

from collections.abc import Iterator

import httpx
import pytest
from tests.api.wire import Stutter, road_to
from tests.api.wuhu import FORM, Approval

from tongban.api.client import ConnectorClient, NodeUnreachable, RequestNotTaken
from tongban.api.messages import AcceptedFact, AnswerKind, ArrivalKind, StepFact


@pytest.fixture
def road(approval: Approval) -> Stutter:
    return Stutter(road_to(approval))


@pytest.fixture
def client(approval: Approval, road: Stutter) -> Iterator[ConnectorClient]:
    with ConnectorClient(
        "http://testserver", approval.token, transport=road, wait=lambda _: None
    ) as opened:
        yield opened


def test_a_case_is_fetched_and_reported_on(approval: Approval, client: ConnectorClient) -> None:
    case = approval.take_in()
    [arrival] = client.new_cases(approval.cursor).arrivals
    assert (arrival.kind, arrival.case.form) == (ArrivalKind.APPLICATION, FORM)
    assert client.body(case, "material:old_certificate") == b"old_certificate"
    facts = [
        AcceptedFact(key="1", acted_at=approval.ago(9), number="1"),
        StepFact(key="2", acted_at=approval.ago(8), step="review"),
    ]
    assert [line.answer for line in client.report(case, facts)] == [AnswerKind.RECORDED] * 2
    assert client.case(case).stage == "accepted"


def test_an_answer_that_was_lost_is_asked_for_again(
    approval: Approval, client: ConnectorClient, road: Stutter
) -> None:
    case = approval.take_in()
    road.lose_answers(2)
    fact = AcceptedFact(key="1", acted_at=approval.ago(9), number="1")
    assert [line.answer for line in client.report(case, [fact])] == [AnswerKind.REPEATED]
    assert approval.state(case).flags == ()


def test_a_node_that_does_not_answer_is_said_to_be_unreachable(
    client: ConnectorClient, road: Stutter
) -> None:
    road.lose_answers(9)
    with pytest.raises(NodeUnreachable, match="does not answer"):
        client.ping()


def test_what_the_node_refuses_is_not_asked_again(client: ConnectorClient, road: Stutter) -> None:
    with pytest.raises(RequestNotTaken, match="no such case here") as caught:
        client.case("330400-20261123-NOTHERE")
    assert caught.value.status == 404
    assert caught.value.problem is not None
    assert road.asked == 1


def test_an_answer_from_somebody_else_is_no_problem_of_the_node() -> None:
    road = httpx.MockTransport(lambda _: httpx.Response(403, text="<h1>proxy</h1>"))
    with ConnectorClient("http://proxy", "t", transport=road) as client:
        with pytest.raises(RequestNotTaken) as caught:
            client.ping()
        assert caught.value.problem is None
