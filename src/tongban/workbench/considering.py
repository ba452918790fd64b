"""What the node would decide if it were asked now: what may be done, and on which basis.

Pages show a button only where the answer is yes, so they never hold rules of their own.
"""

from dataclasses import replace

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.body import Body
from tongban.core.cases.commands import CaseCommand, TakeIn
from tongban.core.cases.events import CorrectionLine, Delivery
from tongban.core.cases.refusals import CaseGround
from tongban.core.entry import Basis, BasisKind
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.pages.intake_samples import counter_sample
from tongban.pages.node_access import current_node
from tongban.workbench.delivering import may_deliver


def allowed(command: CaseCommand) -> bool:
    """Whether the node would do it now."""
    return not isinstance(current_node().consider(command), Refusal)


def basis_of(command: CaseCommand) -> Basis | Refusal | None:
    """On what it would rest, or why it would be refused; None where it rests on own power."""
    decided = current_node().consider(command)
    if isinstance(decided, Refusal):
        return decided
    return next((line.basis for line in decided if line.basis), None)


def intake_basis(clerk: Person, item: Item, place: str) -> Basis | Refusal | None:
    """On what an intake of this item at this counter would rest, if all papers were there."""
    answers = [basis_of(_intake(clerk, item, place, way)) for way in Delivery]
    return next((answer for answer in answers if not isinstance(answer, Refusal)), answers[0])


def deliveries_offered(clerk: Person, item: Item, place: str) -> list[Delivery]:
    """The ways of delivery that the item's process knows; all of them where intake is refused.

    What this counter would have to hand out or post is left out where no clause lets it deliver.
    """
    ways = [(way, basis_of(_intake(clerk, item, place, way))) for way in _WAYS]
    return [way for way, answer in ways if _is_offered(item, way, answer)]


def may_tell(clerk: Person, item: Item, place: str) -> bool:
    """Whether this counter may tell the applicant in the authority's name what is missing."""
    sample = _intake(clerk, item, place, Delivery.ONLINE)
    letter = Body(name="correction", media="text/plain", content=b"")
    line = CorrectionLine(code="SAMPLE", defect="missing")
    return allowed(replace(sample, notice=(line,), bodies=(*sample.bodies, letter)))


_WAYS = (Delivery.COUNTER, Delivery.POST, Delivery.ONLINE)


def _is_offered(item: Item, way: Delivery, answer: Basis | Refusal | None) -> bool:
    if isinstance(answer, Refusal):
        return answer.ground != CaseGround.DELIVERY_NOT_OFFERED
    in_its_name = answer is not None and answer.kind is not BasisKind.OWN_RIGHT
    return way is Delivery.ONLINE or not in_its_name or may_deliver(item)


def _intake(clerk: Person, item: Item, place: str, way: Delivery) -> TakeIn:
    return counter_sample(item, actor_of(clerk, Role.COUNTER_CLERK), place, way)
