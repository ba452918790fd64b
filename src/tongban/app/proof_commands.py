"""`tongban evidence check-proof`: whether a proof file holds, for people and for scripts."""

from collections.abc import Iterable
from pathlib import Path

from tongban.evidence.faults import UnreadableKey, UnreadableProof
from tongban.evidence.keys import parse_vkey
from tongban.evidence.proofs import check_proof, parse_proof

PROVEN, NOT_PROVEN, UNREADABLE = 0, 1, 2


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
