"""Common standards that nodes publish: `tongban standard draft | publish | list | show`."""

from typing import Any

import yaml

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.app.operations.known_codes import require_known
from tongban.app.operations.standards import items_alike, kept_by
from tongban.core.catalogues.rule_forms import STANDARD
from tongban.core.china_time import china_day
from tongban.core.faults import CoreFault
from tongban.core.items.standard import Standard, parse_standard, standard_document
from tongban.core.items.standard_proposal import propose_standard
from tongban.node.faults import RuleChanged, RuleUnchanged
from tongban.node.rules import KnownRule


def draft(desk: OperatorDesk, arguments: Arguments) -> Any:
    """A standard to begin with, from what most places ask, or the next version of one."""
    number = arguments["number"]
    own = [each for each in _own(desk) if each.rule.number == number]
    if own:
        standard = _next(own[-1].rule)
    else:
        items = items_alike(desk, arguments["item"], arguments["places"])
        standard = propose_standard(items, china_day(desk.node.kernel.clock.now()))
    mapping = yaml.safe_load(standard_document(standard))
    mapping["number"] = number or mapping["number"]
    del mapping["publisher"]
    return {"text": yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False)}


def publish(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Publish a version and tell partners; with `dry_run` only who would keep it."""
    standard = _read(arguments["text"])
    if not arguments["unknown_code"]:
        require_known(standard.basic_code, desk.node.items())
    answer = {"number": standard.number, "version": standard.version, "document": ""}
    if not arguments["dry_run"]:
        try:
            issued = desk.node.rules.issue(
                STANDARD, standard, after=standard.version - 1, actor=OPERATOR
            )
        except (RuleChanged, RuleUnchanged) as fault:
            raise OperationRefused(f"{fault}. Nothing was published") from fault
        answer["document"] = issued.digest
        desk.node.openings.tell_all()
    return answer | {"places": list(kept_by(standard, desk.node.items()))}


def list_standards(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every version of every standard, own and partners'."""
    return [_line(each) for each in desk.node.rules.known(STANDARD)]


def show(desk: OperatorDesk, arguments: Arguments) -> Any:
    """One version with its text, and which places keep it."""
    number, publisher, version = (arguments[name] for name in ("number", "publisher", "version"))
    found = [
        each
        for each in desk.node.rules.known(STANDARD)
        if each.rule.number == number
        and publisher in {"", each.rule.publisher}
        and version in {0, each.rule.version}
    ]
    publishers = {each.rule.publisher for each in found}
    if not found:
        raise OperationRefused(
            f"no such version of {number} is known here; `tongban standard list` shows what is"
        )
    if len(publishers) > 1:
        raise OperationRefused(
            f"{', '.join(sorted(publishers))} each have a standard {number}; say which with "
            "--publisher"
        )
    shown = found[-1]
    return _line(shown) | {
        "text": yaml.safe_load(standard_document(shown.rule)),
        "places": list(kept_by(shown.rule, desk.node.items())),
    }


def _own(desk: OperatorDesk) -> list[KnownRule[Standard]]:
    return [
        each for each in desk.node.rules.known(STANDARD) if each.rule.publisher == desk.node.name
    ]


def _next(standard: Standard) -> Standard:
    """The same once more as the version after it, to be changed."""
    return parse_standard(
        yaml.safe_load(standard_document(standard)) | {"version": standard.version + 1}
    )


def _read(text: str) -> Standard:
    try:
        return parse_standard(yaml.safe_load(text))
    except (CoreFault, yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise OperationRefused(
            f"the file is no common standard: {reason}. Nothing was published; mend the file and "
            "publish it again"
        ) from error


def _line(known: KnownRule[Standard]) -> dict[str, Any]:
    standard = known.rule
    return {
        "publisher": standard.publisher,
        "number": standard.number,
        "version": standard.version,
        "title": standard.title.zh,
        "basic_code": standard.basic_code,
        "published_on": str(standard.published_on),
        "illustrative": standard.illustrative,
        "document": known.digest,
    }
