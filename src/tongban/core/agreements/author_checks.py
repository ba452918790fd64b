"""What authors of an agreement are asked for besides its parts fitting each other.

Texts that were signed before a check was there stay readable: these bind who writes a new one.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.clauses import LEG_DAYS_MAX, Grant
from tongban.core.cases.process import NEEDED_WITH
from tongban.core.china_time import days_after
from tongban.core.faults import DocumentInvalid
from tongban.core.words import Words
from tongban.evidence.names import is_node_name

#: A hundred years, and three: nobody means more, and calendars end.
VALID_DAYS_MAX, NOTICE_DAYS_MAX = 36_525, 1_096
#: Controls and format characters, which nobody sees: what is read must be what is signed.
_UNSEEN = frozenset({"Cc", "Cf"})


def check_author(agreement: Agreement) -> None:
    """Raise DocumentInvalid for the first thing that nobody should be asked to sign."""
    _check_characters(agreement)
    _check_named(agreement)
    _check_grants(agreement)
    _check_days(agreement)
    _check_notices(agreement)
    _check_run_off(agreement)
    _check_liaison(agreement)


def _check_characters(agreement: Agreement) -> None:
    for where, text in _texts(agreement, ""):
        # The words of a clause may run over several lines; everything else stands on one.
        allowed = "\n" if ".text." in where else ""
        for char in text:
            if unicodedata.category(char) in _UNSEEN and char not in allowed:
                raise DocumentInvalid(
                    where,
                    f"an invisible character U+{ord(char):04X}",
                    "write it anew on one line, without what cannot be seen",
                )


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Every text of the document with its path."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _texts(each, f"{where}[{index}]")
    elif is_dataclass(value):
        for field in fields(value):
            below = f"{where}.{field.name}" if where else field.name
            yield from _texts(getattr(value, field.name), below)


def _check_named(agreement: Agreement) -> None:
    if not agreement.number.strip():
        raise DocumentInvalid("number", "it has none", "give it one, such as G60-2026-07")
    if agreement.version < 1:
        raise DocumentInvalid("version", "the first version is 1")
    _check_words("title", agreement.title)
    for index, party in enumerate(agreement.parties):
        if not is_node_name(party.node):
            raise DocumentInvalid(
                f"parties[{index}].node",
                f"{party.node!r} cannot be the name of a node",
                "write the name that the city's node has, such as suzhou",
            )
        _check_words(f"parties[{index}].name", party.name)
        _check_words(f"parties[{index}].office", party.office)


def _check_words(where: str, words: Words) -> None:
    for language in ("zh", "en"):
        if not getattr(words, language).strip():
            raise DocumentInvalid(f"{where}.{language}", "nothing is written", "write it")


def _check_grants(agreement: Agreement) -> None:
    for first, clause in enumerate(agreement.clauses):
        for second, grant in enumerate(clause.grants):
            for name in ("items", "modes", "powers"):
                if not getattr(grant, name):
                    raise DocumentInvalid(
                        f"clauses[{first}].grants[{second}].{name}",
                        "a grant without any grants nothing",
                        "name one, or leave the grant out",
                    )
            _check_powers(f"clauses[{first}].grants[{second}].powers", grant)


def _check_powers(where: str, grant: Grant) -> None:
    for power in grant.powers:
        for other in NEEDED_WITH.get(power, ()):
            if other not in grant.powers:
                raise DocumentInvalid(
                    where, f"{power} is of no use without {other}", f"grant {other} with it"
                )


def _check_days(agreement: Agreement) -> None:
    if agreement.valid_until > days_after(agreement.valid_from, VALID_DAYS_MAX):
        raise DocumentInvalid(
            "valid_until", f"more than {VALID_DAYS_MAX} days after the first", "agree on a renewal"
        )
    for index, consent in enumerate(agreement.consents):
        if consent.given_on > agreement.valid_from:
            raise DocumentInvalid(
                f"consents[{index}].given_on", "the owner consents after the agreement's effect"
            )
    for first, clause in enumerate(agreement.clauses):
        for second, limit in enumerate(clause.limits):
            if limit.working_days < 0:
                raise DocumentInvalid(
                    f"clauses[{first}].limits[{second}].working_days", "fewer than none"
                )
            if limit.working_days > LEG_DAYS_MAX:
                raise DocumentInvalid(
                    f"clauses[{first}].limits[{second}].working_days",
                    f"more than {LEG_DAYS_MAX} working days",
                )


def _check_notices(agreement: Agreement) -> None:
    for first, clause in enumerate(agreement.clauses):
        for second, notice in enumerate(clause.notices):
            if notice.days > NOTICE_DAYS_MAX:
                raise DocumentInvalid(
                    f"clauses[{first}].notices[{second}].days", f"more than {NOTICE_DAYS_MAX} days"
                )


def _check_run_off(agreement: Agreement) -> None:
    """Else two clauses would say otherwise, and both look as if they counted."""
    with_rule = [index for index, clause in enumerate(agreement.clauses) if clause.run_off]
    if len(with_rule) > 1:
        raise DocumentInvalid(
            f"clauses[{with_rule[1]}].run_off",
            f"clause {agreement.clauses[with_rule[0]].number} has the rule already",
            "leave one of the two",
        )


def _check_liaison(agreement: Agreement) -> None:
    for first, clause in enumerate(agreement.clauses):
        for second, office in enumerate(clause.liaison):
            if office.node not in agreement.nodes:
                raise DocumentInvalid(f"clauses[{first}].liaison[{second}].node", "not a party")
