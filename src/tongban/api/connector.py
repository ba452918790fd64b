"""The connector for approval systems: a JSON API that describes itself (spec/connector.md)."""

from typing import Annotated, Any

import msgspec
import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import HttpBearer

from tongban.api.cases import arrivals, bodies_of, case_of, read, sheet_of
from tongban.api.instants import text_of
from tongban.api.messages import (
    CASES_MAX,
    CURSOR_MAX,
    Arrivals,
    Batch,
    BatchAnswer,
    CaseSheet,
    Pong,
)
from tongban.api.models import ConnectorToken
from tongban.api.problems import RequestRefused, flaws_of, problem_response
from tongban.api.reporting import report_all
from tongban.api.tokens import access_of
from tongban.core.cases.state import CaseState
from tongban.pages.node_access import now

_log = structlog.get_logger(__name__)


class _Bearer(HttpBearer):
    def authenticate(self, _request: HttpRequest, token: str) -> ConnectorToken | None:
        """The access that the token gives."""
        return access_of(token)


class _StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """JSON as RFC 8259 has it: no NaN, no lone surrogates, no endless nesting."""
        read_: dict[str, Any] = msgspec.json.decode(request.body)
        return read_


connector = NinjaAPI(
    title="Tongban connector for approval systems · 通办审批系统对接接口",
    version="1",
    description="In words: spec/connector.md.",
    urls_namespace="connector",
    docs_url=None,
    auth=_Bearer(),
    parser=_StrictParser(),
)


@connector.get("/ping", response=Pong)
def ping(request: HttpRequest) -> Pong:
    """Whether the token is good, for which authorities, and the node's time."""
    access = _access(request)
    return Pong(system=access.system, organisations=access.organisations, now=text_of(now()) or "")


@connector.get("/cases", response=Arrivals)
def new_cases(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, le=CURSOR_MAX)] = 0,
    limit: Annotated[int, Query(ge=1, le=CASES_MAX)] = 20,
) -> Arrivals:
    """What arrived after the cursor, in order; asking again from an old cursor is allowed."""
    return arrivals(_access(request), after=after, limit=limit)


@connector.get("/cases/{case}", response=CaseSheet)
def show_case(request: HttpRequest, case: str) -> CaseSheet:
    """One case as it stands now."""
    access = _access(request)
    return sheet_of(access, _case(access, case))


@connector.get("/cases/{case}/bodies/{name}", response={200: bytes})
def show_body(request: HttpRequest, case: str, name: str) -> HttpResponse:
    """The bytes of what the applicant handed in; tell their kind by their content."""
    access = _access(request)
    state = _case(access, case)
    if name not in bodies_of(state):
        raise RequestRefused("unknown_body")
    content = read(access, state, name)
    if content is None:
        raise RequestRefused("erased")
    return HttpResponse(content, content_type="application/octet-stream")


@connector.post("/cases/{case}/facts", response=BatchAnswer)
def report_facts(request: HttpRequest, case: str, batch: Batch) -> BatchAnswer:
    """Record what the authority did; late, out of order and repeated reports are welcome."""
    access = _access(request)
    state = _case(access, case)
    return BatchAnswer(case=state.id, answers=report_all(access, state, batch.facts))


@connector.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", auth=None, include_in_schema=False
)
def elsewhere(request: HttpRequest, rest: str) -> None:  # noqa: ARG001 - ninja passes by name
    """Nothing is here."""
    raise RequestRefused("unknown_address")


def _access(request: HttpRequest) -> ConnectorToken:
    """What the bearer authentication found."""
    access: ConnectorToken = request.auth  # type: ignore[attr-defined] # set by ninja
    return access


def _case(access: ConnectorToken, number: str) -> CaseState:
    state = case_of(access, number)
    if state is None:
        raise RequestRefused("unknown_case")
    return state


@connector.exception_handler(RequestRefused)
def _refused(_request: HttpRequest, refused: RequestRefused) -> HttpResponse:
    return problem_response(refused)


@connector.exception_handler(AuthenticationError)
def _no_access(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem_response(RequestRefused("unauthorised"))


@connector.exception_handler(ValidationError)
def _malformed(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem_response(RequestRefused("malformed", flaws_of(error.errors)))


@connector.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return problem_response(RequestRefused("too_large"))


@connector.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, _error: HttpError) -> HttpResponse:
    return problem_response(RequestRefused("unreadable"))


@connector.exception_handler(Exception)
def _failed(_request: HttpRequest, error: Exception) -> HttpResponse:
    # The message may quote what was sent; the type and the place are enough to find the fault.
    _log.error("connector_failed", fault=type(error).__name__, exc_info=error)
    return problem_response(RequestRefused("failed"))
