"""The demonstration's agreements with other powers than they grant, for tests."""

from dataclasses import replace

from tongban.catalogue import load_agreements
from tongban.core.agreements.agreement import Agreement
from tongban.core.cases.process import Power


def granting(
    one: str,
    other: str,
    *,
    more: frozenset[Power] = frozenset(),
    less: frozenset[Power] = frozenset(),
) -> Agreement:
    """The agreement between two nodes with more, or fewer, powers in each grant."""
    agreement = next(each for each in load_agreements() if each.nodes == {one, other})

    def powers(granted: tuple[Power, ...]) -> tuple[Power, ...]:
        return tuple(power for power in Power if power in ({*granted} | more) - less)

    clauses = (
        replace(each, grants=tuple(replace(g, powers=powers(g.powers)) for g in each.grants))
        for each in agreement.clauses
    )
    return replace(agreement, clauses=tuple(clauses))
