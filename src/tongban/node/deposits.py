"""Carries agreements of many parties between all of their pairs, without anybody asking.

A task of the node: after entries took effect it looks at where each such agreement stands with each
partner and says what is owed. It remembers nothing that matters, so it may stop and begin anywhere.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.commands import AgreementCommand, Deposit
from tongban.core.agreements.deposits import deposit_text
from tongban.core.agreements.events import AgreementDeposited, DepositStep
from tongban.core.agreements.forwarding import ManyParties, due, owed
from tongban.core.agreements.signature import key_name
from tongban.core.agreements.state import AgreementState
from tongban.core.canonical import decode
from tongban.core.china_time import china_day
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note
from tongban.logs.rows import ChannelStatus, View
from tongban.node.attempt import Attempt
from tongban.node.desk import Desk
from tongban.node.effects import SYSTEM
from tongban.node.faults import BrokenInvariant
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.published import Published
from tongban.node.rotations import signer_for
from tongban.node.work import Work

#: What a partner refused, perhaps because it does not know a key yet, is said again this much
#: later, and each time after twice as long.
_FIRST_PATIENCE = timedelta(minutes=1)
_LONGEST_PATIENCE = timedelta(days=1)

#: So long a conclusion waits for lines that are not open.
_GRACE = timedelta(days=1)

#: To whom, and what.
_Saying = tuple[str, AgreementCommand]


class Deposits:
    """Says what is owed on agreements of many parties; safe between threads."""

    def __init__(self, kernel: Kernel, published: Published, desk: Desk) -> None:
        self._kernel = kernel
        self._published = published
        self._desk = desk
        self._guard = Lock()
        self._looked_at = -1
        # When to say again what was said already and is still owed.
        self._patience: dict[_Saying, tuple[datetime, timedelta]] = {}
        # Since when a conclusion is due that waits for a line.
        self._due_since: dict[str, datetime] = {}

    def settle(self) -> int:
        """Take the steps that are due and say what is owed; how many entries were written."""
        with self._guard:
            with self._kernel.database.read() as connection:
                entries = self._kernel.store.journal_size(connection)
            if entries == self._looked_at and not self._patience and not self._due_since:
                return 0
            self._looked_at = entries
            return sum(self._settle(digest) for digest in self._digests())

    def _settle(self, digest: str) -> int:
        steps = list(due(self._read(digest)))
        if not any(said.step is DepositStep.CONCLUDED for said in steps):
            self._due_since.pop(digest, None)
        written = sum(self._take(digest, said) for said in steps)
        sayings = list(owed(self._read(digest)))
        known = {
            saying: until
            for saying, until in self._patience.items()
            if saying[1].document != digest
        }
        self._patience = known | {
            saying: self._patience[saying] for saying in sayings if saying in self._patience
        }
        return written + sum(self._say(saying) for saying in sayings)

    def _digests(self) -> list[str]:
        """Of agreements that a depositary keeps and that stand with some partner."""
        with self._kernel.database.read() as connection:
            rows = self._kernel.store.states(connection, View.OWN, "agreement")
            names = sorted({row.id.partition("/")[2] for row in rows if row.data})
            return [name for name in names if self._deposited(connection, name)]

    def _deposited(self, connection: Connection, digest: str) -> Agreement | None:
        document = self._kernel.library.agreement(connection, digest)
        if not isinstance(document, Agreement) or not document.is_deposited:
            return None
        return document if self._kernel.identity.name in document.nodes else None

    def _read(self, digest: str) -> ManyParties:
        with self._kernel.database.read() as connection:
            return self._many(connection, digest)

    def _many(self, connection: Connection, digest: str) -> ManyParties:
        agreement, me = self._deposited(connection, digest), self._kernel.identity.name
        if agreement is None:
            raise BrokenInvariant(f"{digest} is an agreement of many parties no more")
        return ManyParties(
            agreement=agreement,
            digest=digest,
            me=me,
            states={
                partner: self._state(connection, partner, digest)
                for partner in sorted(agreement.nodes - {me})
            },
        )

    def _state(self, connection: Connection, partner: str, digest: str) -> AgreementState | None:
        key = f"{partner}/{digest}"
        data = self._kernel.store.state(connection, View.OWN, "agreement", key)
        return decode(data, AgreementState) if data else None

    def _waits(self, digest: str, said: AgreementDeposited, *, all_near: bool) -> bool:
        """Whether a step is not taken yet since some line is not open.

        An exit rests on the word of who leaves and waits for nobody. A conclusion gives lines a day
        from when this node first sees it due, for one that starts anew, perhaps from a copy, hears
        from its partners what it said before. A withdrawal waits for all: what this node forgot may
        have concluded the text, and until then that binds nobody. After its last day no text is
        concluded: it would only put out of force what it follows.
        """
        if all_near or said.step is not DepositStep.CONCLUDED:
            return not all_near and said.step is DepositStep.WITHDRAWN
        now = self._kernel.clock.now()
        return now < self._due_since.setdefault(digest, now) + _GRACE

    def _is_too_late(self, agreement: Agreement, said: AgreementDeposited) -> bool:
        today = china_day(self._kernel.clock.now())
        return said.step is DepositStep.CONCLUDED and today > agreement.valid_until

    def _take(self, digest: str, said: AgreementDeposited) -> int:
        """Write a step in one transaction for the partners whose lines are open.

        Who cannot hear it now is told later.
        """
        many = self._read(digest)
        step = replace(said, note=self._note(many, said))
        with self._kernel.database.write() as connection:
            now = self._many(connection, digest)
            near = [name for name in now.states if self._is_open(connection, name)]
            waits = self._waits(digest, said, all_near=len(near) == len(now.states))
            if said not in due(now) or waits or self._is_too_late(now.agreement, said):
                return 0
            told = [name for name in near if self._write(connection, name, step)]
        for partner in told:
            self._desk.on_written(partner)
        return len(told)

    def _note(self, many: ManyParties, said: AgreementDeposited) -> str:
        text = deposit_text(many.agreement, said, many.me, self._kernel.clock.now())
        signer = signer_for(self._kernel, *sorted(many.states))
        return encode_note(sign_note(text, name=key_name(many.me), signer=signer)).decode()

    def _is_open(self, connection: Connection, partner: str) -> bool:
        store, now = self._kernel.store, self._kernel.clock.now()
        channel = store.channel(connection, partner)
        is_open = channel is not None and channel.status is ChannelStatus.OPEN
        return is_open and not store.due_intents(connection, partner, now)

    def _write(self, connection: Connection, partner: str, step: AgreementDeposited) -> bool:
        """Whether it could be said; to who lacks an earlier step it is said after that one."""
        work = Work(self._kernel, connection, self._kernel.clock.now())
        attempt = Attempt(self._kernel, self._published, work, partner)
        refusal, _ = attempt.make(Deposit(document=step.document, actor=SYSTEM, said=step))
        attempt.close()
        return refusal is None

    def _say(self, saying: _Saying) -> int:
        """Pass something on, unless its line is not open or it was said a short while ago."""
        partner, command = saying
        now = self._kernel.clock.now()
        not_before, patience = self._patience.get(saying, (now, _FIRST_PATIENCE))
        with self._kernel.database.read() as connection:
            if now < not_before or not self._is_open(connection, partner):
                return 0
        self._patience[saying] = (now + patience, min(patience * 2, _LONGEST_PATIENCE))
        return int(not isinstance(self._desk.execute(command, partner=partner), Refusal))
