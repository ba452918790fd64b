"""What keeps an item from being published, each with the field and a remedy."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tongban.core import canonical
from tongban.core.cases.events import Mode
from tongban.core.faults import DocumentInvalid, NotCanonical
from tongban.core.items.classification import (
    CaseType,
    CodeKind,
    ExerciseLevel,
    ItemType,
    ProcedureKind,
)
from tongban.core.items.codes import ITEM_CODE_MAX
from tongban.core.items.consistency import find_contradictions
from tongban.core.items.document import (
    check_item,
    find_problems,
    item_digest,
    item_document,
    parse_item,
    read_item,
)
from tongban.core.items.explanation import Aspect, Origin, Parameter, Provenance, Unit
from tongban.core.items.form import Field
from tongban.core.items.handling import (
    Condition,
    Fee,
    HandlingItem,
    ModeOffer,
    SpecialProcedure,
    Step,
)
from tongban.core.items.item import Item
from tongban.core.items.lists import FourLists, ListLine, ProviderPlace, Share
from tongban.core.items.material import Signatory
from tongban.core.items.offices import Contact, Counter
from tongban.core.words import Words

from .examples import FOOD, FUND
from .test_items import mapping

WORDS = Words(zh="其他", en="anything")
BLANK = Words(zh=" ", en="")
EMPLOYER = ListLine(
    code="fund_account_record",
    name=Words(zh="住房公积金账户信息", en="Housing fund accounts"),
    provider="housing_fund",
    at=ProviderPlace.COMPETENT,
    share=Share.CONDITIONAL,
    fields=("employer",),
)


def changed(**changes: Any) -> Item:
    return replace(FUND, **changes)


def bad_material(**changes: Any) -> Mapping[str, Any]:
    return {"materials": (replace(FUND.materials[0], **changes), *FUND.materials[1:])}


def lists(line: ListLine) -> Mapping[str, Any]:
    return {"lists": FourLists(data_used=(line,))}


def step(days: int | None) -> Step:
    return Step(name=WORDS, what=WORDS, days=days, basis=WORDS)


def legal(days: int | None) -> Mapping[str, Any]:
    """A limit by law, and a promise of five days."""
    return {"limits": replace(FUND.limits, legal_days=days, promised_days=5, legal_note=WORDS)}


def condition(text: str) -> Mapping[str, Any]:
    """A condition that names an article, which does not make it say more."""
    return {"conditions": (Condition(zh=text, en="Whatever", basis=Words(zh="法", en="law")),)}


ONLINE, OFFLINE = (
    {"modes": (ModeOffer(mode=mode, process=mode),)}
    for mode in (Mode.ALL_ONLINE, Mode.DELEGATED_INTAKE)
)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basic_code": "32"}, "basic_code"),
        ({"level": ExerciseLevel.COUNTY}, "level"),
        ({"case_type": CaseType.INSTANT}, "limits.promised_days"),
        ({"code": "x" * 65, "code_kind": CodeKind.LEGACY}, "code"),
        ({"type_code": ItemType.PENALTY}, "type_code"),
        ({"basic_code": "332099009000"}, "basic_code"),
        ({"aliases": ("长" * 201,)}, "aliases[0]"),
        ({"name": Words(zh="一\n二", en="two")}, "name.zh"),
        ({"name": Words(zh="\u202e一", en="turned")}, "name.zh"),
        ({"summary": Words(zh="一\x07", en="x" * 4_000)}, "summary.zh"),
        ({"summary": Words(zh="一\n二", en="x" * 4_001)}, "summary.en"),
        (bad_material(legal_basis=Words(zh="法\u2066", en="law")), "materials[0].legal_basis.zh"),
        ({"limits": replace(FUND.limits, promised_days=-1), "steps": ()}, "limits.promised_days"),
        ({"visits": -1}, "visits"),
        (
            {"handling_items": (HandlingItem(code=FUND.code + "1", name=WORDS),)},
            "handling_items[0].code",
        ),
        (
            {
                "handling_items": (
                    HandlingItem(
                        code=FUND.code + "01",
                        name=WORDS,
                        materials=("poem", *(line.code for line in FUND.materials)),
                    ),
                )
            },
            "handling_items[0].materials",
        ),
        (
            {"signatories": (Signatory(code="s", name=WORDS, each=True, materials=("poem",)),)},
            "signatories[0].materials",
        ),
        ({"steps": (step(-1),)}, "steps[0].days"),
        (
            {
                "special_procedures": (
                    SpecialProcedure(
                        name=WORDS, kind=ProcedureKind.OTHER, days=0, basis=WORDS, counted=True
                    ),
                )
            },
            "special_procedures[0].days",
        ),
        ({"further_fees": (Fee(amount_fen=0, basis=WORDS),)}, "further_fees[0].amount_fen"),
        ({"fee": Fee(amount_fen=1, basis=WORDS, reduction=WORDS)}, "fee.reducible"),
        (bad_material(copies=-1), "materials[0].copies"),
        (lists(EMPLOYER), "form.fields[4]"),
        (lists(replace(EMPLOYER, fields=(), materials=("poem",))), "lists"),
        (
            {"effective_from": date(2026, 2, 1), "effective_until": date(2026, 1, 1)},
            "effective_until",
        ),
        (
            {"provenance": (Provenance(about=Aspect.NAME, origin=Origin.SOURCED),)},
            "provenance[0].source",
        ),
        ({"visits": 2, "visits_reason": None, **OFFLINE}, "visits_reason"),
        ({"visits": 1, "visits_reason": WORDS, **ONLINE}, "visits"),
        ({"steps": (step(1), step(None), step(21)), **legal(20)}, "steps[2].days"),
        ({"steps": (step(500), step(500)), **legal(20)}, "steps[0].days"),
        ({"steps": (step(6),), **legal(None)}, "steps[0].days"),
        (
            bad_material(name=Words(zh="法律规定的其他材料", en="Whatever the law wants")),
            "materials[0].name.zh",
        ),
        (
            bad_material(name=Words(zh="户口簿", en="The register, etc.")),
            "materials[0].name.en",
        ),
        (condition("符合其他相关条件"), "conditions[0].zh"),
        ({"conditions": (Condition(zh="在本市居住", en="Lives here"),)}, "conditions[0].basis"),
        (
            {"conditions": (Condition(zh="在本市居住", en="Lives here", basis=BLANK),)},
            "conditions[0].basis",
        ),
        ({"steps": (Step(name=WORDS, what=WORDS),)}, "steps[0].basis"),
        ({"steps": (Step(name=WORDS, what=WORDS, basis=BLANK),)}, "steps[0].basis"),
        (
            {"limits": replace(FUND.limits, legal_days=None, legal_note=None)},
            "limits.legal_days",
        ),
        ({"limits": replace(FUND.limits, promised_days=0)}, "limits.promised_days"),
        (bad_material(name=Words(zh="居民身份证", en=" ")), "materials[0].name"),
        ({"legal_basis": ()}, "legal_basis"),
        (
            {"direct_way": replace(FUND.direct_way, url="javascript:alert(1)")},
            "direct_way.url",
        ),
        ({"direct_way": replace(FUND.direct_way, phone="ask there")}, "direct_way.phone"),
        ({"consultation": Contact(words=WORDS, url="www.example.cn")}, "consultation.url"),
        (
            {"counters": (Counter(name=WORDS, address=WORDS, hours=WORDS, phone="-"),)},
            "counters[0].phone",
        ),
        (
            {"parameters": (Parameter(code="p", name=WORDS, value="much", unit=Unit.YUAN),)},
            "parameters[0].value",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_item_is_found_out_by_its_field(changes: dict[str, Any], field: str) -> None:
    problems = list(find_problems(changed(**changes)))
    assert [problem.field for problem in problems] == [field]
    assert problems[0].remedy, problems[0].reason


@pytest.mark.parametrize("days", [None, 20])
def test_a_limit_of_no_days_belongs_to_what_is_done_at_once(days: int | None) -> None:
    limits = replace(FUND.limits, legal_days=days, promised_days=0, legal_note=WORDS)
    promised = changed(limits=limits, steps=(step(0),))
    assert [each.field for each in find_problems(promised)] == ["limits.promised_days"]
    assert list(find_problems(replace(promised, case_type=CaseType.INSTANT))) == []


def test_an_item_of_before_the_rules_on_bases_and_limits_is_still_read() -> None:
    old = changed(
        conditions=(Condition(zh="符合其他相关条件", en="Other conditions"),),
        steps=(Step(name=WORDS, what=WORDS),),
        limits=replace(FUND.limits, legal_days=None, promised_days=0),
    )
    assert read_item(item_document(old)) == old


def test_every_problem_of_an_item_is_found_at_once() -> None:
    bad = changed(visits_reason=None, legal_basis=(), place="33")
    assert {problem.field for problem in find_problems(bad)} == {
        "visits_reason",
        "legal_basis",
        "place",
    }


def test_a_fault_says_what_to_do() -> None:
    with pytest.raises(DocumentInvalid, match="take it out of the form") as caught:
        check_item(changed(**lists(EMPLOYER)))
    assert "政务数据共享条例 19" in caught.value.remedy


def test_steps_may_take_all_of_the_legal_limit_and_more_than_the_promise() -> None:
    assert list(find_problems(changed(steps=(step(5), step(15)), **legal(20)))) == []
    assert list(find_problems(changed(steps=(step(5),), **legal(None)))) == []


def test_what_stops_the_clock_counts_with_no_step() -> None:
    longer = SpecialProcedure(name=WORDS, kind=ProcedureKind.OTHER, days=30, basis=WORDS)
    whole = changed(steps=(step(20),), special_procedures=(longer,), **legal(20))
    assert list(find_problems(whole)) == []


def test_an_item_of_before_the_rules_on_visits_and_steps_is_still_read() -> None:
    old = changed(visits=1, visits_reason=WORDS, steps=(step(500),), **ONLINE)
    assert read_item(item_document(old)) == old


def test_what_is_not_shared_may_be_asked_for() -> None:
    unshared = replace(EMPLOYER, share=Share.NOT_SHARED)
    assert list(find_problems(changed(**lists(unshared)))) == []


@pytest.mark.parametrize("kind", [CodeKind.LOCAL, CodeKind.LEGACY])
def test_a_code_of_other_rules_passes_where_it_says_so(kind: CodeKind) -> None:
    sichuan = "511Z07001006-511602000000-000-11511301008778183N-1-00"
    other = changed(code=sichuan, handling_items=())
    assert next(problem.field for problem in find_contradictions(other)) == "code"
    assert list(find_contradictions(replace(other, code_kind=kind))) == []


@pytest.mark.parametrize("code", ["", ".", "市1", "A B", "HF/2024/17", "7" * (ITEM_CODE_MAX + 1)])
def test_a_code_that_no_page_could_have_an_address_for_is_no_code(code: str) -> None:
    other = changed(code=code, code_kind=CodeKind.LOCAL, handling_items=())
    assert [found.field for found in find_contradictions(other)] == ["code"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (FUND.code[:-1], "has 31 characters, and this has 30"),
        (FUND.code[:17] + ("1" if FUND.code[17] != "1" else "2") + FUND.code[18:], "credit code"),
        (FUND.code[:18] + "9" + FUND.code[19:], "19th character is a level from 1 to 7"),
    ],
)
def test_a_national_code_is_told_what_of_it_does_not_fit(code: str, words: str) -> None:
    (wrong,) = (each for each in find_contradictions(changed(code=code)) if each.field == "code")
    assert words in wrong.reason.en


def test_who_names_nobody_to_ask_names_no_wrong_address() -> None:
    silent = changed(consultation=None, complaint=None)
    assert {each.field for each in find_problems(silent)} <= {"consultation", "complaint"}


def test_a_document_of_before_the_new_rules_is_still_read_and_keeps_its_bytes() -> None:
    plain = mapping()
    for name in ("visits_reason", "provenance", "lists", "steps", "counters", "basic_code"):
        plain.pop(name, None)
    old = replace(parse_item(plain), visits=1, legal_basis=())
    document = item_document(old)
    assert read_item(document) == old
    for key in (b'"lists"', b'"steps"', b'"visits_reason"'):
        assert key not in document


def test_a_later_field_changes_the_digest_as_soon_as_it_says_something() -> None:
    assert item_digest(replace(FOOD, effective_until=date(2030, 1, 1))) != item_digest(FOOD)


def test_an_item_is_in_effect_from_its_first_to_its_last_day() -> None:
    dated = changed(effective_from=date(2026, 1, 1), effective_until=date(2026, 6, 30))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [dated.in_effect_on(day) for day in days] == [False, True, True, False]


def test_fees_and_results_are_the_first_and_what_follows() -> None:
    fees = Fee(amount_fen=1, basis=WORDS), Fee(amount_fen=2, basis=WORDS)
    dear = changed(fee=fees[0], further_fees=fees[1:], further_results=(FUND.result,))
    assert dear.fees == fees
    assert changed(fee=None).fees == ()
    assert dear.results == (FUND.result, FUND.result)


def test_a_form_may_ask_for_what_no_line_brings() -> None:
    asked = Field(name="poem", label=WORDS)
    properties = {**FUND.form.schema["properties"], "poem": {"type": "string"}}
    form = replace(
        FUND.form,
        schema={**FUND.form.schema, "properties": properties},
        fields=(*FUND.form.fields, asked),
    )
    assert list(find_problems(changed(form=form))) == []


@pytest.mark.parametrize("said", [b'"steps":[]', b'"level":null', b'"code_kind":"national"'])
def test_a_later_field_with_its_default_is_not_canonical(said: bytes) -> None:
    key = said.partition(b":")[0].strip(b'"')
    plain = {name: value for name, value in mapping().items() if name != key.decode()}
    plain[key.decode()] = json.loads(b"{" + said + b"}")[key.decode()]
    with pytest.raises(NotCanonical):
        read_item(canonical.encode(plain))


def test_a_form_without_a_schema_is_one_mistake_and_not_one_for_each_field() -> None:
    without = changed(form=replace(FUND.form, schema={}))
    fields = [problem.field for problem in find_contradictions(without)]
    assert fields.count("form.schema.properties") == 1
    assert "form.fields" not in fields
