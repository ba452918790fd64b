"""Agreements that are made from templates, and how they depart from them."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from tongban.catalogue import load_templates
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.checks import check_new_agreement
from tongban.core.agreements.clauses import RunOff
from tongban.core.agreements.departures import DepartureKind, departures
from tongban.core.agreements.document import document_bytes, read_document
from tongban.core.agreements.template import (
    Heading,
    TemplateScope,
    draft_from,
    parse_template,
    template_bytes,
    template_digest,
)
from tongban.core.faults import DocumentInvalid
from tongban.core.words import Words

from .parties import THREE
from .talks import AGREEMENT

TEMPLATES = load_templates()
NATIONAL = TEMPLATES["national"]
TITLE = Words(zh="草案", en="Draft")


def draft(name: str = "national", source: Agreement = AGREEMENT, depositary: str = "") -> Agreement:
    heading = Heading(
        number="D-1",
        title=TITLE,
        parties=source.parties,
        valid_from=date(2027, 1, 1),
        valid_until=date(2028, 1, 1),
        depositary=depositary,
    )
    return draft_from(TEMPLATES[name], heading)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_shipped_template_says_that_it_is_made_up_and_whence(name: str) -> None:
    template = TEMPLATES[name]
    assert template.illustrative
    assert template.scope is TemplateScope(name)
    assert "自拟" in template.provenance.zh


def test_a_template_is_named_by_its_bytes() -> None:
    again = parse_template(msgspec.json.decode(template_bytes(NATIONAL)))
    assert template_digest(again) == template_digest(NATIONAL)


def test_a_draft_is_an_agreement_that_departs_from_nothing_and_names_its_template() -> None:
    drafted = draft()
    assert read_document(document_bytes(drafted)) == drafted
    assert drafted.template == template_digest(NATIONAL)
    assert departures(NATIONAL, drafted) == ()


def test_a_draft_for_three_names_its_depositary() -> None:
    with pytest.raises(DocumentInvalid, match="depositary"):
        check_new_agreement(draft("alliance", THREE))
    assert draft("alliance", THREE, "suzhou.g60.demo").is_deposited


def test_every_way_to_depart_is_told_by_clause() -> None:
    drafted = draft()
    first, second, third, *rest = drafted.clauses
    reworded = replace(first, text=Words(zh="另行约定", en="Otherwise"))
    filled = replace(second, grants=AGREEMENT.clauses[1].grants)
    changed = [replace(each, run_off=RunOff.STOP) if each.run_off else each for each in rest]
    own = replace(third, number="99")
    agreement = replace(drafted, clauses=(reworded, filled, *changed, own))
    found = {line.clause: line.kind for line in departures(NATIONAL, agreement)}
    assert found == {
        first.number: DepartureKind.REWORDED,
        second.number: DepartureKind.FILLED_IN,
        third.number: DepartureKind.LEFT_OUT,
        "8.1": DepartureKind.CHANGED,
        "99": DepartureKind.ADDED,
    }


def test_a_template_that_says_nothing_is_refused() -> None:
    plain = msgspec.json.decode(template_bytes(NATIONAL))
    for without, field in (
        (plain | {"clauses": []}, "clauses"),
        (plain | {"title": {"zh": " ", "en": "Agreement"}}, "title.zh"),
    ):
        with pytest.raises(DocumentInvalid) as caught:
            parse_template(without)
        assert caught.value.field == field


def test_a_template_that_names_a_place_is_refused() -> None:
    plain = msgspec.json.decode(template_bytes(NATIONAL))
    plain["clauses"][0]["liaison"] = [
        {"node": "a", "office": {"zh": "办", "en": "office"}, "phone": "1"}
    ]
    with pytest.raises(DocumentInvalid) as caught:
        parse_template(plain)
    assert caught.value.field == "clauses[0].liaison"
