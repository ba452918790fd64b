"""With a list of trusted keys, every key that the bundle rests on is one of them."""

from collections.abc import Iterator

from tongban.evidence.faults import UnreadableNote
from tongban.evidence.notes import SignedNote, parse_note
from tongban.node.bundles.citations import signatures_in
from tongban.node.bundles.examination import Examination
from tongban.node.bundles.report import Problem
from tongban.node.bundles.trust import is_anchored, used_keys


def check_trust(bundle: Examination) -> Iterator[Problem]:
    """Nothing without a list; the report says then that the keys are not anchored."""
    if bundle.trust is None:
        return
    notes = [bundle.note, *_signed(bundle)]
    for name in sorted(bundle.nodes):
        for key in used_keys(bundle.nodes[name], notes):
            if not is_anchored(key, bundle.trust):
                yield Problem.of(
                    "key_unknown",
                    zh=f"密钥 {key.name}（编号 {key.key_id.hex()}）不在可信密钥清单内。",
                    en=f"The key {key.name} (id {key.key_id.hex()}) is not on the trust list.",
                )


def _signed(bundle: Examination) -> Iterator[SignedNote]:
    """Every note in the bundle beside the manifest: checkpoints, and signatures on agreements."""
    for line in bundle.lines:
        yield line.bundled.proof.checkpoint_note
        for signature in signatures_in(line.entry.event):
            try:
                yield parse_note(signature.note.encode())
            except UnreadableNote:
                continue
