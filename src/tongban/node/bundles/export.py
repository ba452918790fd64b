"""Takes a case out of the store as a bundle (spec/bundles.md, "Exporting")."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from tongban.core.entry import Actor, Subject, SubjectKind
from tongban.core.home.events import PersonalDataRead
from tongban.evidence.proofs import encode_proof
from tongban.logs.rows import StoredCheckpoint
from tongban.node.bundles.contents import Contents
from tongban.node.bundles.encode import encode_bundle
from tongban.node.bundles.entries import BundledEntry, SaltedBody, read_entry
from tongban.node.bundles.faults import BundleTooLarge, CaseUnknown
from tongban.node.bundles.file_names import ENTRIES_MAX
from tongban.node.bundles.order import in_causal_order
from tongban.node.bundles.proving import covering, prove
from tongban.node.bundles.selection import Selection, select
from tongban.node.bundles.timeline import Spot
from tongban.node.effects import Effects
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.signing import sign
from tongban.node.work import Draft, Work

#: Why bodies are read that leave in a bundle; readers see it in words (projections/read_words.py).
EXPORT_PURPOSE = "evidence_export"


def export_bundle(
    kernel: Kernel, case: str, *, descriptor: bytes, bodies_for: Actor | None
) -> bytes:
    """Everything that this node can show about a case, in one consistent state of its store.

    descriptor: this node's own, signed. bodies_for: who takes also the contents that the case's
    entries commit to, which are personal data, as far as they are not erased; that this actor read
    them is on the home log before the bytes leave. What nobody signed yet is signed first, outside
    any transaction. Raises CaseUnknown and BundleTooLarge, and then nothing was read.
    """
    contents = _settled_contents(kernel, case, bodies_for)
    name = kernel.identity.name
    return encode_bundle(
        replace(contents, descriptors={**contents.descriptors, name: descriptor}),
        case=case,
        exported_at=kernel.clock.now(),
        exported_by=name,
        signer=kernel.identity.signer,
    )


def _settled_contents(kernel: Kernel, case: str, bodies_for: Actor | None) -> Contents:
    """What the store has once everything in it that the bundle needs is signed.

    Others write meanwhile, so the store is read anew after signing until nothing is left to sign.
    """
    transaction = kernel.database.write if bodies_for else kernel.database.read
    while True:
        with transaction() as connection:
            taking = _Taking.of(kernel, connection, case)
            unsigned = taking.unsigned()
            if not unsigned:
                contents = taking.contents(with_bodies=bodies_for is not None)
                if bodies_for:
                    _record_reads(kernel, connection, case, contents, bodies_for)
                return contents
        for statement in unsigned:
            sign(kernel, statement)


def _record_reads(
    kernel: Kernel, connection: Connection, case: str, contents: Contents, reader: Actor
) -> None:
    """One read on the home log for each body that leaves; a body that two entries carry is one."""
    subject = Subject(kind=SubjectKind.CASE, id=case)
    reads = [
        Draft(
            event=PersonalDataRead(body=name, purpose=EXPORT_PURPOSE),
            subject=subject,
            actor=reader,
        )
        for name in sorted({name for entry in contents.entries for name in entry.bodies})
    ]
    if reads:
        work = Work(kernel, connection, kernel.clock.now())
        Effects(work, "").append_home(reads)
        work.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Taking:
    """One state of the store; checkpoints: the one under which each entry is proven."""

    kernel: Kernel
    connection: Connection
    selection: Selection
    checkpoints: Mapping[Spot, StoredCheckpoint]

    @classmethod
    def of(cls, kernel: Kernel, connection: Connection, case: str) -> Self:
        selection = select(kernel, connection, case)
        if not selection.about_case:
            raise CaseUnknown(f"no entry about the case {case} is stored here")
        if len(selection.spots) > ENTRIES_MAX:
            raise BundleTooLarge(f"the case {case} needs {len(selection.spots)} entries")
        return cls(
            kernel=kernel,
            connection=connection,
            selection=selection,
            checkpoints={s: covering(kernel, connection, s) for s in sorted(selection.spots)},
        )

    def unsigned(self) -> list[StoredCheckpoint]:
        """What this node must sign before it can show it."""
        found = {(c.origin, c.size): c for c in self.checkpoints.values() if c.signature is None}
        return list(found.values())

    def contents(self, *, with_bodies: bool) -> Contents:
        """All but this node's own descriptor."""
        carrying = self.selection.about_case if with_bodies else frozenset()
        entries = map(self._entry, self.checkpoints)
        return Contents(
            entries=in_causal_order(
                replace(entry, bodies=self._bodies(spot) if spot in carrying else {})
                for spot, entry in zip(self.checkpoints, entries, strict=True)
            ),
            documents=dict(self._documents()),
            descriptors=dict(self._descriptors()),
        )

    def _entry(self, spot: Spot) -> BundledEntry:
        place = (spot.log, spot.generation, spot.index, spot.index + 1)
        (row,) = self.kernel.store.entries(self.connection, *place)
        proof = prove(self.kernel, self.connection, spot, self.checkpoints[spot])
        return read_entry(row.data or b"", encode_proof(proof), name=f"entry {row.id}")

    def _bodies(self, spot: Spot) -> dict[str, SaltedBody]:
        place = (spot.log, spot.generation, spot.index)
        found = self.kernel.store.bodies_of(self.connection, *place)
        return {body.name: SaltedBody(salt=body.salt, content=body.content) for body in found}

    def _documents(self) -> Iterator[tuple[str, bytes]]:
        for digest in self.selection.digests:
            data = self.kernel.store.document(self.connection, digest)
            if data is not None:
                yield digest, data

    def _descriptors(self) -> Iterator[tuple[str, bytes]]:
        shown = self.selection.peers | self.selection.signatories
        for row in self.kernel.store.peers(self.connection):
            if row.name in shown:
                yield row.name, row.descriptor
