"""What nobody should be asked to sign is refused where it is written, with its place."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml

from tongban.core.agreements.document import document_bytes, parse_agreement, read_document
from tongban.core.faults import DocumentInvalid

from .talks import AGREEMENT

Text = dict[str, Any]
FIRST = next(
    index for index, clause in enumerate(AGREEMENT.clauses) if clause.grants and clause.limits == ()
)
GRANT = f"clauses[{FIRST}].grants[0]"


def text() -> Text:
    plain = yaml.safe_load(document_bytes(AGREEMENT))
    assert isinstance(plain, dict)
    return deepcopy(plain)


def grant(plain: Text) -> Text:
    found: Text = plain["clauses"][FIRST]["grants"][0]
    return found


def with_run_off(plain: Text) -> None:
    for clause in plain["clauses"][:2]:
        clause["run_off"] = "stop"


def with_limit(plain: Text) -> None:
    plain["clauses"][0]["limits"] = [{"leg": "intake", "working_days": -1}]


def with_endless_limit(plain: Text) -> None:
    plain["clauses"][0]["limits"] = [{"leg": "review", "working_days": 1_001}]


def with_liaison(plain: Text) -> None:
    office = {"node": "wuhu.g60.demo", "office": {"zh": "a", "en": "a"}, "phone": "1"}
    plain["clauses"][0]["liaison"] = [office]


def with_odd_node(plain: Text) -> None:
    name = plain["parties"][0]["node"]
    renamed = yaml.safe_load(yaml.safe_dump(plain).replace(name, "Odd Name"))
    plain.clear()
    plain.update(renamed)


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (with_odd_node, "parties[0].node"),
        (lambda plain: plain.update(number=" "), "number"),
        (lambda plain: plain.update(version=0), "version"),
        (lambda plain: plain["title"].update(en=""), "title.en"),
        (lambda plain: plain["parties"][0]["office"].update(zh=""), "parties[0].office.zh"),
        (lambda plain: plain["parties"][0]["office"].update(zh="甲\n乙"), "parties[0].office.zh"),
        (lambda plain: plain["clauses"][0]["text"].update(zh="a\u202eb"), "clauses[0].text.zh"),
        (lambda plain: plain["clauses"][0]["text"].update(zh="a\x07b"), "clauses[0].text.zh"),
        (lambda plain: plain["clauses"][0]["title"].update(en="a\nb"), "clauses[0].title.en"),
        (lambda plain: grant(plain).update(powers=[]), f"{GRANT}.powers"),
        (lambda plain: grant(plain).update(powers=["notify"]), f"{GRANT}.powers"),
        (lambda plain: grant(plain).update(modes=[]), f"{GRANT}.modes"),
        (lambda plain: grant(plain).update(items=[]), f"{GRANT}.items"),
        (
            lambda plain: plain["consents"][0].update(given_on="2099-01-01"),
            "consents[0].given_on",
        ),
        (with_limit, "clauses[0].limits[0].working_days"),
        (with_endless_limit, "clauses[0].limits[0].working_days"),
        (with_run_off, "clauses[1].run_off"),
        (with_liaison, "clauses[0].liaison[0].node"),
    ],
)
def test_a_new_text_is_refused_with_the_place(spoil: Callable[[Text], None], where: str) -> None:
    plain = text()
    spoil(plain)
    with pytest.raises(DocumentInvalid) as refused:
        parse_agreement(plain)
    assert refused.value.field == where


def test_words_of_a_clause_may_run_over_lines() -> None:
    plain = text()
    plain["clauses"][0]["text"].update(zh="一\n二", en="one\ntwo")
    assert parse_agreement(plain).clauses[0].text.zh == "一\n二"


def test_what_was_signed_before_stays_readable() -> None:
    data = document_bytes(parse_agreement(text())).replace(b'"version":1', b'"version":0')
    assert read_document(data)
