"""Publishing a rule from a file: what `tongban mandate publish` and `advice publish` share."""

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from tongban.app.control import OperationRefused
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.core.catalogues.rule_forms import R, RuleForm
from tongban.core.faults import CoreFault
from tongban.node.faults import NodeFault
from tongban.node.rules import KnownRule


def publish_rule(
    desk: OperatorDesk,
    text: str,
    form: RuleForm[R],
    parse: Callable[[Mapping[str, Any]], R],
    named: str,
) -> KnownRule[R]:
    """Publish the version in a file and tell partners; named: what such a file is called."""
    rule = read_rule(text, parse, named)
    try:
        issued = desk.node.rules.issue(form, rule, after=rule.version - 1, actor=OPERATOR)
    except NodeFault as fault:
        raise OperationRefused(f"{fault}. Nothing was published") from fault
    desk.node.openings.tell_all()
    return issued


def rule_line(known: KnownRule[Any]) -> dict[str, Any]:
    """What is said of every kind."""
    rule = known.rule
    return {
        "publisher": rule.publisher,
        "number": rule.number,
        "version": rule.version,
        "title": rule.title.zh,
        "issuer": rule.issuer.zh,
        "published_on": str(rule.published_on),
        "illustrative": rule.illustrative,
        "document": known.digest,
    }


def read_rule(text: str, parse: Callable[[Mapping[str, Any]], R], named: str) -> R:
    """What the file says; raises OperationRefused with what is wrong in it."""
    try:
        return parse(yaml.safe_load(text))
    except (CoreFault, yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise OperationRefused(
            f"the file is no {named}: {reason}. Nothing was published; mend the file and publish "
            "it again"
        ) from error
