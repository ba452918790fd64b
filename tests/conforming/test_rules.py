"""The rules are those that spec/conformance.md lists, and each names a section that is there."""

import re
from pathlib import Path

import pytest

from tongban.conformance.rules import RULES

SPEC = Path(__file__).resolve().parents[2] / "spec"
ROW = re.compile(r"^\| `([a-z_.]+)` \| \[([^,]+), ([^\]]+)\]\([^)]+\) \| (.+) \|$", re.MULTILINE)


def test_the_specification_lists_the_rules_in_their_order_with_section_and_words() -> None:
    listed = ROW.findall((SPEC / "conformance.md").read_text(encoding="utf-8"))
    assert listed == [(rule.id, rule.document, rule.heading, rule.asks.en) for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_section_of_a_rule_is_there(rule: object) -> None:
    document, heading = getattr(rule, "document", ""), getattr(rule, "heading", "")
    text = (SPEC / document).read_text(encoding="utf-8")
    assert re.search(rf"^#+ {re.escape(heading)}$", text, re.MULTILINE)


def test_no_two_rules_share_a_name() -> None:
    names = [rule.id for rule in RULES]
    assert len(set(names)) == len(names)


def test_every_rule_says_what_it_asks_for_in_both_languages() -> None:
    assert all(re.search("[\u4e00-\u9fff]", rule.asks.zh) and rule.asks.en for rule in RULES)
