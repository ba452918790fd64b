"""A bundle is about one case between the exporter and at most one other node."""

from collections.abc import Iterator

from tongban.channels.descriptors import fingerprints
from tongban.core.home.events import PeerPaired
from tongban.node.bundles.citations import basis_document, signatories
from tongban.node.bundles.examination import Examination
from tongban.node.bundles.report import Problem


def check_parties(bundle: Examination) -> Iterator[Problem]:
    """Logs are those of the two, descriptors also of who signed; the pairing is with the same keys.

    An agreement of many parties rests on signatures of nodes that have no part in the case.
    """
    exporter = bundle.manifest.exported_by
    logs = {line.place.log for line in bundle.lines}
    for log in sorted(logs):
        if exporter not in {log.writer, log.reader}:
            yield Problem.of(
                "foreign_log",
                zh=f"导出方 {exporter} 不是日志 {log.writer} → {log.reader or '本地'} 的一方。",
                en=f"{exporter}, who exported this, has no part in a log of {log.writer}.",
            )
    nodes = {exporter, *(name for log in logs for name in (log.writer, log.reader) if name)}
    if len(nodes) > 2:  # noqa: PLR2004  a case is between two
        yield Problem.of(
            "too_many_parties",
            zh=f"一个办件只涉及两方，这里却有：{'、'.join(sorted(nodes))}。",
            en=f"A case is between two nodes, but here are {', '.join(sorted(nodes))}.",
        )
    documents = map(basis_document, bundle.contents.documents.values())
    strange = bundle.nodes.keys() - nodes - signatories(documents)
    for name in sorted((nodes - bundle.nodes.keys()) | strange):
        yield Problem.of(
            "descriptors_differ",
            zh=f"节点说明书与各方不一致：{name}。",
            en=f"The descriptors are not those of the parties: {name}.",
        )
    yield from _pairing(bundle)


def _pairing(bundle: Examination) -> Iterator[Problem]:
    paired = {
        line.entry.event.peer: line.entry.event.fingerprint
        for line in bundle.lines
        if isinstance(line.entry.event, PeerPaired)
    }
    for peer, known in paired.items():
        node = bundle.nodes.get(peer)
        if node is not None and known not in fingerprints(node):
            yield Problem.of(
                "pairing_differs",
                zh=f"{peer} 的密钥指纹与配对时登记的不同。",
                en=f"The keys of {peer} are not those that were compared at pairing.",
            )
