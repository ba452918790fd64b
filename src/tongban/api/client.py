"""A thin client of the connector API, for approval systems written in Python."""

import time
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from tongban.api.messages import (
    Arrivals,
    Batch,
    BatchAnswer,
    CaseSheet,
    FactAnswer,
    Pong,
    Problem,
    ReportedFact,
)

_PATH = "/api/connector/v1"
_TIMEOUT_SECONDS = 30.0
_PAUSES_SECONDS = (0.2, 1.0, 3.0)


class NodeUnreachable(Exception):
    """The node did not answer, or failed; try again later, nothing is lost or doubled by that."""


class RequestNotTaken(Exception):
    """The node refuses the request; sending the same again does not help.

    status: of HTTP. problem: the node's own words, None where something else answered.
    """

    def __init__(self, status: int, problem: Problem | None) -> None:
        super().__init__(f"{status}: {problem.detail if problem else 'no node answered'}")
        self.status = status
        self.problem = problem


class ConnectorClient:
    """One system's line to its node.

    Every call may be repeated: reading changes nothing, and a fact is recorded once under its
    key. So each is tried again for a few seconds before NodeUnreachable is raised. Not safe to
    share between threads.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = httpx.Client(
            base_url=base_url.rstrip("/") + _PATH,
            headers={"Authorization": f"Bearer {token}"},
            timeout=_TIMEOUT_SECONDS,
            transport=transport,
        )
        self._wait = wait

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def ping(self) -> Pong:
        """Whether the token is good, and the node's time."""
        return Pong.model_validate_json(self._ask("GET", "/ping"))

    def new_cases(self, after: int = 0, *, limit: int = 20) -> Arrivals:
        """What arrived after the cursor, in order; keep `next` together with the cases."""
        asked = {"after": after, "limit": limit}
        return Arrivals.model_validate_json(self._ask("GET", "/cases", params=asked))

    def case(self, case: str) -> CaseSheet:
        """One case as it stands now."""
        return CaseSheet.model_validate_json(self._ask("GET", f"/cases/{_part(case)}"))

    def body(self, case: str, name: str) -> bytes:
        """What the applicant handed in under this name."""
        return self._ask("GET", f"/cases/{_part(case)}/bodies/{_part(name)}")

    def report(self, case: str, facts: Iterable[ReportedFact]) -> list[FactAnswer]:
        """Report what the authority did; one answer a fact, in their order."""
        batch = Batch.model_validate({"facts": [_plain(fact) for fact in facts]})
        answer = self._ask("POST", f"/cases/{_part(case)}/facts", json=_plain(batch))
        return BatchAnswer.model_validate_json(answer).answers

    def fact(self, case: str, key: str) -> FactAnswer:
        """What became of a fact that was recorded, such as one that had to wait for the line.

        Raises RequestNotTaken (404) where none was recorded under this key.
        """
        answer = self._ask("GET", f"/cases/{_part(case)}/facts", params={"key": key})
        return FactAnswer.model_validate_json(answer)

    def _ask(self, method: str, path: str, **what: Any) -> bytes:
        for pause in _PAUSES_SECONDS:
            try:
                return self._once(method, path, **what)
            except NodeUnreachable:
                self._wait(pause)
        return self._once(method, path, **what)

    def _once(self, method: str, path: str, **what: Any) -> bytes:
        try:
            answer = self._http.request(method, path, **what)
        except httpx.TransportError as error:
            raise NodeUnreachable(f"{self._http.base_url} does not answer") from error
        if answer.is_server_error:
            raise NodeUnreachable(f"{self._http.base_url} answers {answer.status_code}")
        if not answer.is_success:
            raise RequestNotTaken(answer.status_code, _problem(answer.content))
        return answer.content


def _problem(content: bytes) -> Problem | None:
    try:
        return Problem.model_validate_json(content)
    except ValidationError:
        return None


def _part(text: str) -> str:
    return quote(text, safe="")


def _plain(model: BaseModel) -> Mapping[str, Any]:
    plain: dict[str, Any] = model.model_dump(mode="json")
    return plain
