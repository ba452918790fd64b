"""Makes spec/vectors/misbehaviour/proofs.json from a made-up node that signs two histories.

After a change that is meant: `python -m tests.node.misbehaviour.vectors` in the root writes it
anew, and what changed in it belongs into spec/misbehaviour.md.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.node.bundles.pair import MORNING, SUITE, MadeUpLog, MadeUpNode, Pair

from tongban.channels.descriptors import fingerprint
from tongban.core import canonical
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import MisbehaviourNoticed, PeerPaired, SignedAs
from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint, sign_checkpoint
from tongban.evidence.contradictions import Contradiction, signed_by
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import SignedNote, cosign_note, encode_note, parse_note, sign_note
from tongban.evidence.signer import KeyPurpose
from tongban.evidence.tree import EMPTY, Subtree, leaf_hash, path_between
from tongban.node.bundles.archive import pack, unpack
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.manifest import MANIFEST, list_files
from tongban.node.bundles.standing import mirror_keys
from tongban.node.bundles.trust import encode_trust, read_trust
from tongban.node.misbehaviour.proof import (
    FIRST,
    PATH,
    SECOND,
    Exhibits,
    Manifest,
    encode_proof_file,
    key_name,
)
from tongban.node.misbehaviour.report import MisbehaviourReport
from tongban.node.misbehaviour.verify import verify_misbehaviour

FILE = Path(__file__).resolve().parents[3] / "spec" / "vectors" / "misbehaviour" / "proofs.json"
_ABOUT = (
    "Proofs of misbehaviour, as the files that lie in the archive. `trust` is a trust list that "
    "anchors them. `not_verified` and `unreadable` are changes to the files of the accepted proof "
    "named in `base`; null removes a file. `problems` are the codes of this implementation."
)

SONGJIANG, HEFEI = (
    MadeUpNode(name=f"{n}.example", number=i) for i, n in ((1, "songjiang"), (2, "hefei"))
)
STRANGER = MadeUpNode(name="stranger.example", number=9)
NOTICED_AT = MORNING
TRUST = encode_trust([SONGJIANG.described, HEFEI.described]).splitlines()
_CHANNEL = Subject(kind=SubjectKind.CHANNEL, id=HEFEI.name)

Files = dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Story:
    """Two checkpoints of one log, by role; the second tree need not begin with the first."""

    role: SignedAs
    first: tuple[str, ...]
    second: tuple[str, ...]
    origin: str = ""

    @property
    def log(self) -> str:
        ways = {
            SignedAs.WRITER: (HEFEI.name, SONGJIANG.name),
            SignedAs.MIRROR: (SONGJIANG.name, HEFEI.name),
        }
        writer, reader = ways[self.role]
        return self.origin or f"{writer}/channel/{reader}/1-{1:032x}"

    def contradiction(self) -> Contradiction:
        path: tuple[bytes, ...] = ()
        if len(self.first) < len(self.second):
            path = path_between(SUITE, len(self.first), len(self.second), _subtree(self.second))
        return Contradiction(
            first=self._note(self.first), second=self._note(self.second), path=path
        )

    def _note(self, lines: tuple[str, ...]) -> SignedNote:
        root = EMPTY.extend(SUITE, _leaves(lines)).root(SUITE)
        stated = Checkpoint(origin=self.log, size=len(lines), root=root)
        if self.role is SignedAs.WRITER:
            return sign_checkpoint(stated, HEFEI.ring)
        note = cosign_note(
            sign_checkpoint(stated, SONGJIANG.ring),
            name=f"{HEFEI.name}/mirror",
            signer=HEFEI.ring,
            purpose=KeyPurpose.MIRROR,
            timestamp=int(MORNING.timestamp()),
        )
        alone = signed_by(note, mirror_keys(HEFEI.described)[0])
        assert alone is not None
        return alone


TWO_ROOTS = Story(role=SignedAs.WRITER, first=("a", "b", "c"), second=("a", "b", "x"))
NOT_EXTENDED = Story(
    role=SignedAs.WRITER, first=("a", "b", "c"), second=("a", "x", "c", "d", "e", "f")
)
#: The size of the first is a power of two, where a consistency proof would leave its root out.
WHOLE_SUBTREE = Story(
    role=SignedAs.WRITER, first=("a", "b", "c", "d"), second=("a", "b", "x", "d", "e")
)
TWO_COSIGNATURES = Story(role=SignedAs.MIRROR, first=("a", "b"), second=("a", "x"))
STORIES = {
    "two roots of one size": TWO_ROOTS,
    "a log that does not extend what was signed": NOT_EXTENDED,
    "the same where the smaller tree is a complete one": WHOLE_SUBTREE,
    "two cosignatures of a mirror": TWO_COSIGNATURES,
}


def home_entries(story: Story) -> tuple[BundledEntry, ...]:
    """What the accuser put on its home log: the pairing and the notice."""
    pair = Pair(SONGJIANG, HEFEI)
    known = fingerprint(HEFEI.described)
    pair.write(pair.home, PeerPaired(peer=HEFEI.name, fingerprint=known), _CHANNEL)
    pair.write(pair.home, noticed(story), _CHANNEL)
    pair.home.sign()
    return tuple(_bundled(pair.home))[-2:]


def noticed(story: Story) -> MisbehaviourNoticed:
    found = story.contradiction()
    first, second = parse_checkpoint(found.first.text), parse_checkpoint(found.second.text)
    return MisbehaviourNoticed(
        peer=HEFEI.name,
        signed_as=story.role,
        origin=first.origin,
        first_size=first.size,
        first_root=first.root.hex(),
        second_size=second.size,
        second_root=second.root.hex(),
    )


def exhibits(story: Story) -> Exhibits:
    return Exhibits(
        contradiction=story.contradiction(),
        accused=HEFEI.descriptor,
        accuser=SONGJIANG.descriptor,
        entries=home_entries(story),
    )


def proof_file(story: Story, **changes: Any) -> bytes:
    """The file of a story, with other exhibits where that is asked for."""
    return encode_proof_file(
        replace(exhibits(story), **changes),
        accused=HEFEI.name,
        at=MORNING,
        by=SONGJIANG.name,
        signer=SONGJIANG.ring,
    )


def signed_anew(files: Files, signer: MadeUpNode = SONGJIANG) -> Files:
    """The files under a manifest that lists them, whatever they are."""
    rest = {name: data for name, data in files.items() if name != MANIFEST}
    manifest = Manifest(
        accused=HEFEI.name, exported_at=MORNING, exported_by=SONGJIANG.name, files=list_files(rest)
    )
    text = canonical.encode(manifest).decode() + "\n"
    note = sign_note(text, name=key_name(SONGJIANG.name), signer=signer.ring)
    return {**rest, MANIFEST: encode_note(note)}


def codes(report: MisbehaviourReport) -> list[str]:
    return [problem.code for problem in report.problems]


def told(report: MisbehaviourReport) -> dict[str, Any]:
    """What a reader must report of an accepted proof."""
    return {
        "verified": report.verified,
        "accused": report.accused,
        "signed_as": report.signed_as,
        "statements": [
            {"origin": each.origin, "size": each.size, "root": each.root}
            for each in report.statements
        ],
        "noticed_at": report.noticed_at.isoformat() if report.noticed_at else None,
        "exported_by": report.exported_by,
        "anchored": report.anchored,
        "fingerprints": dict(report.fingerprints),
    }


def text() -> str:
    """The file as it must be."""
    trust = read_trust("\n".join(TRUST))
    accepted = {name: proof_file(story) for name, story in STORIES.items()}
    document = {
        "about": _ABOUT,
        "trust": TRUST,
        "accepted": [
            {
                "name": name,
                "files": _shown(unpack(data)),
                "report": told(verify_misbehaviour(data, trust)),
            }
            for name, data in accepted.items()
        ],
        "not_verified": [
            {
                "why": why,
                "base": base,
                "files": _changes(unpack(accepted[base]), files),
                "problems": codes(verify_misbehaviour(pack(files), trust)),
            }
            for why, base, files in _not_verified()
        ],
        "unreadable": [
            {"why": why, "base": base, "files": _changes(unpack(accepted[base]), files)}
            for why, base, files in _unreadable()
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


#: What is wrong, with which accepted proof, and the files that result.
Broken = tuple[str, str, Files]
_ROOTS, _EXTENDED = "two roots of one size", "a log that does not extend what was signed"


def _not_verified() -> list[Broken]:
    roots, extended = (unpack(proof_file(STORIES[name])) for name in (_ROOTS, _EXTENDED))
    honest = Story(role=SignedAs.WRITER, first=("a", "b", "c"), second=("a", "b", "c", "d"))
    other = replace(TWO_ROOTS, origin=f"{HEFEI.name}/channel/{SONGJIANG.name}/2-{2:032x}")
    strange = signed_by(TWO_ROOTS.contradiction().second, _key(HEFEI))
    assert strange is not None
    foreign = sign_checkpoint(parse_checkpoint(strange.text), STRANGER.ring)
    return [
        ("a note was changed after the export", _ROOTS, {**roots, SECOND: roots[FIRST]}),
        ("a file was added", _ROOTS, {**roots, "entries/0003.json": b"{}"}),
        ("somebody else signed the manifest", _ROOTS, signed_anew(roots, STRANGER)),
        ("both notes say the same", _ROOTS, signed_anew({**roots, SECOND: roots[FIRST]})),
        (
            "somebody else signed the second note",
            _ROOTS,
            signed_anew({**roots, SECOND: encode_note(foreign)}),
        ),
        (
            "the second note is about another generation",
            _ROOTS,
            signed_anew({**roots, SECOND: encode_note(other.contradiction().second)}),
        ),
        (
            "the log does extend what was signed",
            _EXTENDED,
            unpack(proof_file(honest, entries=())),
        ),
        ("the path is missing", _EXTENDED, signed_anew(_without(extended, PATH))),
        (
            "the path leads to another root",
            _EXTENDED,
            signed_anew({**extended, PATH: unpack(proof_file(WHOLE_SUBTREE))[PATH]}),
        ),
        (
            "the notice is of another contradiction",
            _ROOTS,
            unpack(proof_file(TWO_ROOTS, entries=home_entries(NOT_EXTENDED))),
        ),
        (
            "the home log does not have the notice",
            _ROOTS,
            signed_anew({**roots, "entries/0002.tlog-proof": roots["entries/0001.tlog-proof"]}),
        ),
        (
            "the pairing was with other keys",
            _ROOTS,
            unpack(proof_file(TWO_ROOTS, entries=_paired_otherwise())),
        ),
    ]


def _unreadable() -> list[Broken]:
    roots, extended = (unpack(proof_file(STORIES[name])) for name in (_ROOTS, _EXTENDED))
    stranger = f"descriptors/{HEFEI.name}.note"
    return [
        ("there is no manifest", _ROOTS, _without(roots, MANIFEST)),
        ("there is only one note", _ROOTS, signed_anew(_without(roots, SECOND))),
        ("a note is no checkpoint", _ROOTS, signed_anew({**roots, SECOND: roots[MANIFEST]})),
        ("the path is no list of hashes", _EXTENDED, signed_anew({**extended, PATH: b"x\n"})),
        ("a hash is too short", _EXTENDED, signed_anew({**extended, PATH: b"AAAA\n"})),
        (
            "the path does not end in a newline",
            _EXTENDED,
            signed_anew({**extended, PATH: extended[PATH][:-1]}),
        ),
        ("a file has no place here", _ROOTS, signed_anew({**roots, "notes/third.note": b""})),
        (
            "a descriptor is that of another node",
            _ROOTS,
            signed_anew({**roots, stranger: STRANGER.descriptor}),
        ),
        ("a descriptor is none", _ROOTS, signed_anew({**roots, stranger: b""})),
        (
            "an entry has no proof",
            _ROOTS,
            signed_anew(_without(roots, "entries/0002.tlog-proof")),
        ),
        ("the accuser accuses itself", _ROOTS, _accusing_itself(roots)),
    ]


def _accusing_itself(files: Files) -> Files:
    manifest = parse_note(files[MANIFEST]).text.replace(
        f'"accused":"{HEFEI.name}"', f'"accused":"{SONGJIANG.name}"'
    )
    note = sign_note(manifest, name=key_name(SONGJIANG.name), signer=SONGJIANG.ring)
    return {**files, MANIFEST: encode_note(note)}


def _paired_otherwise() -> tuple[BundledEntry, ...]:
    pair = Pair(SONGJIANG, HEFEI)
    known = fingerprint(STRANGER.described)
    pair.write(pair.home, PeerPaired(peer=HEFEI.name, fingerprint=known), _CHANNEL)
    pair.home.sign()
    return tuple(_bundled(pair.home))[-1:]


def _bundled(log: MadeUpLog) -> list[BundledEntry]:
    return list(log.bundled())


def _key(node: MadeUpNode) -> VerifierKey:
    return node.described.verifier_key(KeyPurpose.LOG, TWO_ROOTS.log)


def _leaves(lines: tuple[str, ...]) -> list[bytes]:
    return [leaf_hash(SUITE, line.encode()) for line in lines]


def _subtree(lines: tuple[str, ...]) -> Subtree:
    leaves = _leaves(lines)
    return lambda level, place: EMPTY.extend(
        SUITE, leaves[place << level : (place + 1) << level]
    ).root(SUITE)


def _without(files: Files, name: str) -> Files:
    return {each: data for each, data in files.items() if each != name}


def _shown(files: Files) -> dict[str, str]:
    return {name: data.decode() for name, data in files.items()}


def _changes(base: Files, files: Files) -> dict[str, str | None]:
    """What has to be done to the files of the accepted proof."""
    changed: dict[str, str | None] = {name: None for name in base if name not in files}
    return changed | _shown({n: data for n, data in files.items() if base.get(n) != data})


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
