"""Where a document stands between two nodes on one day, for registers and calendars."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from tongban.core.agreements.authorise import why_stopped
from tongban.core.agreements.document import Agreement, Document
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import PairAgreements
from tongban.core.china_time import china_day

#: So many days before the last one officers are warned (到期预警).
WARNING_DAYS = (90, 30, 7)


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentStanding:
    """Whether a document carries new acts.

    ground: why none of its items does, None while at least one does. stopped: the items that are
    stopped, in their order. unsigned: nodes of the parties whose signature is not known here.
    last_day: by its text or a termination, None where it never ends. days_left: from the day asked
    until the last one; negative once that has passed. unpublished: nodes of the parties that have
    yet to publish it before it has effect.
    """

    ground: AgreementGround | None
    stopped: tuple[str, ...]
    unsigned: tuple[str, ...]
    last_day: date | None
    days_left: int | None
    unpublished: tuple[str, ...] = ()

    @property
    def in_force(self) -> bool:
        """Whether it carries new acts for some item."""
        return self.ground is None

    @property
    def warning(self) -> int | None:
        """The latest of the warnings that has come due, in days; None before and after."""
        left = self.days_left
        if left is None or left < 0:
            return None
        return min((days for days in WARNING_DAYS if left <= days), default=None)


def standing_of(pair: PairAgreements, digest: str, at: datetime) -> DocumentStanding:
    """Where a known document stands at an instant, by the rule that acts are held to."""
    state, document = pair.states[digest], pair.documents[digest]
    items = items_of(document)
    grounds = {item: why_stopped(pair, state, item, at) for item in items}
    found = list(grounds.values()) or [why_stopped(pair, state, "", at)]
    last = min((day for day in (document.valid_until, state.ended_on) if day), default=None)
    return DocumentStanding(
        ground=None if None in found else Counter(found).most_common(1)[0][0],
        stopped=tuple(item for item, ground in grounds.items() if ground is not None),
        unsigned=tuple(node for node in _signers(document) if not state.signed_by(node)),
        last_day=last,
        days_left=(last - china_day(at)).days if last else None,
        unpublished=state.unpublished(document) if isinstance(document, Agreement) else (),
    )


def items_of(document: Document) -> tuple[str, ...]:
    """Implementation codes that its grants name, each once; an instrument's are open-ended."""
    if not isinstance(document, Agreement):
        return ()
    grants = (grant for clause in document.clauses for grant in clause.grants)
    return tuple(dict.fromkeys(item for grant in grants for item in grant.items))


def _signers(document: Document) -> tuple[str, ...]:
    if not isinstance(document, Agreement):
        return ()
    return tuple(party.node for party in document.parties)
