"""The connector for approval systems: a JSON API that describes itself (spec/connector.md)."""

from http import HTTPStatus
from itertools import chain
from traceback import extract_tb
from typing import Annotated, Any

import msgspec
import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import HttpBearer

from tongban.api.cases import arrivals, bodies_of, case_of, read_file, sheet_of
from tongban.api.instants import text_of
from tongban.api.messages import (
    CASES_MAX,
    CURSOR_MAX,
    Arrivals,
    Batch,
    BatchAnswer,
    CaseSheet,
    FactAnswer,
    Key,
    Pong,
    Problem,
)
from tongban.api.models import ConnectorToken
from tongban.api.problems import PROBLEM_MEDIA, RequestRefused, flaws_of, problem_response
from tongban.api.reporting import report_all, status_of
from tongban.api.tokens import access_of
from tongban.core.body import BYTES_MAX
from tongban.core.cases.state import CaseState
from tongban.pages.node_access import now

BYTES_MEDIA = "application/octet-stream"
JSON_MEDIA = "application/json"
#: 2 MB (spec/connector.md).
REQUEST_BYTES_MAX = 2_000_000

_log = structlog.get_logger(__name__)


class _Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> ConnectorToken | None:
        """The access that the token gives; raises RequestDataTooBig before a body is parsed."""
        access = access_of(token)
        # The pages take more, for the texts of agreements.
        if access and len(request.body) > REQUEST_BYTES_MAX:
            raise RequestDataTooBig(f"a request to the connector may carry {REQUEST_BYTES_MAX}")
        return access


class _StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """JSON as RFC 8259 has it: no NaN, no lone surrogates, no endless nesting."""
        read_: dict[str, Any] = msgspec.json.decode(request.body)
        return read_


class _Connector(NinjaAPI):
    def get_openapi_schema(self, **chosen: Any) -> Any:
        """The description, in which refusals have the media type that they come with."""
        schema = super().get_openapi_schema(**chosen)
        operations = (each for at in schema["paths"].values() for each in at.values())
        for status, response in chain(*(each["responses"].items() for each in operations)):
            if int(status) >= HTTPStatus.BAD_REQUEST:
                response["content"][PROBLEM_MEDIA] = response["content"].pop(JSON_MEDIA)
        return schema


connector = _Connector(
    title="Tongban connector for approval systems · 通办审批系统对接接口",
    version="1",
    description="In words: spec/connector.md.",
    urls_namespace="connector",
    docs_url=None,
    auth=_Bearer(),
    parser=_StrictParser(),
)


#: What a report may be answered with besides.
_REFUSALS = dict.fromkeys((400, 401, 404, 413, 422), Problem)


@connector.get("/ping", response={200: Pong, 401: Problem})
def ping(request: HttpRequest) -> Pong:
    """Whether the token is good, for which authorities, and the node's time."""
    access = _access(request)
    return Pong(system=access.system, organisations=access.organisations, now=text_of(now()))


@connector.get("/cases", response={200: Arrivals, 401: Problem, 422: Problem})
def new_cases(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, le=CURSOR_MAX)] = 0,
    limit: Annotated[int, Query(ge=1, le=CASES_MAX)] = 20,
) -> Arrivals:
    """What arrived after the cursor, in order; asking again from an old cursor is allowed."""
    return arrivals(_access(request), after=after, limit=limit)


@connector.get("/cases/{case}", response={200: CaseSheet, 401: Problem, 404: Problem})
def show_case(request: HttpRequest, case: str) -> CaseSheet:
    """One case as it stands now."""
    access = _access(request)
    return sheet_of(access, _case(access, case))


@connector.get(
    "/cases/{case}/bodies/{name}",
    response={401: Problem, 404: Problem, 410: Problem},
    openapi_extra={
        "responses": {200: {"description": "The bytes.", "content": {BYTES_MEDIA: {}}}},
    },
)
def show_body(request: HttpRequest, case: str, name: str) -> HttpResponseBase:
    """The bytes of what the applicant handed in; tell their kind by their content."""
    access = _access(request)
    state = _case(access, case)
    if name not in bodies_of(state):
        raise RequestRefused("unknown_body")
    reading = read_file(access, state, name)
    if reading is None:
        raise RequestRefused("erased")
    if reading.size <= BYTES_MAX:
        return HttpResponse(b"".join(reading.chunks), content_type=BYTES_MEDIA)
    headers = {"Content-Length": str(reading.size)}
    return StreamingHttpResponse(reading.chunks, content_type=BYTES_MEDIA, headers=headers)


@connector.post("/cases/{case}/facts", response={200: BatchAnswer, **_REFUSALS})
def report_facts(request: HttpRequest, case: str, batch: Batch) -> BatchAnswer:
    """Record what the authority did; late, out of order and repeated reports are welcome."""
    access = _access(request)
    state = _case(access, case)
    return BatchAnswer(case=state.id, answers=report_all(access, state, batch.facts))


@connector.get(
    "/cases/{case}/facts", response={200: FactAnswer, 401: Problem, 404: Problem, 422: Problem}
)
def show_fact(request: HttpRequest, case: str, key: Annotated[Key, Query()]) -> FactAnswer:
    """What became of a fact that was recorded under this key, such as one that had to wait."""
    access = _access(request)
    found = status_of(access, _case(access, case), key)
    if found is None:
        raise RequestRefused("unknown_fact")
    return found


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
    place = extract_tb(error.__traceback__)[-1]
    _log.error(
        "connector_failed", fault=type(error).__name__, file=place.filename, line=place.lineno
    )
    return problem_response(RequestRefused("failed"))
