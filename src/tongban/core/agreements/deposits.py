"""What a depositary says for all: that everybody signed, or that a party left.

An agreement of three or more parties stands between many pairs of nodes, each with logs of its own.
One party, the depositary (保存方), puts its formal steps in order. Each step is a portable note
under its key, with the parties' notes on which it rests, so that any two nodes check it alone
(spec/agreements.md, "Many parties").
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import takewhile

from tongban.core import canonical
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.events import (
    AgreementDeposited,
    AgreementLeft,
    AgreementSigned,
    DepositStep,
)
from tongban.core.agreements.signature import NoteVerifier, key_name, read_signature
from tongban.core.entry import Event

DEPOSIT_HEADER = "tongban agreement deposit v1"
LEAVING_HEADER = "tongban agreement leaving v1"


def speaks_for_others(event: Event, writer: str) -> bool:
    """Whether it rests on the word of somebody who has no part in this line.

    Two judge such an entry alike only once both know that node's keys; after it changed them, or
    after a loss, one may know them later than the other.
    """
    if isinstance(event, AgreementSigned):
        return event.party != writer
    return isinstance(event, AgreementDeposited)


def deposit_text(agreement: Agreement, event: AgreementDeposited, keeper: str, at: datetime) -> str:
    """What the depositary, or who keeps it after, signs for a step, its own note left out."""
    return _text(_deposit_lines(agreement, event, keeper), at)


def sayers(
    agreement: Agreement, event: AgreementDeposited, exited: AbstractSet[str]
) -> tuple[str, ...]:
    """Whose word on a step counts where the exit of these parties is known.

    That all signed or that nobody will is the depositary's word. An exit is said by who keeps the
    text, or kept it earlier; nobody says the own.
    """
    if event.step is not DepositStep.EXITED:
        return (agreement.depositary,)
    able = [name for name in agreement.keepers if name != event.party]
    gone = tuple(takewhile(exited.__contains__, able))
    return (*gone, *able[len(gone) :][:1])


def leaving_text(agreement: Agreement, event: AgreementLeft, party: str, at: datetime) -> str:
    """What a party signs that leaves; the event's own note is not part of it."""
    lines = _leaving_lines(agreement, event.document, party, event.last_day, event.ground)
    return _text(lines, at)


def is_said_by(
    agreement: Agreement, event: AgreementLeft, party: str, verify: NoteVerifier
) -> bool:
    """Whether the party itself says that it leaves as the event has it."""
    lines = _leaving_lines(agreement, event.document, party, event.last_day, event.ground)
    return _says(event.note, lines, party, verify)


def is_founded(
    agreement: Agreement,
    event: AgreementDeposited,
    verify: NoteVerifier,
    exited: AbstractSet[str] = frozenset(),
) -> bool:
    """Whether who keeps the text says so, and the parties on whose word it rests.

    exited: parties whose exit is known where the step is said.
    """
    if not any(
        _says(event.note, _deposit_lines(agreement, event, name), name, verify)
        for name in sayers(agreement, event, exited)
    ):
        return False
    if event.step is DepositStep.CONCLUDED:
        return _all_signed(agreement, event, verify)
    return _party_left(agreement, event, verify)


def _all_signed(agreement: Agreement, event: AgreementDeposited, verify: NoteVerifier) -> bool:
    """One signature of each party, in the order in which the document has them."""
    signers = [line.party for line in event.enclosed]
    if signers != [party.node for party in agreement.parties] or event.party or event.last_day:
        return False
    signed = (read_signature(line.note, line.party, verify) for line in event.enclosed)
    offices = (party.office.zh for party in agreement.parties)
    return all(
        words is not None and (words.document, words.office) == (event.document, office)
        for words, office in zip(signed, offices, strict=True)
    )


def _party_left(agreement: Agreement, event: AgreementDeposited, verify: NoteVerifier) -> bool:
    if [line.party for line in event.enclosed] != [event.party] or not agreement.party(event.party):
        return False
    lines = _leaving_lines(agreement, event.document, event.party, event.last_day, event.ground)
    return _says(event.enclosed[0].note, lines, event.party, verify)


def _deposit_lines(agreement: Agreement, event: AgreementDeposited, keeper: str) -> Sequence[str]:
    return (
        DEPOSIT_HEADER,
        event.document,
        keeper,
        _office(agreement, keeper),
        event.step.value,
        event.party or "-",
        event.last_day or "-",
        event.ground or "-",
    )


def _leaving_lines(
    agreement: Agreement, document: str, party: str, last_day: str, ground: str
) -> Sequence[str]:
    return (LEAVING_HEADER, document, party, _office(agreement, party), last_day, ground)


def _office(agreement: Agreement, node: str) -> str:
    line = agreement.party(node)
    return line.office.zh if line else "-"


def _text(lines: Iterable[str], at: datetime) -> str:
    instant = canonical.encode(at).decode().strip('"')
    return "".join(f"{line}\n" for line in (*lines, instant))


def _says(note: str, lines: Sequence[str], party: str, verify: NoteVerifier) -> bool:
    """Whether the party's key signed just these lines and one instant in its one form."""
    text = verify(key_name(party), note)
    if text is None:
        return False
    try:
        return text == _text(lines, datetime.fromisoformat(text.split("\n")[-2]))
    except (ValueError, IndexError):
        return False
