"""Advice that nodes publish: `tongban advice publish | list`."""

from typing import Any

from tongban.app.control import Arguments
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.known_codes import require_known
from tongban.app.operations.rules import publish_rule, read_rule, rule_line
from tongban.core.catalogues.rule_forms import ADVICE
from tongban.core.mandates.advice import Advice, parse_advice
from tongban.node.rules import KnownRule


def publish(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Publish advice under this node's name and tell partners; it binds nobody."""
    if not arguments["unknown_code"]:
        _require_known_code(desk, arguments["text"])
    return _line(publish_rule(desk, arguments["text"], ADVICE, parse_advice, "advice"))


def list_advice(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every version, own and partners', with its text."""
    return [_line(each) for each in desk.node.rules.known(ADVICE)]


def _require_known_code(desk: OperatorDesk, text: str) -> None:
    """Advice on an agreement names no code; what cannot be read is told by who publishes it."""
    advice = read_rule(text, parse_advice, "advice")
    if advice.basic_code:
        require_known(advice.basic_code, desk.node.items())


def _line(known: KnownRule[Advice]) -> dict[str, Any]:
    advice = known.rule
    return rule_line(known) | {
        "text": advice.text.zh,
        "basic_code": advice.basic_code,
        "agreement": advice.agreement,
    }
