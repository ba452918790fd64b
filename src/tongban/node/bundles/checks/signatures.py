"""The exporter signed the manifest, and every entry is in its writer's log."""

from collections.abc import Iterator

from tongban.evidence.signer import KeyPurpose
from tongban.node.bundles.examination import Examination
from tongban.node.bundles.file_names import proof_file
from tongban.node.bundles.manifest import is_signed, manifest_key_name
from tongban.node.bundles.report import Problem


def check_signatures(bundle: Examination) -> Iterator[Problem]:
    """False signatures are problems; an absent countersignature only leaves an entry one-sided."""
    exporter = bundle.manifest.exported_by
    node = bundle.nodes.get(exporter)
    name = manifest_key_name(exporter)
    if node is None or not is_signed(bundle.note, node.verifier_key(KeyPurpose.LOG, name)):
        yield Problem.of(
            "manifest_not_signed",
            zh=f"清单没有导出方 {exporter} 的有效签名。",
            en=f"The manifest is not validly signed by {exporter}, who is said to have exported.",
        )
    for line in bundle.lines:
        if not line.standing.signed:
            yield Problem.of(
                "proof_fails",
                zh=f"第 {line.number} 条：{proof_file(line.number)} 证明不了它在"
                f" {line.place.log.writer} 的日志中。",
                en=f"Entry {line.number}: {proof_file(line.number)} does not prove that it is in"
                f" the log of {line.place.log.writer}.",
            )
        if line.standing.spoiled:
            yield Problem.of(
                "cosignature_false",
                zh=f"第 {line.number} 条：{line.place.log.reader} 的会签不真实。",
                en=f"Entry {line.number}: the cosignature of {line.place.log.reader} is false.",
            )
