"""What a text lets another do, for what, and what becomes of cases under way when it ends."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

_AUTHORISE = "tongban.core.agreements.authorise"

IN_TERMS: Sequence[Bug] = (
    Bug(
        name="cases_under_way_always_finish",
        module=_AUTHORISE,
        before="document.run_off is RunOff.FINISH\n",
        after="document.run_off in RunOff\n",
        breaks="What two cities agreed to stop goes on in the name of one of them.",
    ),
    Bug(
        name="cases_under_way_never_finish",
        module=_AUTHORISE,
        before="    if line.state.document == wanted.under_way and _finishes(line):\n",
        after="    if line.state.document == wanted.item and _finishes(line):\n",
        breaks="What a counter had begun before the end comes back refused.",
    ),
    Bug(
        name="suspended_items_go_on",
        module="tongban.core.agreements.evolve",
        before="        by=writer, ground=event.ground, items=event.items, at=entry.at,",
        after="        by=writer, ground=event.ground, items=event.items[:1], at=entry.at,",
        breaks="Of several items that one side stopped all but one are taken in all the same.",
    ),
    Bug(
        name="originals_are_checked_by_anybody",
        module="tongban.core.agreements.state",
        before="                if scope.get(mode, NO_POWER).issuperset(powers):\n",
        after="                if scope.get(mode, NO_POWER).issuperset(powers[:1]):\n",
        breaks="A counter vouches for papers that nobody let it look at.",
    ),
    Bug(
        name="nobody_takes_a_delivery_back",
        module="tongban.core.cases.taking_back",
        before="    return delegated and writer == state.competent\n",
        after="    return delegated and writer == state.item\n",
        breaks="What was decided before an agreement ended is handed out by nobody.",
    ),
)
