"""`tongban evidence proof | check-proof`: one entry's proof, taken out of a bundle and checked."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tongban.app.control import OperationFailed, OperationRefused
from tongban.app.evidence_commands import read_trust_file
from tongban.app.private_files import write_private
from tongban.evidence.faults import UnreadableKey, UnreadableProof
from tongban.evidence.keys import parse_vkey
from tongban.evidence.proofs import check_proof, parse_proof
from tongban.node.bundles.archive import unpack
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.file_names import entry_file, proof_file
from tongban.node.bundles.verify import verify_bundle

PROVEN, NOT_PROVEN, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenProof:
    """An entry's exact bytes and its proof as files, and the vkeys under which the proof holds."""

    entry: Path
    proof: Path
    log: str
    cosigners: tuple[str, ...]

    @property
    def command(self) -> str:
        """What checks the proof, ready for a shell."""
        cosigners = (word for vkey in self.cosigners for word in ("--cosigner", vkey))
        check = ("tongban", "evidence", "check-proof", str(self.proof), "--entry", str(self.entry))
        return shlex.join((*check, "--log", self.log, *cosigners))


def take_proof(
    bundle_path: Path, number: int, folder: Path, *, trust_path: Path | None
) -> TakenProof:
    """Write the proof of one entry of a bundle that holds into the folder, and its keys' names.

    Raises OperationRefused where the bundle does not hold or has no such entry, OperationFailed
    where it is none, TrustUnreadable or OSError.
    """
    trust = None if trust_path is None else read_trust_file(trust_path)
    data = bundle_path.read_bytes()
    try:
        report = verify_bundle(data, trust)
    except BundleUnreadable as error:
        raise OperationFailed(f"{bundle_path}: {error}; ask for the file again") from error
    if not report.verified:
        raise OperationRefused(
            f"{bundle_path} is not verified, so no proof was taken out of it; `tongban evidence "
            "verify` says why"
        )
    found = next((entry for entry in report.entries if entry.number == number), None)
    if found is None:
        raise OperationRefused(
            f"{bundle_path} has no entry {number}; its entries are 1 to {len(report.entries)}, as "
            "`tongban evidence verify` lists them"
        )
    taken = TakenProof(
        entry=folder / Path(entry_file(number)).name,
        proof=folder / Path(proof_file(number)).name,
        log=found.log_vkey,
        cosigners=found.cosigner_vkeys,
    )
    files = unpack(data)
    folder.mkdir(parents=True, exist_ok=True)
    write_private(taken.entry, files[entry_file(number)])
    write_private(taken.proof, files[proof_file(number)])
    return taken


def check_proof_command(
    proof_path: Path, entry_path: Path, log_vkey: str, cosigner_vkeys: Iterable[str]
) -> tuple[int, str]:
    """The exit code (0 proven, 1 not, 2 unreadable) and one line of reason."""
    try:
        log_key = parse_vkey(log_vkey)
        cosigner_keys = [parse_vkey(text) for text in cosigner_vkeys]
        proof = parse_proof(proof_path.read_bytes())
        entry = entry_path.read_bytes()
    except OSError as error:
        return UNREADABLE, f"unreadable: {error.filename}: {error.strerror}"
    except (UnreadableKey, UnreadableProof) as error:
        return UNREADABLE, f"unreadable: {error}"
    result = check_proof(proof, entry, log_key, cosigner_keys)
    if result.proven:
        return PROVEN, f"proven: {result.reason}"
    return NOT_PROVEN, f"not proven: {result.reason}"
