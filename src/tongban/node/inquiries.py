"""Inquiries with partners as this node sees them; they are moved by commands."""

from collections.abc import Sequence
from dataclasses import dataclass

from tongban.core.entry import Entry, SubjectKind
from tongban.core.inquiries.permit import WORDS
from tongban.core.inquiries.precedents import Precedent, precedents
from tongban.core.inquiries.state import InquiryState
from tongban.logs.rows import JournalLine, LogKind
from tongban.node.effects import Effects
from tongban.node.identifiers import negotiation_id
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Work, readable


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """An entry of an inquiry.

    own: this node wrote it. ground: why it took no effect, "" where it did or waits. words: "" of
    what has none, or where they were erased. attachments: names of bodies, such as attachment:1.
    gone: names of those bodies, words or attachments, that are not here any more.
    """

    entry: Entry
    own: bool
    ground: str
    words: str
    attachments: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A precedent with the words of its question and its answer."""

    precedent: Precedent
    partner: str
    question: str
    answer: str


class Inquiries:
    """Names, standings, histories and precedents; each call is a transaction of its own."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def fresh_name(self) -> str:
        """A name that no inquiry has (咨询编号)."""
        now = self._kernel.clock.now()
        return negotiation_id(now, random=self._kernel.randomness.draw(10))

    def with_partner(self, peer: str) -> Sequence[InquiryState]:
        """Every inquiry with a partner, oldest first."""
        with self._kernel.database.read() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            known = Effects(work, peer).own.inquiries()
        return tuple(known[name] for name in sorted(known))

    def every(self) -> Sequence[tuple[str, InquiryState]]:
        """Every inquiry with the partner with whom it is."""
        return [
            (peer, state)
            for peer in sorted(self._kernel.peers.names())
            for state in self.with_partner(peer)
        ]

    def find(self, name: str) -> tuple[str, InquiryState] | None:
        """The inquiry of this name, and the partner with whom it is; None if there is none."""
        found = ((peer, state) for peer, state in self.every() if state.id == name)
        return next(found, None)

    def history(self, peer: str, name: str) -> Sequence[Said]:
        """Every entry of an inquiry on the channel, in the order in which this node met them."""
        with self._kernel.database.read() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            return [_said(work, line, entry) for line, entry in self._lines(connection, peer, name)]

    def attachment(self, peer: str, name: str, *, entry: str, body: str) -> bytes | None:
        """What came beside an entry of the inquiry; None where it is not there any more."""
        with self._kernel.database.read() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            for line, found in self._lines(connection, peer, name):
                if found.id == entry:
                    return work.body_reader(line.log, line.generation, line.index)(body)
        return None

    def search(
        self, *, item: str = "", partner: str = "", words: Sequence[str] = ()
    ) -> Sequence[Found]:
        """Precedents (口径库), newest first; each word stands in the question or the answer."""
        peers = [partner] if partner else sorted(self._kernel.peers.names())
        found = [
            self._with_words(peer, precedent)
            for peer in peers
            for precedent in precedents(self.with_partner(peer))
            if not item or precedent.item == item
        ]
        fitting = (
            each for each in found if all(word in each.question + each.answer for word in words)
        )
        return sorted(fitting, key=lambda each: each.precedent.line.entry, reverse=True)

    def _with_words(self, peer: str, precedent: Precedent) -> Found:
        told = self.history(peer, precedent.inquiry)
        answer = next(line.words for line in told if line.entry.id == precedent.line.entry)
        return Found(precedent=precedent, partner=peer, question=told[0].words, answer=answer)

    def _lines(
        self, connection: Connection, peer: str, name: str
    ) -> list[tuple[JournalLine, Entry]]:
        kind = SubjectKind.INQUIRY.value
        return [
            (line, entry)
            for line in self._kernel.store.journal_of(connection, kind, name)
            if line.kind is not LogKind.HOME and line.peer == peer
            if (entry := readable(line.data)) is not None
        ]


def _said(work: Work, line: JournalLine, entry: Entry) -> Said:
    read = work.body_reader(line.log, line.generation, line.index)
    name = WORDS.get(type(entry.event), "")
    # What became of an own entry came later than its line in the journal.
    place = (work.connection, line.log, line.generation, line.index, line.index + 1)
    there = {body for _, body in work.kernel.store.body_names(*place)}
    return Said(
        entry=entry,
        own=line.kind is LogKind.OWN,
        ground=next((row.ground for row in work.kernel.store.entries(*place)), ""),
        words=(read(name) or b"").decode(errors="replace") if name else "",
        attachments=tuple(each.name for each in entry.commitments if each.name != name),
        gone=tuple(each.name for each in entry.commitments if each.name not in there),
    )
