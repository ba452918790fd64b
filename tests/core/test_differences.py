"""What two versions of an agreement differ in, found by name and not by place."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from tongban.core.agreements.differences import Difference, compared, differences, passages
from tongban.core.agreements.document import Agreement, Clause, document_bytes, read_document
from tongban.core.words import Words

from .examples import agreement_between

TEXT = agreement_between("suzhou", "hangzhou")
GRANTING = next(clause for clause in TEXT.clauses if clause.grants)
GRANT = GRANTING.grants[0]
NAMES = (Words(zh="甲", en="A"), Words(zh="乙", en="B"), Words(zh="丙", en="C"))


def with_clause(clause: Clause) -> Agreement:
    clauses = tuple(clause if each.number == clause.number else each for each in TEXT.clauses)
    return replace(TEXT, clauses=clauses)


def test_a_text_does_not_differ_from_itself_however_it_is_ordered() -> None:
    turned = replace(
        TEXT,
        clauses=TEXT.clauses[::-1],
        parties=TEXT.parties[::-1],
        consents=TEXT.consents[::-1],
    )
    assert differences(TEXT, TEXT) == ()
    assert differences(TEXT, turned) == ()


def test_a_plain_field_is_said_with_both_values() -> None:
    (found,) = differences(TEXT, replace(TEXT, valid_until=date(2030, 12, 31)))
    assert found == Difference(path="valid_until", before=str(TEXT.valid_until), after="2030-12-31")


def test_a_clause_that_came_or_went_is_one_difference() -> None:
    new = Clause(number="99", title=Words(zh="新", en="New"), text=Words(zh="新。", en="New."))
    longer = replace(TEXT, clauses=(new, *TEXT.clauses))
    (came,) = differences(TEXT, longer)
    (went,) = differences(longer, TEXT)
    assert (came.path, came.before, came.after["number"]) == ("clauses[99]", None, "99")
    assert (went.path, went.after) == ("clauses[99]", None)


def test_items_of_a_grant_are_a_set() -> None:
    grant = replace(GRANT, items=("new", *GRANT.items[:0:-1]))
    (found,) = differences(
        TEXT, with_clause(replace(GRANTING, grants=(grant, *GRANTING.grants[1:])))
    )
    where = f"clauses[{GRANTING.number}].grants[{GRANT.granter}>{GRANT.grantee}].items"
    assert found == Difference(path=where, before=[GRANT.items[0]], after=["new"])


def test_names_of_items_go_with_their_codes_and_not_with_their_places() -> None:
    consent = replace(TEXT.consents[0], items=("a", "b", "c"), item_names=NAMES)
    named = replace(TEXT, consents=(consent,))
    fewer = replace(named, consents=(replace(consent, items=("c", "b"), item_names=NAMES[:0:-1]),))
    other = (NAMES[0], Words(zh="新", en="New"), NAMES[2])
    renamed = replace(named, consents=(replace(consent, item_names=other),))
    (went,) = differences(named, fewer)
    in_chinese, in_english = differences(named, renamed)
    assert (went.before, went.after) == (["a"], [])
    assert in_chinese.path.endswith(".item_names.b.zh")
    assert (in_english.before, in_english.after) == ("B", "New")


def test_a_code_that_is_written_twice_is_no_difference() -> None:
    grant = replace(GRANT, items=(*GRANT.items, GRANT.items[0]))
    twice = with_clause(replace(GRANTING, grants=(grant, *GRANTING.grants[1:])))
    assert differences(TEXT, twice) == ()


def test_two_grants_between_the_same_parties_are_told_apart() -> None:
    second = replace(GRANT, items=("other",))
    more = with_clause(replace(GRANTING, grants=(GRANT, second, *GRANTING.grants[1:])))
    (found,) = differences(with_clause(replace(GRANTING, grants=GRANTING.grants)), more)
    assert found.path.endswith("#2]")
    assert found.before is None


def test_what_has_no_name_is_compared_in_its_order() -> None:
    found = list(compared("lines", [[1], [2]], [[1], [3], [4]]))
    assert [each.path for each in found] == ["lines[2][1]", "lines[3]"]


def test_words_of_a_sentence_that_changed_are_marked() -> None:
    found = passages("收件后三日内转递。其余不变。", "收件后五日内转递。其余不变。")
    assert [(part.before, part.after) for part in found if not part.same] == [("三", "五")]
    english = passages("within three days", "within five days")
    assert [(part.before, part.after) for part in english if not part.same] == [("three", "five")]


def test_a_sentence_that_came_is_marked_whole() -> None:
    found = passages("甲。乙。", "甲。丙丙。乙。")
    assert [(part.before, part.after) for part in found] == [
        ("甲。", "甲。"),
        ("", "丙丙。"),
        ("乙。", "乙。"),
    ]
    assert passages("", "") == ()


def test_a_text_that_would_take_minutes_counts_as_changed_whole() -> None:
    before, after = "甲乙" * 2000, "乙丙" * 2000
    began = perf_counter()
    assert [(part.before, part.after) for part in passages(before, after)] == [(before, after)]
    assert perf_counter() - began < 1


@given(before=st.text("甲乙。；ab .\n", max_size=60), after=st.text("甲乙。；ab .\n", max_size=60))
def test_passages_give_back_both_texts(before: str, after: str) -> None:
    found = passages(before, after)
    assert "".join(part.before for part in found) == before
    assert "".join(part.after for part in found) == after
    assert all(one.same != two.same for one, two in pairwise(found))


def test_five_thousand_items_in_four_clauses_are_opened_and_compared_within_a_second() -> None:
    owner = TEXT.consents[0]
    items = tuple(f"{owner.organisation}33401{number:08d}" for number in range(5000))
    granting = replace(GRANTING, grants=(replace(GRANT, granter=owner.granter, items=items),))
    others = tuple(replace(granting, number=f"9.{n}") for n in range(3))
    names = tuple(Words(zh=f"虚构事项{n}", en=f"made-up item {n}") for n in range(5000))
    before = replace(
        TEXT,
        clauses=(granting, *others),
        consents=(replace(owner, items=items, item_names=names),),
    )
    after = replace(before, clauses=(replace(granting, grants=GRANTING.grants), *others))
    written = document_bytes(before)
    assert len(written) > 1_000_000
    began = perf_counter()
    assert read_document(written) == before
    assert differences(before, after)
    assert perf_counter() - began < 1


def test_five_thousand_items_are_compared_within_a_second() -> None:
    items = tuple(f"11340100002989551W{number:013d}" for number in range(5000))
    before = with_clause(replace(GRANTING, grants=(replace(GRANT, items=items),)))
    after = with_clause(replace(GRANTING, grants=(replace(GRANT, items=items[:0:-1]),)))
    began = perf_counter()
    (found,) = differences(before, after)
    assert perf_counter() - began < 1
    assert (found.before, found.after) == ([items[0]], [])
