"""Advice that nodes publish: `tongban advice publish | list`."""

from typing import Any

from tongban.app.control import Arguments
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.rules import publish_rule, rule_line
from tongban.core.catalogues.rule_forms import ADVICE
from tongban.core.mandates.advice import Advice, parse_advice
from tongban.node.rules import KnownRule


def publish(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Publish advice under this node's name and tell partners; it binds nobody."""
    return _line(publish_rule(desk, arguments["text"], ADVICE, parse_advice, "advice"))


def list_advice(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every version, own and partners', with its text."""
    return [_line(each) for each in desk.node.rules.known(ADVICE)]


def _line(known: KnownRule[Advice]) -> dict[str, Any]:
    advice = known.rule
    return rule_line(known) | {
        "text": advice.text.zh,
        "basic_code": advice.basic_code,
        "agreement": advice.agreement,
    }
