"""The reply sheet (回复表): what a guest fills in, and what of it can be recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tongban.core.plain_codes import is_number
from tongban.core.words import Words
from tongban.pages.defects import DEFECTS
from tongban.workbench.reasons import NOT_ACCEPTED, REFUSED


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row of the sheet; cell: where the answer stands. hint: how to fill it in."""

    cell: str
    label: Words
    hint: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """What is wrong with one cell, and what to do."""

    cell: str
    what: Words
    remedy: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the guest says that it did.

    codes: of materials that it wants again. ground: why it refuses, or what is wrong with them, "".
    """

    case: str
    act: str
    day: date
    number: str
    reason: str = field(repr=False)
    codes: tuple[str, ...]
    ground: str


#: 办理行为, by what the guest chooses on the sheet.
ACTS: Mapping[str, str] = {
    "受理": "accept",
    "不予受理": "refuse_acceptance",
    "一次性告知": "notify_correction",
    "准予": "grant",
    "不予": "refuse",
}

LINES: Mapping[str, Line] = {
    "case": Line(
        cell="B2",
        label=Words(zh="办件编号", en="case"),
        hint=Words(zh="已填好，请不要改", en="filled in; leave it as it is"),
    ),
    "act": Line(
        cell="B3",
        label=Words(zh="办理行为", en="what was done"),
        hint=Words(zh="从列表中选一个", en="choose one of the list"),
    ),
    "day": Line(
        cell="B4",
        label=Words(zh="办理日期", en="day"),
        hint=Words(zh="文书上的日期，如 2026-11-23", en="that of the paper, as 2026-11-23"),
    ),
    "number": Line(
        cell="B5",
        label=Words(zh="文号", en="number of the paper"),
        hint=Words(zh="受理、准予必填", en="needed to accept or grant"),
    ),
    "reason": Line(
        cell="B6",
        label=Words(zh="理由和说明", en="reasons and remarks"),
        hint=Words(
            zh="不予受理、不予、一次性告知必填", en="needed to refuse or to ask for correction"
        ),
    ),
    "codes": Line(
        cell="B7",
        label=Words(zh="要补正的材料代码", en="codes of materials to mend"),
        hint=Words(
            zh="一次性告知必填，多个用逗号分开", en="needed to ask for correction, commas between"
        ),
    ),
    "ground": Line(
        cell="B8",
        label=Words(zh="情形", en="ground"),
        hint=Words(
            zh="不予受理、不予、一次性告知必填，从列表中选一个",
            en="needed to refuse or to ask for correction; choose one of the list",
        ),
    ),
}
#: 情形 of each act that needs one, by what the guest chooses on the sheet.
GROUNDS: Mapping[str, Mapping[str, str]] = {
    act: {words.zh: code for code, words in table.items()}
    for act, table in (
        ("refuse_acceptance", NOT_ACCEPTED),
        ("notify_correction", DEFECTS),
        ("refuse", REFUSED),
    )
}
_NEEDED = {
    "accept": ("number",),
    "refuse_acceptance": ("reason", "ground"),
    "notify_correction": ("reason", "codes", "ground"),
    "grant": ("number",),
    "refuse": ("reason", "ground"),
}


def check(
    cells: Mapping[str, str], *, case: str, materials: frozenset[str], today: date
) -> Reply | tuple[Mistake, ...]:
    """The reply that stands in the cells, or everything that is wrong with it."""
    mistakes = tuple(_mistakes(cells, case=case, materials=materials, today=today))
    if mistakes:
        return mistakes
    return Reply(
        case=case,
        act=ACTS[cells["B3"]],
        day=date.fromisoformat(cells["B4"]),
        number=cells["B5"],
        reason=cells["B6"],
        codes=codes_of(cells["B7"]),
        ground=GROUNDS.get(ACTS[cells["B3"]], {}).get(cells["B8"], ""),
    )


def codes_of(text: str) -> tuple[str, ...]:
    """Codes with commas between, Chinese or Latin."""
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _mistakes(
    cells: Mapping[str, str], *, case: str, materials: frozenset[str], today: date
) -> Iterator[Mistake]:
    if cells["B2"] != case:
        yield _mistake(
            "case",
            ("不是这个办件的编号", "this is not the number of the case"),
            (f"应为 {case}；请用随件寄出的回复表", f"it is {case}; use the sheet that was sent"),
        )
    act = ACTS.get(cells["B3"])
    if act is None:
        yield _mistake(
            "act",
            ("不认识这个办理行为", "nobody knows this act"),
            (f"请填{'、'.join(ACTS)}之一", f"write one of {', '.join(ACTS)}"),
        )
    yield from _of_day(cells["B4"], today)
    yield from _of_fields(cells, act or "")
    unknown = [code for code in codes_of(cells["B7"]) if code not in materials]
    if unknown:
        yield _mistake(
            "codes",
            (f"没有代码为 {unknown[0]} 的材料", f"no material has the code {unknown[0]}"),
            ("请按材料清单上的代码填写", "take the codes from the list of materials"),
        )


def _of_fields(cells: Mapping[str, str], act: str) -> Iterator[Mistake]:
    for name in _NEEDED.get(act, ()):
        if not cells[LINES[name].cell]:
            yield _mistake(
                name,
                ("这里必须填写", "this is needed"),
                (f"请填写{LINES[name].label.zh}", f"write the {LINES[name].label.en}"),
            )
    if cells["B5"] and not is_number(cells["B5"]):
        yield _mistake(
            "number",
            ("不是文号", "this is no number of a paper"),
            (
                "请写成 合市监受〔2026〕12号 或者 SL-12 这样",
                "write it as 合市监受〔2026〕12号 or SL-12",
            ),
        )
    grounds = GROUNDS.get(act, {})
    if grounds and cells["B8"] and cells["B8"] not in grounds:
        yield _mistake(
            "ground",
            ("这个办理行为没有这种情形", "this act has no such ground"),
            (f"请填{'、'.join(grounds)}之一", f"write one of {', '.join(grounds)}"),
        )


def _of_day(text: str, today: date) -> Iterator[Mistake]:
    remedy = ("请写成 2026-11-23 这样", "write it as 2026-11-23")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield _mistake("day", ("不是日期", "this is no day"), remedy)
        return
    if day > today:
        yield _mistake("day", ("日期还没有到", "the day is yet to come"), remedy)


def _mistake(line: str, what: tuple[str, str], remedy: tuple[str, str]) -> Mistake:
    return Mistake(
        cell=LINES[line].cell,
        what=Words(zh=what[0], en=what[1]),
        remedy=Words(zh=remedy[0], en=remedy[1]),
    )
