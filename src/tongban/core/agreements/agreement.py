"""An agreement between governments (通办合作协议), field by field."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.core.agreements.clauses import Clause, RunOff
from tongban.core.cases.process import LegKind
from tongban.core.later import later
from tongban.core.words import Words

#: As many parties need nobody to put their steps in order.
_PAIR = 2


class Level(StrEnum):
    """How high a party stands; equals sign with equals."""

    STATE = "state"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    DISTRICT = "district"


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyLine:
    """One party: its node, place, level, and the office whose holder signs (no person's name)."""

    node: str
    place: str
    name: Words
    level: Level
    office: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """The 实施主体 that owns the items agrees that the granter's government opens them.

    organisation: its 统一社会信用代码. granter: the node under which it stands. item_names: of the
    items, in their order; empty where they are named by their codes alone.
    """

    organisation: str
    name: Words
    granter: str
    items: tuple[str, ...]
    given_on: date
    item_names: tuple[Words, ...] = later(())


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalityReview:
    """That a party's legal office found the text lawful (合法性审核); number: of its opinion."""

    party: str
    office: Words
    number: str
    reviewed_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicationDuty:
    """Where a party makes the agreement public before it takes effect, and until which day."""

    party: str
    where: Words
    publish_by: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """通办合作协议; valid from the first to the last day, both included, in China time.

    template, supersedes: digests of the template it was made from and of the agreement that it
    replaces; depositary: the party that keeps the signed text for all; each "" where there is
    none. sign_by: the last day on which a party may sign, None where there is none.
    supersedes_also: digests of further agreements that it replaces, such as pilots of pairs.
    """

    number: str
    version: int
    title: Words
    parties: tuple[PartyLine, ...]
    valid_from: date
    valid_until: date
    clauses: tuple[Clause, ...]
    consents: tuple[Consent, ...]
    illustrative: bool = False
    reviews: tuple[LegalityReview, ...] = later(())
    publications: tuple[PublicationDuty, ...] = later(())
    template: str = later("")
    supersedes: str = later("")
    depositary: str = later("")
    sign_by: date | None = later(None)
    supersedes_also: tuple[str, ...] = later(())

    @property
    def replaces(self) -> tuple[str, ...]:
        """Digests of all agreements whose place it takes, where these stand between two parties."""
        return (self.supersedes, *self.supersedes_also) if self.supersedes else ()

    @property
    def run_off(self) -> RunOff:
        """The rule for cases under way; they finish where no clause says otherwise."""
        return next((clause.run_off for clause in self.clauses if clause.run_off), RunOff.FINISH)

    @property
    def unreviewed(self) -> tuple[str, ...]:
        """Nodes of the parties whose legal office has not found it lawful (合法性审核).

        Nobody is where it grants no power. Nothing is refused for it: pages tell who signs.
        """
        if not any(clause.grants for clause in self.clauses):
            return ()
        found = {line.party for line in self.reviews}
        return tuple(party.node for party in self.parties if party.node not in found)

    @property
    def is_deposited(self) -> bool:
        """Whether a depositary puts its formal steps in order: three or more parties, who name one.

        Before authors were asked for one, such texts could do without; each pair went by itself.
        """
        return len(self.parties) > _PAIR and bool(self.depositary)

    @property
    def keepers(self) -> tuple[str, ...]:
        """Who keeps it, one after the other as they leave: the depositary, then in their order."""
        others = (party.node for party in self.parties if party.node != self.depositary)
        return (self.depositary, *others)

    @property
    def nodes(self) -> frozenset[str]:
        """Node names of the parties."""
        return frozenset(party.node for party in self.parties)

    @property
    def notice_days(self) -> int:
        """Calendar days between the receipt of a party's word that it goes and the last day.

        Whether it ends a text of two or leaves one of many: the longest notice about either.
        """
        notices = (notice for clause in self.clauses for notice in clause.notices)
        return max((each.days for each in notices if each.ends), default=0)

    def is_late_to_sign(self, day: date) -> bool:
        """Whether the days for signing are over: with `sign_by`, at the latest with validity.

        Else a text that has expired could take the place of one in force.
        """
        return day > (self.sign_by or self.valid_until)

    def leg_days(self, clause: str, leg: LegKind) -> int | None:
        """Working days promised for a leg of a case under a clause, the fewest; None for none.

        A clause that grants nothing speaks for the whole agreement.
        """
        clauses = (each for each in self.clauses if each.number == clause or not each.grants)
        limits = (line for each in clauses for line in each.limits if line.runs)
        return min((each.working_days for each in limits if each.leg is leg), default=None)

    def party(self, node: str) -> PartyLine | None:
        """The party that this node stands for."""
        return next((party for party in self.parties if party.node == node), None)

    def clause(self, number: str) -> Clause | None:
        """The clause with this number."""
        return next((clause for clause in self.clauses if clause.number == number), None)
