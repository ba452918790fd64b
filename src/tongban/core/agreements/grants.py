"""What one document grants, looked up by who, for whom and which item."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tongban.core.agreements.document import Document, Instrument
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power

#: (granter, grantee, item); an instrument leaves granter and grantee empty and names the item by
#: its catalogue code.
GrantKey = tuple[str, str, str]
#: The powers that a clause grants in each mode.
Scope = Mapping[Mode, frozenset[Power]]
NO_POWER: frozenset[Power] = frozenset()
#: What clauses say of what none of them names.
NOTHING: Mapping[str, Scope] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentGrants:
    """The clauses of one document by what they grant, in their order.

    A document never changes, so this is made once for each digest (`Indexed`).
    """

    clauses: Mapping[GrantKey, Mapping[str, Scope]]
    directions: frozenset[tuple[str, str]]

    def any_in(self, key: GrantKey, mode: Mode) -> bool:
        """Whether a clause grants any power at all in this mode."""
        return any(scope.get(mode) for scope in self.clauses.get(key, NOTHING).values())


#: Gives the grants of a document with this digest, however often it is asked.
Indexed = Callable[[str, Document], DocumentGrants]


def grants_of(_digest: str, document: Document) -> DocumentGrants:
    """What a document grants, read from it anew."""
    clauses: dict[GrantKey, dict[str, Scope]] = {}
    for key, number, scope in _lines(document):
        numbers = clauses.setdefault(key, {})
        known = numbers.get(number)
        numbers[number] = _joined(known, scope) if known is not None else scope
    directions = frozenset((granter, grantee) for granter, grantee, _ in clauses if granter)
    return DocumentGrants(clauses=clauses, directions=directions)


def _lines(document: Document) -> Iterator[tuple[GrantKey, str, Scope]]:
    if isinstance(document, Instrument):
        for published in document.clauses:
            scope = dict.fromkeys(published.modes, frozenset(published.powers))
            for code in published.catalogue_codes:
                yield ("", "", code), published.number, scope
        return
    for clause in document.clauses:
        for grant in clause.grants:
            # One scope for all its items: a list may name thousands.
            scope = dict.fromkeys(grant.modes, frozenset(grant.powers))
            for item in grant.items:
                yield (grant.granter, grant.grantee, item), clause.number, scope


def _joined(one: Scope, other: Scope) -> Scope:
    """What two grants of one clause give together."""
    modes = dict.fromkeys((*one, *other))
    return {mode: one.get(mode, NO_POWER) | other.get(mode, NO_POWER) for mode in modes}
