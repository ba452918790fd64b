"""Agreements whose texts are looked at; everybody here is made up."""

from dataclasses import replace
from pathlib import Path

import yaml

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.document import parse_agreement
from tongban.core.items.codes import credit_check

EXAMPLE_FILE = Path(__file__).resolve().parents[2] / "docs/reference/agreement-example.yaml"
EXAMPLE = parse_agreement(yaml.safe_load(EXAMPLE_FILE.read_text(encoding="utf-8")))


def large(items: int) -> Agreement:
    """The example with so many items in its first grant."""
    clause = next(clause for clause in EXAMPLE.clauses if clause.grants)
    consent = EXAMPLE.consents[0]
    body = "12330100470113552"
    codes = tuple(f"{body}{credit_check(body)}3{332000000000 + number}" for number in range(items))
    grant = replace(clause.grants[0], items=codes)
    opened = replace(consent, items=codes, item_names=tuple(consent.item_names[0] for _ in codes))
    return replace(EXAMPLE, consents=(opened,), clauses=(replace(clause, grants=(grant,)),))
