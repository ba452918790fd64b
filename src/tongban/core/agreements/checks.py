"""Whether the parts of an agreement or instrument fit each other; names the field at fault."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tongban.core import canonical
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.author_checks import check_author
from tongban.core.agreements.clauses import Grant
from tongban.core.agreements.instrument import Instrument
from tongban.core.agreements.provision_checks import check_provisions
from tongban.core.faults import DocumentInvalid
from tongban.core.items.codes import (
    is_code,
    is_credit_code,
    is_implementation_code,
    is_place_code,
    owner_of,
)

_PAIR = 2


def check_new_agreement(agreement: Agreement) -> Agreement:
    """The same agreement, when besides it keeps what was asked of authors only later.

    Raises DocumentInvalid.
    """
    check_agreement(agreement)
    if len(agreement.parties) > _PAIR and not agreement.depositary:
        raise DocumentInvalid(
            "depositary", "nobody keeps the signed text of three or more parties", "name one"
        )
    check_author(agreement)
    return agreement


def check_agreement(agreement: Agreement) -> Agreement:
    """The same agreement, when its parts fit each other; raises DocumentInvalid."""
    _check_parties(agreement)
    if agreement.valid_until < agreement.valid_from:
        raise DocumentInvalid("valid_until", "the last day lies before the first")
    if agreement.sign_by and agreement.sign_by > agreement.valid_until:
        raise DocumentInvalid("sign_by", "it lies after the last day")
    check_numbers([clause.number for clause in agreement.clauses])
    _check_consents(agreement)
    consented = _consented(agreement)
    for where, grant in _grants(agreement):
        _check_grant(agreement, grant, where, consented)
    _check_limits(agreement)
    check_provisions(agreement)
    _check_before_effect(agreement)
    _check_references(agreement)
    return agreement


def check_instrument(instrument: Instrument) -> Instrument:
    """The same instrument, when its parts fit each other; raises DocumentInvalid."""
    check_numbers([clause.number for clause in instrument.clauses])
    return instrument


def _check_parties(agreement: Agreement) -> None:
    if len(agreement.nodes) < _PAIR or len(agreement.nodes) != len(agreement.parties):
        raise DocumentInvalid("parties", "an agreement has two or more different parties")
    for index, party in enumerate(agreement.parties):
        if not is_place_code(party.place):
            raise DocumentInvalid(f"parties[{index}].place", "not a place code of 6 digits")


def _grants(agreement: Agreement) -> Iterator[tuple[str, Grant]]:
    for first, clause in enumerate(agreement.clauses):
        for second, grant in enumerate(clause.grants):
            yield f"clauses[{first}].grants[{second}]", grant


def check_numbers(numbers: list[str]) -> None:
    """Clauses have each a number of its own; raises DocumentInvalid."""
    for number, times in Counter(numbers).items():
        if times > 1:
            raise DocumentInvalid("clauses", f"the number {number} appears {times} times")
        if not is_code(number):
            raise DocumentInvalid("clauses", f"the number {number} is not printable ASCII")


def _check_consents(agreement: Agreement) -> None:
    for index, consent in enumerate(agreement.consents):
        where = f"consents[{index}]"
        if consent.granter not in agreement.nodes:
            raise DocumentInvalid(f"{where}.granter", "not a party")
        if not is_credit_code(consent.organisation):
            raise DocumentInvalid(f"{where}.organisation", "the check character does not fit")
        for item in consent.items:
            if not is_implementation_code(item) or owner_of(item) != consent.organisation:
                raise DocumentInvalid(f"{where}.items", f"{item} is not the organisation's own")
        if consent.item_names and len(consent.item_names) != len(consent.items):
            raise DocumentInvalid(f"{where}.item_names", "there is not one name for each item")


def _consented(agreement: Agreement) -> Mapping[str, set[str]]:
    """Items that their owners opened, by granter."""
    consented: dict[str, set[str]] = defaultdict(set)
    for consent in agreement.consents:
        consented[consent.granter].update(consent.items)
    return consented


def _check_grant(
    agreement: Agreement, grant: Grant, where: str, consented: Mapping[str, set[str]]
) -> None:
    if grant.granter == grant.grantee or {grant.granter, grant.grantee} - agreement.nodes:
        raise DocumentInvalid(where, "granter and grantee are two different parties")
    for item in grant.items:
        if item not in consented[grant.granter]:
            raise DocumentInvalid(f"{where}.items", f"the owner of {item} has not consented")
    if grant.daily_limit < 0:
        raise DocumentInvalid(f"{where}.daily_limit", "fewer than none", "0 means without a limit")


def _check_limits(agreement: Agreement) -> None:
    """One direction of one clause has one limit a day: intakes are counted by clause."""
    limits: dict[tuple[str, str, str], int] = {}
    for where, grant in _grants(agreement):
        clause, _, _ = where.partition(".")
        direction = (clause, grant.granter, grant.grantee)
        if limits.setdefault(direction, grant.daily_limit) != grant.daily_limit:
            raise DocumentInvalid(
                f"{where}.daily_limit",
                "the clause has another limit in the same direction",
                "write the same limit, or make two clauses of it",
            )


def _check_before_effect(agreement: Agreement) -> None:
    """Legality reviews and publication come before the first day of validity, or on it."""
    _check_once("reviews", agreement, (line.party for line in agreement.reviews))
    for index, review in enumerate(agreement.reviews):
        if not review.number:
            raise DocumentInvalid(f"reviews[{index}].number", "the opinion has no number")
        if review.reviewed_on > agreement.valid_from:
            raise DocumentInvalid(
                f"reviews[{index}].reviewed_on", "the review comes after the agreement's effect"
            )
    _check_once("publications", agreement, (line.party for line in agreement.publications))
    for index, duty in enumerate(agreement.publications):
        if duty.publish_by > agreement.valid_from:
            raise DocumentInvalid(
                f"publications[{index}].publish_by", "published after the agreement's effect"
            )


def _check_once(field: str, agreement: Agreement, parties: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, party in enumerate(parties):
        where = f"{field}[{index}].party"
        if party not in agreement.nodes:
            raise DocumentInvalid(where, "not a party")
        if party in seen:
            raise DocumentInvalid(where, "the party has such a line already")
        seen.add(party)


def _check_references(agreement: Agreement) -> None:
    if agreement.depositary and agreement.depositary not in agreement.nodes:
        raise DocumentInvalid("depositary", "not a party")
    for field, digest in (
        ("template", agreement.template),
        ("supersedes", agreement.supersedes),
    ):
        if digest and not canonical.is_digest(digest):
            raise DocumentInvalid(field, "not the digest of a document")
    _check_also(agreement)


def _check_also(agreement: Agreement) -> None:
    seen = {agreement.supersedes}
    for index, digest in enumerate(agreement.supersedes_also):
        where = f"supersedes_also[{index}]"
        if not agreement.supersedes:
            raise DocumentInvalid(where, "name the first one in `supersedes`")
        if not canonical.is_digest(digest):
            raise DocumentInvalid(where, "not the digest of a document")
        if digest in seen:
            raise DocumentInvalid(where, "named before")
        seen.add(digest)
