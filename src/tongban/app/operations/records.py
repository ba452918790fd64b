"""A guest's record changes hands: `tongban guest hand-over | acknowledge | standing | …`."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.guests.checklist import write_checklist
from tongban.app.guests.handed_over import (
    Act,
    HandOver,
    digest,
    is_signed,
    key_name,
    read_list,
    write_archive,
)
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.core.entry import Commitment
from tongban.core.grounds import words_for
from tongban.core.one_sided import PAPER, needs_paper
from tongban.core.records.commands import AcknowledgeRecord, WithdrawObjection
from tongban.core.records.events import Objection, ObjectionGround
from tongban.core.records.state import Backing
from tongban.core.refusal import Refusal
from tongban.evidence.signer import KeyPurpose
from tongban.logs import wire
from tongban.node.records import KeptEntry

_EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def hand_over(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """The file with everything that was recorded, in base64; that papers were read is recorded."""
    identity = desk.node.kernel.identity
    if not identity.kept_by:
        raise OperationRefused(
            f"{desk.node.name} is not kept for a guest now, so there is no record to hand over. "
            "Name the folder of the guest's node with --folder"
        )
    found = desk.node.records.hand_over(OPERATOR)
    listed = [(_act(each, paper, number), paper) for number, (each, paper) in enumerate(found, 1)]
    handed = HandOver(
        guest=identity.name,
        keeper=identity.kept_by,
        made_at=desk.node.kernel.clock.now(),
        acts=tuple(act for act, _ in listed),
    )
    data = write_archive(
        handed,
        identity.signer,
        sheet=write_checklist(handed.acts),
        papers={act.paper: paper for act, paper in listed if act.paper and paper is not None},
    )
    by_officers = [act for act in handed.acts if act.by_officer]
    return {
        "guest": handed.guest,
        "acts": len(by_officers),
        "without_paper": sum(not act.paper for act in by_officers),
        "file": b64encode(data).decode(),
    }


def acknowledge(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Countersign what the keeper recorded, but for the objections; or only look (`check`)."""
    note = b64decode(arguments["list"])
    kept = list(desk.node.records.kept())
    _compare(desk, note, kept)
    objections = {
        entry: ObjectionGround(ground) for entry, ground in arguments["objections"].items()
    }
    waiting = [each for each in kept if each.side.backing is Backing.ONE_SIDED]
    _check_objections(objections, waiting)
    commands = list(_commands(desk, waiting, objections))
    if not arguments["check"]:
        for partner, command in commands:
            _execute(desk, partner, command)
    return {
        "acknowledged": len(waiting) - len(objections),
        "objected": len(objections),
        "subjects": len(commands),
        "before": len(kept) - len(waiting),
        "done": not arguments["check"],
    }


def standing(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every officer's act that a keeper signed, here or for a partner, and who stands behind it."""
    found = [*desk.node.records.kept(), *desk.node.records.kept_by_partners()]
    return [
        {
            "guest": each.guest,
            "partner": each.partner,
            "about": each.entry.subject.id,
            "type": wire.type_name(each.entry.event),
            "at": each.entry.at.isoformat(timespec="minutes"),
            "entry": each.entry.id,
            "keeper": each.side.keeper,
            "backing": each.side.backing.value,
            "ground": each.side.ground.value if each.side.ground else "",
            "paper": _paper(each) is not None,
        }
        for each in found
        if needs_paper(each.entry.actor)
    ]


def withdraw_objection(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Stand behind an act after all to which this node had objected."""
    entry = arguments["entry"]
    found = next((each for each in desk.node.records.kept() if each.entry.id == entry), None)
    if found is None:
        raise OperationRefused(
            f"{entry} is no entry that a keeper signed for {desk.node.name}; "
            "`tongban guest standing` lists them"
        )
    command = WithdrawObjection(guest=desk.node.name, actor=OPERATOR, entry=entry)
    _execute(desk, found.partner, command)
    return {"entry": entry, "partner": found.partner}


def _act(each: KeptEntry, paper: bytes | None, number: int) -> Act:
    line = _paper(each) if paper is not None else None
    suffix = _EXTENSIONS.get(line.media, "bin") if line else ""
    return Act(
        partner=each.partner,
        kind=each.entry.subject.kind.value,
        about=each.entry.subject.id,
        type=wire.type_name(each.entry.event),
        at=each.entry.at,
        entry=each.entry.id,
        sha256=digest(each.data),
        by_officer=needs_paper(each.entry.actor),
        paper=f"papers/{number:04}.{suffix}" if line else "",
        paper_sha256=digest(paper) if paper is not None and line else "",
    )


def _paper(each: KeptEntry) -> Commitment | None:
    return next((line for line in each.entry.commitments if line.name == PAPER), None)


def _compare(desk: OperatorDesk, note: bytes, kept: list[KeptEntry]) -> None:
    """The list is the keeper's and says what this store says, neither more nor less."""
    handed, identity = read_list(note), desk.node.kernel.identity
    name = key_name(identity.name)
    held = [each for each in identity.as_peer().sets if each.kept_by]
    keys = [each.verifier_key(KeyPurpose.LOG, name) for each in held]
    if handed.guest != identity.name or not is_signed(note, keys):
        raise OperationRefused(
            f"the file is not what a keeper signed for {identity.name}; ask it for the file again. "
            "Nothing was acknowledged"
        )
    listed = {act.entry: act.sha256 for act in handed.acts}
    stored = {each.entry.id: digest(each.data) for each in kept}
    strange = sorted(entry for entry in listed if listed[entry] != stored.get(entry))
    hidden = sorted(stored.keys() - listed.keys())
    if strange or hidden:
        raise OperationRefused(
            f"the file and this node's store differ: {len(hidden)} entries are in the store and "
            f"not in the file, {len(strange)} the other way round or otherwise than here, first "
            f"{(hidden or strange)[0]}. Ask the keeper for a file made after its last act, and "
            "what was recorded here. Nothing was acknowledged"
        )


def _check_objections(objections: Mapping[str, ObjectionGround], waiting: list[KeptEntry]) -> None:
    unknown = sorted(objections.keys() - {each.entry.id for each in waiting})
    if unknown:
        raise OperationRefused(
            f"{unknown[0]} is no entry of this record, or it was acknowledged before; "
            "`tongban guest standing` lists them. Nothing was acknowledged"
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Subject:
    """partner: in whose log. kind, id: what the entries are about."""

    partner: str
    kind: str
    id: str


def _commands(
    desk: OperatorDesk, waiting: list[KeptEntry], objections: Mapping[str, ObjectionGround]
) -> Iterator[tuple[str, AcknowledgeRecord]]:
    """One act for each subject in the log to each partner, since each is shown by itself."""
    subjects: dict[_Subject, list[KeptEntry]] = {}
    for each in waiting:
        subject = each.entry.subject
        key = _Subject(partner=each.partner, kind=subject.kind.value, id=subject.id)
        subjects.setdefault(key, []).append(each)
    for key, entries in subjects.items():
        ids = sorted(each.entry.id for each in entries)
        objected = [entry for entry in ids if entry in objections]
        yield (
            key.partner,
            AcknowledgeRecord(
                guest=desk.node.name,
                actor=OPERATOR,
                about=entries[0].entry.subject,
                until=ids[-1],
                objections=tuple(
                    Objection(entry=entry, ground=objections[entry]) for entry in objected
                ),
            ),
        )


def _execute(
    desk: OperatorDesk, partner: str, command: AcknowledgeRecord | WithdrawObjection
) -> None:
    done = desk.node.execute(command, partner=partner)
    if isinstance(done, Refusal):
        words = words_for(done.ground)
        raise OperationRefused(f"{words.what.en} {words.why.en} {words.next.en}")
