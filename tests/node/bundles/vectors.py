"""Makes spec/vectors/bundles/bundles.json from the made-up cases of this folder.

After a change that is meant: `python -m tests.node.bundles.vectors` in the root writes it anew, and
what changed in it belongs into spec/bundles.md.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tongban.core import canonical
from tongban.core.cases.events import CaseAccepted, CaseOpened
from tongban.core.channel.events import OutcomeRecorded, RefusedEntry
from tongban.core.entry import Seen, Subject, SubjectKind
from tongban.node.bundles.archive import pack, unpack
from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.manifest import MANIFEST, Manifest, list_files, sign_manifest
from tongban.node.bundles.order import in_causal_order
from tongban.node.bundles.report import BundleReport
from tongban.node.bundles.trust import node_keys, read_trust
from tongban.node.bundles.verify import verify_bundle

from .pair import MORNING, MadeUpNode, Pair
from .stories import (
    APPLICATION,
    CASE,
    HEFEI,
    HEFEI_LATER,
    ITEM,
    OWN_RIGHT,
    PROCESS,
    SMALL,
    SONGJIANG,
    STRANGER,
    TRUST,
    WHOLE,
    Bundling,
    bundling,
    codes,
    dispatched,
    signed,
    small_case,
)

FILE = Path(__file__).resolve().parents[3] / "spec" / "vectors" / "bundles" / "bundles.json"
_ABOUT = (
    "Whole bundles. `files` are what lies in the archive: hexadecimal below bodies/, text "
    "elsewhere. `trust` is a trust list that anchors every accepted bundle. `not_verified` and "
    "`unreadable` are changes to the files of the accepted bundle named in `base`; null removes a "
    "file. `problems` are the codes of this implementation."
)

Files = dict[str, bytes]
#: What is wrong, with which accepted bundle, and the files that result.
Broken = tuple[str, str, Callable[[], Files]]

_DISPATCH = "entries/0004.json"


def told(report: BundleReport) -> dict[str, Any]:
    """What any implementation says of a bundle."""
    return {
        "verified": report.verified,
        "case": report.case,
        "exported_by": report.exported_by,
        "anchored": report.anchored,
        "fingerprints": dict(report.fingerprints),
        "entries": [
            {
                "number": entry.number,
                "type": entry.type,
                "about_case": entry.about_case,
                "writer": entry.writer,
                "reader": entry.reader,
                "proven": entry.proven,
                "cosigned_at": int(entry.cosigned_at.timestamp()) if entry.cosigned_at else None,
                "outcome": entry.outcome,
                "ground": entry.ground,
                "bodies": {body.name: body.included for body in entry.bodies},
            }
            for entry in report.entries
        ],
    }


def make() -> dict[str, Any]:
    """All examples."""
    later = [key for key in node_keys(HEFEI_LATER.described) if key not in TRUST]
    trust = [key.encode_vkey() for key in (*TRUST, *later)]
    keys = read_trust("\n".join(trust))
    accepted = {name: (what, bundle.encode()) for name, what, bundle in _accepted()}
    base = {name: _plain(unpack(data)) for name, (_, data) in accepted.items()}

    def change(broken: Broken) -> dict[str, Any]:
        why, name, files = broken
        return {"why": why, "base": name, "files": _difference(base[name], _plain(files()))}

    return {
        "about": _ABOUT,
        "trust": trust,
        "accepted": [
            {
                "name": name,
                "what": what,
                "files": base[name],
                "archive_sha256": hashlib.sha256(data).hexdigest(),
                "report": told(verify_bundle(data, keys)),
            }
            for name, (what, data) in accepted.items()
        ],
        "not_verified": [
            {**change(broken), "problems": codes(verify_bundle(pack(broken[2]()), keys))}
            for broken in _not_verified()
        ],
        "unreadable": [change(broken) for broken in _unreadable()],
    }


def text() -> str:
    """The file's contents."""
    return json.dumps(make(), ensure_ascii=False, indent=1)


def _plain(files: Mapping[str, bytes]) -> dict[str, str]:
    return {
        name: content.hex() if name.startswith("bodies/") else content.decode()
        for name, content in sorted(files.items())
    }


def _difference(base: Mapping[str, str], files: Mapping[str, str]) -> dict[str, str | None]:
    names = sorted(base.keys() | files.keys())
    return {name: files.get(name) for name in names if files.get(name) != base.get(name)}


def _accepted() -> Iterator[tuple[str, str, Bundling]]:
    yield "whole", "a case from an agreement to its delivery, exported by the intake place", WHOLE
    yield "small", "dispatched under the applicant's own right", SMALL
    what = "a refused hand-over; then a new generation whose last entry is one-sided"
    yield "refused", what, _refused()
    yield "open", "dispatched, and the outcome is not known", _open()
    yield "rotated", "opened and accepted by a node that changed its keys in between", _rotated()


def _refused() -> Bundling:
    pair = Pair(SONGJIANG, HEFEI)
    pair.write(pair.out, dispatched(), CASE, basis=OWN_RIGHT, bodies=[APPLICATION])
    pair.push(pair.out, [RefusedEntry(generation=1, index=1, ground="recalled")])
    pair.restart(pair.back)
    pair.write(pair.back, CaseOpened(), CASE)
    pair.back.sign()
    return bundling(pair)


def _rotated(later: MadeUpNode = HEFEI_LATER) -> Bundling:
    pair = small_case()
    pair.say(pair.back, CaseOpened(), CASE)
    pair.rotate(pair.back, later)
    pair.say(pair.back, CaseAccepted(number="1"), CASE)
    return replace(bundling(pair), nodes=(SONGJIANG, later))


def _keys_go_back() -> Files:
    """What the newest descriptor calls the older keys signed after the newer ones."""
    later = replace(HEFEI_LATER, number=HEFEI.number, earlier=(HEFEI_LATER.number,))
    pair = small_case()
    pair.say(pair.back, CaseOpened(), CASE)
    pair.rotate(pair.back, HEFEI_LATER)
    pair.say(pair.back, CaseAccepted(number="1"), CASE)
    return unpack(replace(bundling(pair), nodes=(SONGJIANG, later)).encode())


def _only_newest_keys() -> Files:
    """The descriptor names no earlier keys, and nobody else says whose they were."""
    later = replace(HEFEI_LATER, earlier=())
    return unpack(replace(_rotated(), nodes=(SONGJIANG, later)).encode())


def _open() -> Bundling:
    pair = Pair(SONGJIANG, HEFEI)
    pair.write(pair.out, dispatched(), CASE, basis=OWN_RIGHT, bodies=[APPLICATION])
    pair.sync(pair.out)
    return bundling(pair)


def _small() -> Files:
    return dict(unpack(SMALL.encode()))


def _changed(files: Files, changes: Mapping[str, bytes | None]) -> Files:
    both: dict[str, bytes | None] = {**files, **changes}
    return {name: content for name, content in both.items() if content is not None}


def _after_export(changes: Mapping[str, bytes | None]) -> Callable[[], Files]:
    return lambda: _changed(_small(), changes)


def _before_export(changes: Mapping[str, bytes | None]) -> Callable[[], Files]:
    """The exporter itself signs what is wrong."""

    def make_files() -> Files:
        files = _changed(_small(), {**changes, MANIFEST: None})
        return dict(unpack(signed(files)))

    return make_files


def _of(bundle: Callable[[], Bundling]) -> Callable[[], Files]:
    return lambda: dict(unpack(bundle().encode()))


def _letter_changed() -> dict[str, bytes | None]:
    return {_DISPATCH: _small()[_DISPATCH].replace(b"made-up-item", b"made-up-itex")}


def _manifest(*, days: int = 0, case: str = CASE.id) -> bytes:
    files = {name: data for name, data in _small().items() if name != MANIFEST}
    manifest = Manifest(
        case=case,
        exported_at=MORNING + timedelta(days=days),
        exported_by=SONGJIANG.name,
        files=list_files(files),
    )
    return sign_manifest(manifest, SONGJIANG.ring)


def _another_day() -> Files:
    """The signature is that of the true day."""
    day = _small()[MANIFEST].replace(b'"exported_at":"2026-11-23', b'"exported_at":"2026-11-24')
    return _changed(_small(), {MANIFEST: day})


def _strangers_manifest() -> Files:
    return dict(unpack(replace(SMALL, signer=STRANGER).encode()))


def _proofs(change: Callable[[bytes], bytes]) -> Callable[[], Files]:
    """Each cosignature of a peer in each proof is changed, before the exporter signs."""

    def make_files() -> Files:
        files = _small()
        changes: dict[str, bytes | None] = {MANIFEST: None}
        for name, content in files.items():
            if name.endswith(".tlog-proof"):
                lines = content.splitlines(keepends=True)
                kept = [change(line) if b"/mirror " in line else line for line in lines]
                changes[name] = b"".join(kept)
        return dict(unpack(signed(_changed(files, changes))))

    return make_files


def _false(line: bytes) -> bytes:
    """The same line with one other letter in its signature."""
    letter = b"B" if line[-20:-19] == b"A" else b"A"
    return line[:-20] + letter + line[-19:]


def _with_documents(*documents: bytes) -> Callable[[], Files]:
    cited = {canonical.digest(data): data for data in documents}
    return _of(lambda: replace(SMALL, documents=cited))


def _exchanged_body() -> dict[str, bytes | None]:
    name = "bodies/0004/01.json"
    return {name: bytes(len(_small()[name]))}


def _one_signature() -> Bundling:
    """Hefei's signature under the agreement was left out, with the outcome that is about it."""
    signature = next(
        b
        for b in WHOLE.entries
        if b.place.log.writer == HEFEI.name and b.entry.subject.kind is SubjectKind.AGREEMENT
    )
    doomed = {signature.place, _outcome_about(signature).place}
    return WHOLE.without(lambda b: b.place in doomed)


def _outcome_about(bundled: BundledEntry) -> BundledEntry:
    return next(
        b
        for b in WHOLE.entries
        if isinstance(b.entry.event, OutcomeRecorded)
        and b.place.log.writer == bundled.place.log.reader
        and b.entry.event.since_size <= bundled.place.index < b.entry.event.size
    )


def _without_opening() -> Bundling:
    return _refused().without(
        lambda b: b.place.log.writer == HEFEI.name and b.place.generation == 2 and not b.place.index
    )


def _two_stories() -> Bundling:
    other = Pair(SONGJIANG, HEFEI)
    other.write(other.out, CaseOpened(), CASE)
    other.sync(other.out)
    second = [b for b in other.out.bundled() if b.place.index == 1]
    return replace(SMALL, entries=in_causal_order([*SMALL.entries, *second]))


def _small_and(act: Callable[[Pair], object]) -> Callable[[], Files]:
    """The small case, and one thing more that its log should not hold."""

    def make_files() -> Files:
        pair = small_case()
        act(pair)
        return dict(unpack(bundling(pair).encode()))

    return make_files


def _seen_less(pair: Pair) -> None:
    pair.write(pair.out, CaseOpened(), CASE, seen=Seen(generation=0, size=0))
    pair.sync(pair.out)


def _decided_twice(pair: Pair) -> None:
    again = pair.outcome(pair.out, Seen(generation=1, size=1))
    subject = Subject(kind=SubjectKind.CHANNEL, id=SONGJIANG.name)
    pair.write(pair.back, again, subject)
    pair.sync(pair.back)


def _another_case(pair: Pair) -> None:
    pair.write(pair.out, CaseOpened(), Subject(kind=SubjectKind.CASE, id="G60-2026-000002"))
    pair.sync(pair.out)


def _is_outcome(bundled: BundledEntry) -> bool:
    return isinstance(bundled.entry.event, OutcomeRecorded)


def _not_verified() -> Iterator[Broken]:
    yield (
        "a letter of an entry was changed after the export",
        "small",
        _after_export(_letter_changed()),
    )
    yield (
        "a file was taken out after the export",
        "small",
        _after_export({"entries/0001.tlog-proof": None}),
    )
    yield "a file was added after the export", "small", _after_export({"entries/0099.json": b"{}"})
    yield "the day of the export was changed", "small", _another_day
    yield "older keys signed what comes after a change of keys", "rotated", _keys_go_back
    yield "the descriptor does not name the keys from before", "rotated", _only_newest_keys
    yield "a stranger's key signed the manifest", "small", _strangers_manifest
    yield (
        "another case is said to be inside",
        "small",
        _after_export({MANIFEST: _manifest(case="G60-2026-000002")}),
    )
    yield (
        "a letter of an entry was changed before the exporter signed",
        "small",
        _before_export(_letter_changed()),
    )
    yield "no entry is countersigned", "small", _proofs(lambda _line: b"")
    yield "the cosignatures are false", "small", _proofs(_false)
    yield "the documents are missing", "small", _with_documents()
    yield "a document that nobody cites", "small", _with_documents(ITEM, PROCESS, b"{}")
    yield "a body was exchanged", "small", _before_export(_exchanged_body())
    yield "one party's signature under the agreement is missing", "whole", _of(_one_signature)
    yield "the opening of a generation is missing", "refused", _of(_without_opening)
    yield "two entries in one place: the log told two stories", "small", _of(_two_stories)
    yield "an entry had seen less than the one before it", "small", _small_and(_seen_less)
    why = "the outcome was left out, and its writer shows to have gone on"
    yield why, "refused", _of(lambda: _refused().without(_is_outcome))
    yield "an outcome about what its writer had decided before", "small", _small_and(_decided_twice)
    yield "an entry about another case", "small", _small_and(_another_case)


def _exchanged(one: str, other: str) -> dict[str, bytes | None]:
    files = _small()
    return {
        f"entries/{a}.{kind}": files[f"entries/{b}.{kind}"]
        for a, b in ((one, other), (other, one))
        for kind in ("json", "tlog-proof")
    }


def _unreadable() -> Iterator[Broken]:
    files = _small()
    entry, proof = "entries/0001.json", "entries/0001.tlog-proof"
    home = files[proof].replace(b"example/home/", b"example/diary/")
    hefei, body = "descriptors/hefei.example.note", "bodies/0004/01.json"
    salt = "bodies/0004/01.salt"
    wrong: tuple[tuple[str, dict[str, bytes | None]], ...] = (
        ("a file of no known name, on the manifest", {"README": b"x"}),
        ("an entry without proof", {"entries/0002.tlog-proof": None}),
        (
            "a gap in the numbers",
            {"entries/0002.json": None, "entries/0002.tlog-proof": None},
        ),
        ("entries out of their order", _exchanged("0001", "0002")),
        ("an entry with a space before it", {entry: b" " + files[entry]}),
        ("a salt of 31 bytes", {salt: files[salt][:31]}),
        ("a salt without its body", {body: None}),
        ("a descriptor under another node's name", {hefei: SONGJIANG.descriptor}),
        ("a proof about no log of a node", {proof: home}),
    )
    for why, changes in wrong:
        yield why, "small", _before_export(changes)
    yield "no manifest", "small", _after_export({MANIFEST: None})


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
