"""The register (登记簿): every document between this place and its partners, and how it stands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from tongban.agreements.labels import listed
from tongban.core.agreements.commands import Cite, Offer, Sign
from tongban.core.agreements.document import Agreement, Document
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.standing import DocumentStanding, standing_of
from tongban.core.agreements.state import AgreementState
from tongban.core.entry import SubjectKind
from tongban.core.grounds import words_for
from tongban.node.between import Between, between
from tongban.pages.components import Tone
from tongban.pages.dates import day_words, short_day_words
from tongban.pages.node_access import now
from tongban.pages.places import name_of_node
from tongban.pages.sides import mark_words
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class AtPartner:
    """One document between here and one partner; state: None while even the offer waits here."""

    between: Between
    state: AgreementState | None
    standing: DocumentStanding | None
    document: Document
    digest: str

    @property
    def partner(self) -> str:
        """The partner's place."""
        return name_of_node(self.between.peer)

    @property
    def waits(self) -> bool:
        """Whether something that people here did waits for the line."""
        return any(command.document == self.digest for command in self.between.waiting)

    @property
    def unconfirmed(self) -> bool:
        """Whether a receipt is outstanding for something that was sent."""
        return bool(self.between.unconfirmed(self.digest))

    @property
    def words(self) -> str:
        """How it stands, plainly."""
        if self.state is None or self.standing is None:
            return gettext("还没有送出，等线路恢复")
        if self.standing.in_force and not self.standing.stopped:
            ends = _terminated(self.document, self.state, self.standing)
            return ends if self.state.ends else gettext("生效中")
        if self.standing.in_force:
            return _partly(self.state, self.standing)
        ground = self.standing.ground or ""
        say = _STOPPED.get(ground)
        if say is None:
            return said(words_for(ground).why)
        return say(self.document, self.state, self.standing)

    @property
    def tone(self) -> Tone:
        """How good that is."""
        if self.standing is None or self.standing.ground in _WAITING:
            return Tone.WAIT
        if not self.standing.in_force:
            return Tone.BAD
        ends = self.state is not None and bool(self.state.ends)
        return Tone.WAIT if self.standing.stopped or ends else Tone.GOOD


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterLine:
    """One document with everything that the register says of it."""

    digest: str
    document: Document
    at: tuple[AtPartner, ...]

    @property
    def is_agreement(self) -> bool:
        """Whether parties sign it; an instrument is cited."""
        return isinstance(self.document, Agreement)

    @property
    def version(self) -> int | None:
        """Only agreements are counted in versions."""
        return self.document.version if isinstance(self.document, Agreement) else None

    @property
    def parties(self) -> str:
        """Names of the parties, or who published it."""
        if isinstance(self.document, Agreement):
            return listed(name_of_node(party.node) for party in self.document.parties)
        return said(self.document.issuer)

    @property
    def standing(self) -> DocumentStanding | None:
        """At the first partner where it stands."""
        return next((each.standing for each in self.at if each.standing), None)

    @property
    def days_words(self) -> str:
        """How long it lasts still."""
        left = self.standing.days_left if self.standing else None
        if left is None or left < 0:
            return ""
        return ngettext("还有 %(days)s 天", "还有 %(days)s 天", left) % {"days": left}

    @property
    def states(self) -> list[AtPartner]:
        """How it stands at each partner, once where it is the same at all."""
        words = {each.words for each in self.at}
        return [self.at[0]] if len(words) == 1 else list(self.at)

    @property
    def awaits_our_signature(self) -> bool:
        """Whether our signature is lacking somewhere, and could still be given."""
        left, me = self.standing.days_left if self.standing else None, whole_node().name
        if not self.is_agreement or (left is not None and left < 0):
            return False
        if any(each.state and each.state.withdrawn for each in self.at):
            return False
        waiting = (command for each in self.at for command in each.between.waiting)
        if any(isinstance(each, Sign) and each.document == self.digest for each in waiting):
            return False
        return any(each.standing is None or me in each.standing.unsigned for each in self.at)

    @property
    def may_be_suspended(self) -> bool:
        """Whether anything is left that this place has not stopped itself."""
        me = whole_node().name
        return self.is_agreement and any(
            not any(not stop.items and not stop.lifts for stop in each.state.stopped_by(me))
            for each in self.at
            if each.state is not None
        )

    @property
    def mark(self) -> str:
        """Of a one-sided record, where a keeper signed something of it for a guest."""
        return mark_words(whole_node().records.of(SubjectKind.AGREEMENT, self.digest).values())

    @property
    def partners(self) -> str:
        """Between which partners and here it stands."""
        return listed(each.partner for each in self.at)


def register() -> list[RegisterLine]:
    """Every document that stands or waits between here and a partner, by number."""
    by_digest: dict[str, list[AtPartner]] = {}
    for peer in whole_node().kernel.peers.names():
        for each in _at(between(whole_node().kernel, peer)):
            by_digest.setdefault(each.digest, []).append(each)
    lines = (
        RegisterLine(digest=digest, document=at[0].document, at=tuple(at))
        for digest, at in by_digest.items()
    )
    return sorted(lines, key=lambda line: (line.document.number, line.version or 0, line.digest))


def line_of(digest: str) -> RegisterLine | None:
    """One line of the register."""
    return next((line for line in register() if line.digest == digest), None)


def _at(found: Between) -> Iterator[AtPartner]:
    for digest, state in found.pair.states.items():
        document = found.pair.documents.get(digest)
        if document is not None:
            standing = standing_of(found.pair, digest, now())
            yield _line(found, digest, document, state, standing)
    for command in found.waiting:
        if isinstance(command, Offer | Cite) and command.document not in found.pair.states:
            document = whole_node().document(command.document)
            if document is not None:
                yield _line(found, command.document, document, None, None)


def _line(
    found: Between,
    digest: str,
    document: Document,
    state: AgreementState | None,
    standing: DocumentStanding | None,
) -> AtPartner:
    return AtPartner(
        between=found, digest=digest, document=document, state=state, standing=standing
    )


def _unsigned(_document: Document, _state: AgreementState, standing: DocumentStanding) -> str:
    if not standing.unsigned:
        return gettext("各方都已签署，等保存方确认")
    names = listed(name_of_node(node) for node in standing.unsigned)
    return gettext("等%(names)s签署") % {"names": names}


def _unpublished(_document: Document, _state: AgreementState, standing: DocumentStanding) -> str:
    names = listed(name_of_node(node) for node in standing.unpublished)
    return gettext("等%(names)s公布") % {"names": names}


def _lapsed(document: Document, _state: AgreementState, _standing: DocumentStanding) -> str:
    named = document.sign_by if isinstance(document, Agreement) else None
    last = named or document.valid_until
    return gettext("到%(day)s没有签齐") % {"day": day_words(last)} if last else ""


def _not_yet(document: Document, _state: AgreementState, _standing: DocumentStanding) -> str:
    return gettext("已经签署，%(day)s起生效") % {"day": day_words(document.valid_from)}


def _expired(document: Document, _state: AgreementState, _standing: DocumentStanding) -> str:
    last = document.valid_until
    return gettext("%(day)s到期") % {"day": day_words(last)} if last else ""


def _suspended(_document: Document, state: AgreementState, _standing: DocumentStanding) -> str:
    return gettext("全部中止：%(who)s") % {"who": _by(state)}


def _partly(state: AgreementState, standing: DocumentStanding) -> str:
    count = len(standing.stopped)
    words = ngettext("部分中止 %(count)s 项：%(who)s", "部分中止 %(count)s 项：%(who)s", count)
    return words % {"count": count, "who": _by(state)}


def _by(state: AgreementState) -> str:
    return listed(
        gettext("%(name)s，%(day)s起")
        % {"name": name_of_node(stop.by), "day": short_day_words(stop.at)}
        for stop in state.suspensions
        if not stop.is_lifted
    )


def _terminated(_document: Document, state: AgreementState, _standing: DocumentStanding) -> str:
    names = listed(dict.fromkeys(name_of_node(line.by) for line in state.ends))
    last = state.ended_on
    return gettext("%(names)s终止，%(day)s是最后一天") % {
        "names": names,
        "day": day_words(last) if last else "",
    }


def _withdrawn(_document: Document, state: AgreementState, _standing: DocumentStanding) -> str:
    by = [line.by for line in state.withdrawals]
    by += [line.said.party for line in state.deposits if line.said.party]
    return gettext("%(names)s在签齐之前撤回") % {"names": listed(map(name_of_node, by))}


_WAITING = (
    AgreementGround.NOT_SIGNED_BY_ALL,
    AgreementGround.NOT_PUBLISHED,
    AgreementGround.NOT_YET_IN_FORCE,
)
_STOPPED: Mapping[str, Callable[[Document, AgreementState, DocumentStanding], str]] = {
    AgreementGround.NOT_SIGNED_BY_ALL: _unsigned,
    AgreementGround.SIGNING_LAPSED: _lapsed,
    AgreementGround.WITHDRAWN: _withdrawn,
    AgreementGround.NOT_PUBLISHED: _unpublished,
    AgreementGround.NOT_YET_IN_FORCE: _not_yet,
    AgreementGround.EXPIRED: _expired,
    AgreementGround.SUSPENDED: _suspended,
    AgreementGround.TERMINATED: _terminated,
}
