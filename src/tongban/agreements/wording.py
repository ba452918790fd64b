"""What an agreement says in fields, in the words of the reader and with the places' own names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext

from tongban.agreement_text.clause_blocks import clause_tables
from tongban.agreement_text.text import Table
from tongban.agreement_text.wording import Wording, wording_of
from tongban.agreements.known import direction_words, known_items
from tongban.agreements.labels import (
    level_words,
    listed,
    mode_words,
    power_words,
    run_off_words,
)
from tongban.core.agreements.agreement import Agreement, Consent
from tongban.core.agreements.clauses import Clause, Grant
from tongban.core.words import Words
from tongban.pages.dates import day_words
from tongban.pages.places import name_of_node
from tongban.pages.words import reading_language, said


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is said in fields under one heading, a line each."""

    label: str
    lines: tuple[str, ...]


def names_of_items() -> Mapping[str, Words]:
    """Names in both languages of the items that are known here, by code."""
    return {item.code: item.name for item in known_items()}


def place_wording(agreement: Agreement, names: Mapping[str, Words]) -> Wording:
    """How screens tell an agreement: parties are called by their places and not 甲方."""
    wording = wording_of(agreement, reading_language(), names)
    return replace(
        wording, labels={party.node: name_of_node(party.node) for party in agreement.parties}
    )


def head_facts(agreement: Agreement, wording: Wording) -> Iterator[Facts]:
    """Everything that stands outside the clauses."""
    yield Facts(label=gettext("标题"), lines=(said(agreement.title),))
    yield Facts(label=gettext("编号和版本"), lines=(_numbered(agreement),))
    yield Facts(label=gettext("第一天"), lines=(day_words(agreement.valid_from),))
    yield Facts(label=gettext("最后一天"), lines=(day_words(agreement.valid_until),))
    signing = (day_words(agreement.sign_by),) if agreement.sign_by else ()
    yield Facts(label=gettext("最迟哪天签署"), lines=signing)
    yield Facts(label=gettext("缔约方"), lines=tuple(_parties(agreement)))
    for consent in agreement.consents:
        yield _consent(consent, wording)
    yield Facts(label=gettext("合法性审核"), lines=tuple(_reviews(agreement)))
    yield Facts(label=gettext("生效前的公布"), lines=tuple(_publications(agreement)))
    yield Facts(
        label=gettext("由谁保存签署文本"),
        lines=(name_of_node(agreement.depositary),) if agreement.depositary else (),
    )


def clause_facts(clause: Clause, wording: Wording) -> Iterator[Facts]:
    """What one clause says in fields: grants, the rule for cases under way, and its tables."""
    for grant in clause.grants:
        yield from _grant(grant, wording)
    if clause.run_off:
        label = gettext("协议终止或者中止时")
        yield Facts(label=label, lines=(run_off_words(clause.run_off),))
    for table in clause_tables(clause, wording):
        yield _rows(table)


def grant_words(grant: Grant) -> str:
    """One grant in one line."""
    count = len(grant.items)
    items = ngettext("%(count)s 项事项", "%(count)s 项事项", count) % {"count": count}
    powers = listed(map(power_words, grant.powers))
    return f"{direction_words(grant.granter, grant.grantee)} · {powers} · {items}"


def item_words(code: str, wording: Wording) -> str:
    """An item by its name, where it is known, and its code."""
    name = wording.names.get(code)
    return f"{said(name)} {code}" if name else code


def _grant(grant: Grant, wording: Wording) -> Iterator[Facts]:
    direction = direction_words(grant.granter, grant.grantee)
    rules = [
        gettext("方式：%(modes)s") % {"modes": listed(map(mode_words, grant.modes))},
        gettext("权限：%(powers)s") % {"powers": listed(map(power_words, grant.powers))},
    ]
    if grant.daily_limit:
        rules.append(gettext("每天最多 %(count)s 件") % {"count": grant.daily_limit})
    yield Facts(label=direction, lines=tuple(rules))
    label = gettext("%(direction)s的事项") % {"direction": direction}
    yield Facts(label=label, lines=tuple(item_words(item, wording) for item in grant.items))


def _rows(table: Table) -> Facts:
    """A table without its heads: what its cells mean is plain beside the caption."""
    return Facts(label=table.caption, lines=tuple(" · ".join(row) for row in table.rows))


def _numbered(agreement: Agreement) -> str:
    words = gettext("%(number)s，第 %(version)s 版")
    return words % {"number": agreement.number, "version": agreement.version}


def _parties(agreement: Agreement) -> Iterator[str]:
    for party in agreement.parties:
        parts = (said(party.name), level_words(party.level), said(party.office), party.place)
        yield " · ".join(parts)


def _consent(consent: Consent, wording: Wording) -> Facts:
    names = {"name": said(consent.name), "day": day_words(consent.given_on)}
    return Facts(
        label=gettext("实施机关的同意：%(name)s，%(day)s") % names,
        lines=tuple(item_words(item, wording) for item in consent.items),
    )


def _reviews(agreement: Agreement) -> Iterator[str]:
    for each in agreement.reviews:
        yield f"{said(each.office)} · {each.number} · {day_words(each.reviewed_on)}"


def _publications(agreement: Agreement) -> Iterator[str]:
    for each in agreement.publications:
        yield f"{said(each.where)} · {day_words(each.publish_by)}"
