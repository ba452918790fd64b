"""Checks a proof of misbehaviour offline: bytes, and nothing else (spec/misbehaviour.md)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.channels.descriptors import Descriptor, fingerprint, fingerprints
from tongban.core.home.events import PeerPaired, SignedAs
from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint
from tongban.evidence.contradictions import doubts
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import SignedNote
from tongban.evidence.proofs import check_proof
from tongban.evidence.signer import KeyPurpose
from tongban.node.bundles.checks.files import check_files
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.manifest import is_signed
from tongban.node.bundles.places import LogName
from tongban.node.bundles.report import Problem
from tongban.node.bundles.standing import mirror_keys, signing_key
from tongban.node.bundles.trust import is_anchored, used_keys
from tongban.node.misbehaviour.notice import notice_of
from tongban.node.misbehaviour.proof import (
    Exhibits,
    Manifest,
    key_name,
    read_exhibits,
    read_files,
    read_node,
)
from tongban.node.misbehaviour.report import MisbehaviourReport, Statement
from tongban.node.misbehaviour.words import NOTHING_PROVEN, not_proven, proven


def verify_misbehaviour(
    data: bytes, trust: Sequence[VerifierKey] | None = None
) -> MisbehaviourReport:
    """Whether the file shows that the accused contradicts itself, and what else it shows.

    trust: keys that the reader knows from elsewhere. Where a file is not as the manifest lists
    it, nothing further is looked at. Raises BundleUnreadable for bytes that are no such proof.
    """
    manifest, note, files = read_files(data)
    changes = tuple(check_files(manifest.files, files))
    if changes:
        return _changed(manifest, changes)
    exhibits = read_exhibits(manifest, files)
    case = _Case(
        manifest=manifest,
        note=note,
        exhibits=exhibits,
        accused=read_node(manifest.accused, exhibits.accused),
        accuser=read_node(manifest.exported_by, exhibits.accuser),
        trust=trust,
    )
    return case.report(tuple(case.problems()))


def _changed(manifest: Manifest, changes: Sequence[Problem]) -> MisbehaviourReport:
    """What can be said when files are not as they were exported: which, and nothing more."""
    return MisbehaviourReport(
        verified=False,
        accused=manifest.accused,
        signed_as=None,
        statements=(),
        noticed_at=None,
        exported_by=manifest.exported_by,
        exported_at=manifest.exported_at,
        anchored=False,
        problems=tuple(changes),
        proven=(),
        not_proven=(NOTHING_PROVEN,),
        fingerprints={},
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    manifest: Manifest
    note: SignedNote
    exhibits: Exhibits
    accused: Descriptor
    accuser: Descriptor
    trust: Sequence[VerifierKey] | None

    def problems(self) -> Iterator[Problem]:
        """All that does not hold."""
        signer = self.accuser.verifier_key(KeyPurpose.LOG, key_name(self.accuser.name))
        if not is_signed(self.note, signer):
            yield Problem.of(
                "manifest_not_signed",
                zh=f"文件清单没有 {self.accuser.name} 的签名。",
                en=f"The manifest is not signed by {self.accuser.name}.",
            )
        for code in doubts(self.exhibits.contradiction, *self._keys()):
            yield _doubt(code, self.accused.name)
        for number, bundled in enumerate(self.exhibits.entries, 1):
            yield from self._entry(number, bundled)
        yield from self._trust()

    def report(self, problems: Sequence[Problem]) -> MisbehaviourReport:
        """What follows, if there are no problems."""
        first, second = self._statements()
        return MisbehaviourReport(
            verified=not problems,
            accused=self.accused.name,
            signed_as=self._role(),
            statements=(_statement(first), _statement(second)),
            noticed_at=self._noticed_at(),
            exported_by=self.accuser.name,
            exported_at=self.manifest.exported_at,
            anchored=self.trust is not None and all(p.code != "key_unknown" for p in problems),
            problems=tuple(problems),
            proven=() if problems else proven(self.accused.name, self._role(), first, second),
            not_proven=(NOTHING_PROVEN,)
            if problems
            else not_proven(
                self.accuser.name, noticed_at=self._noticed_at(), anchored=self.trust is not None
            ),
            fingerprints={node.name: fingerprint(node) for node in (self.accused, self.accuser)},
        )

    def _statements(self) -> tuple[Checkpoint, Checkpoint]:
        found = self.exhibits.contradiction
        return parse_checkpoint(found.first.text), parse_checkpoint(found.second.text)

    def _role(self) -> SignedAs:
        """Who signs as a mirror signs under a name of its own, and never a log of its own."""
        lines = self.exhibits.contradiction.first.signatures
        keys = mirror_keys(self.accused)
        mirrored = any(line.claims(key) for line in lines for key in keys)
        return SignedAs.MIRROR if mirrored else SignedAs.WRITER

    def _keys(self) -> Sequence[VerifierKey]:
        if self._role() is SignedAs.MIRROR:
            return mirror_keys(self.accused)
        return self.accused.verifier_keys(KeyPurpose.LOG, self._statements()[0].origin)

    def _entry(self, number: int, bundled: BundledEntry) -> Iterator[Problem]:
        """An entry of the accuser's home log about this, and nothing else."""
        keys = self.accuser.verifier_keys(KeyPurpose.LOG, bundled.checkpoint.origin)
        log_key = signing_key(keys, bundled.proof.checkpoint_note)
        at_home = bundled.place.log == LogName(writer=self.accuser.name)
        if not at_home or not check_proof(bundled.proof, bundled.data, log_key).proven:
            yield Problem.of(
                "proof_fails",
                zh=f"第 {number} 条记录不能证明在 {self.accuser.name} 的本地日志里。",
                en=f"Entry {number} is not proven to stand in the home log of {self.accuser.name}.",
            )
        event = bundled.entry.event
        if isinstance(event, PeerPaired) and event.peer == self.accused.name:
            if event.fingerprint not in fingerprints(self.accused):
                yield Problem.of(
                    "pairing_differs",
                    zh=f"{self.accused.name} 的密钥指纹与配对时登记的不同。",
                    en=f"The keys of {self.accused.name} are not those compared at pairing.",
                )
        elif not self._is_notice(bundled):
            yield Problem.of(
                "entry_unrelated",
                zh=f"第 {number} 条记录与此事无关。",
                en=f"Entry {number} has nothing to do with this.",
            )

    def _is_notice(self, bundled: BundledEntry) -> bool:
        found, role = self.exhibits.contradiction, self._role()
        return bundled.entry.event == notice_of(found, peer=self.accused.name, role=role)

    def _noticed_at(self) -> datetime | None:
        notices = (b.entry.at for b in self.exhibits.entries if self._is_notice(b))
        return next(notices, None)

    def _trust(self) -> Iterator[Problem]:
        if self.trust is None:
            return
        found = self.exhibits.contradiction
        proofs = [bundled.proof.checkpoint_note for bundled in self.exhibits.entries]
        keys = (
            *used_keys(self.accused, [found.first, found.second]),
            *used_keys(self.accuser, [self.note, *proofs]),
        )
        for key in keys:
            if not is_anchored(key, self.trust):
                yield Problem.of(
                    "key_unknown",
                    zh=f"密钥 {key.name}（编号 {key.key_id.hex()}）不在可信密钥清单内。",
                    en=f"The key {key.name} (id {key.key_id.hex()}) is not on the trust list.",
                )


def _statement(checkpoint: Checkpoint) -> Statement:
    return Statement(origin=checkpoint.origin, size=checkpoint.size, root=checkpoint.root.hex())


def _doubt(code: str, accused: str) -> Problem:
    zh, en = _DOUBTS[code]
    return Problem.of(code, zh=zh.format(accused), en=en.format(accused))


_DOUBTS = {
    "not_signed": (
        "两份检查点不都由 {} 签名。",
        "The two checkpoints are not both signed by {}.",
    ),
    "other_log": (
        "两份检查点说的不是同一个日志，{} 没有自相矛盾。",
        "The two checkpoints are about different logs, so {} does not contradict itself.",
    ),
    "no_contradiction": (
        "两份检查点可以同时为真，{} 没有自相矛盾。",
        "Both checkpoints can be true, so {} does not contradict itself.",
    ),
}
