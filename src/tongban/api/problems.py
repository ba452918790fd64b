"""Why a request is not answered, as RFC 9457 problem details with words in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.http import HttpResponse

from tongban.api.messages import DOCUMENT_FORMS, FACT_KINDS, Flaw, InTwoLanguages, Problem
from tongban.core.words import Words

PROBLEM_MEDIA = "application/problem+json"


class RequestRefused(Exception):
    """The request cannot be answered; the handler answers with the problem of this code."""

    def __init__(self, code: str, flaws: Sequence[Flaw] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.flaws = list(flaws)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kind:
    status: int
    title: str
    words: Words
    headers: Mapping[str, str] = field(default_factory=dict)


def problem_response(refused: RequestRefused) -> HttpResponse:
    """The problem as an HTTP answer."""
    kind = _KINDS[refused.code]
    problem = Problem(
        type=f"urn:tongban:problem:{refused.code}",
        title=kind.title,
        status=kind.status,
        detail=kind.words.en,
        words=InTwoLanguages.of(kind.words),
        errors=refused.flaws,
    )
    return HttpResponse(
        problem.model_dump_json(),
        status=kind.status,
        content_type=PROBLEM_MEDIA,
        headers=kind.headers,
    )


def flaws_of(errors: Sequence[Mapping[str, Any]]) -> list[Flaw]:
    """What pydantic says, without the input, which may be personal."""
    return [Flaw(pointer=_pointer(error["loc"]), detail=str(error["msg"])) for error in errors]


def _pointer(location: Sequence[object]) -> str:
    """The place in what was sent; how our code names body and variants is nobody's business."""
    place = location[len(_BODY) :] if tuple(location[: len(_BODY)]) == _BODY else location
    parts = (part for before, part in pairwise(("", *place)) if not _is_variant(before, part))
    return "".join(f"/{part}".replace("~", "~0") for part in parts)


def _is_variant(before: object, part: object) -> bool:
    """Whether pydantic put the part there to say which of several messages it took."""
    return part in _VARIANTS and (isinstance(before, int) or before in _DOCUMENTS)


_BODY = ("body", "batch")
_VARIANTS = {*FACT_KINDS, *DOCUMENT_FORMS}
_DOCUMENTS = {"decision", "result", "correction"}

_KINDS: Mapping[str, _Kind] = {
    "unauthorised": _Kind(
        status=401,
        title="No access",
        words=Words(
            zh="令牌缺失、不对或者已经停用。请向本站运维员要一个新的令牌。",
            en="The token is missing, wrong or revoked. Ask this node's operator for a new one.",
        ),
        headers={"WWW-Authenticate": 'Bearer realm="tongban connector"'},
    ),
    "unreadable": _Kind(
        status=400,
        title="Not JSON",
        words=Words(
            zh="请求的内容不是合法的 JSON，什么也没有记录。请改正后再发一次。",
            en="The request is not JSON; nothing was recorded. Mend it and send it again.",
        ),
    ),
    "unknown_case": _Kind(
        status=404,
        title="No such case",
        words=Words(
            zh="这里没有这个令牌可以办理的这件案件。请核对办件编号。",
            en="There is no such case here for this token. Check the case's number.",
        ),
    ),
    "unknown_body": _Kind(
        status=404,
        title="No such body",
        words=Words(
            zh="这件案件没有这份材料。请用案件里列出的名称。",
            en="The case has no such body. Use the names that the case lists.",
        ),
    ),
    "unknown_fact": _Kind(
        status=404,
        title="No such fact",
        words=Words(
            zh="这件案件没有用这个键记录过任何一条。没有记录的，请再报一次。",
            en="Nothing was recorded of this case under this key. Report it again.",
        ),
    ),
    "erased": _Kind(
        status=410,
        title="Erased",
        words=Words(
            zh="这份材料已经依法删除，不会再有。",
            en="This body was erased as the law requires, and will not come back.",
        ),
    ),
    "unknown_address": _Kind(
        status=404,
        title="No such address",
        words=Words(
            zh="接口没有这个地址。接口的说明在 openapi.json。",
            en="The interface has no such address. openapi.json describes it.",
        ),
    ),
    "wrong_method": _Kind(
        status=405,
        title="No such method here",
        words=Words(
            zh="这个地址不接受这种请求方法。接口的说明在 openapi.json。",
            en="This address does not take this method. openapi.json describes it.",
        ),
    ),
    "too_large": _Kind(
        status=413,
        title="Too large",
        words=Words(
            zh="请求超过 2 MB，什么也没有记录。请分成几批发送。",
            en="The request is over 2 MB; nothing was recorded. Send it in several batches.",
        ),
    ),
    "malformed": _Kind(
        status=422,
        title="Not as described",
        words=Words(
            zh="请求不符合接口的说明，什么也没有记录。请按 errors 列出的位置改正后再发一次。",
            en=(
                "The request is not as openapi.json describes it; nothing was recorded. Mend the "
                "places that errors lists and send it again."
            ),
        ),
    ),
    "failed": _Kind(
        status=500,
        title="The node failed",
        words=Words(
            zh="本站出了故障。请稍后原样再发一次，已经记录的不会重复。",
            en="The node failed. Send the same again later; what was recorded is not doubled.",
        ),
    ),
}

PROBLEM_CODES = tuple(_KINDS)
