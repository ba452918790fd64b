"""Consents of owners (实施主体) that a text still lacks before anybody can sign it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tongban.core.agreements.agreement import Agreement, Consent
from tongban.core.items.codes import owner_of
from tongban.core.items.item import Item
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedConsent:
    """What an owner has still to be asked; fields as in Consent, but for the day."""

    organisation: str
    name: Words
    granter: str
    items: tuple[str, ...]
    item_names: tuple[Words, ...]


def owed_consents(agreement: Agreement, items: Mapping[str, Item]) -> tuple[OwedConsent, ...]:
    """By granter and owner, what the text grants without a consent.

    items: by code; one that is not among them is named by its code alone.
    """
    owed: dict[tuple[str, str], list[str]] = {}
    for granter, item in sorted(set(_granted(agreement)) - set(_consented(agreement))):
        owed.setdefault((granter, owner_of(item)), []).append(item)
    return tuple(_owed(*place, codes, items) for place, codes in owed.items())


def with_consent(agreement: Agreement, owed: OwedConsent, given_on: date) -> Agreement:
    """The text once the owner has agreed on a day."""
    consent = Consent(
        organisation=owed.organisation,
        name=owed.name,
        granter=owed.granter,
        items=owed.items,
        given_on=given_on,
        item_names=owed.item_names,
    )
    return replace(agreement, consents=(*agreement.consents, consent))


def _granted(agreement: Agreement) -> Iterator[tuple[str, str]]:
    for clause in agreement.clauses:
        for grant in clause.grants:
            for item in grant.items:
                yield grant.granter, item


def _consented(agreement: Agreement) -> Iterator[tuple[str, str]]:
    for consent in agreement.consents:
        for item in consent.items:
            yield consent.granter, item


def _owed(
    granter: str, organisation: str, codes: list[str], items: Mapping[str, Item]
) -> OwedConsent:
    known = [items[code] for code in codes if code in items]
    bare = Words(zh=organisation, en=organisation)
    return OwedConsent(
        organisation=organisation,
        name=known[0].organisation.name if known else bare,
        granter=granter,
        items=tuple(codes),
        item_names=tuple(item.name for item in known) if len(known) == len(codes) else (),
    )
