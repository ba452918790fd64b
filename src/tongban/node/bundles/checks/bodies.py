"""Every body in the bundle is what its entry committed to."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from tongban.core.entry import Commitment
from tongban.evidence.commitments import opens
from tongban.evidence.suites import SUITES
from tongban.node.bundles.entries import SaltedBody
from tongban.node.bundles.examination import Examination
from tongban.node.bundles.file_names import body_file
from tongban.node.bundles.report import Problem


def check_bodies(bundle: Examination) -> Iterator[Problem]:
    """Bodies that are absent were left out or erased, which is no problem."""
    for line in bundle.lines:
        writer = bundle.nodes.get(line.place.log.writer)
        for position, commitment in enumerate(line.entry.commitments, 1):
            body = line.bundled.bodies.get(commitment.name)
            suites = {each.suite for each in writer.sets} if writer else set()
            if body and writer and not _is_committed(suites, commitment, body):
                name = body_file(line.number, position, commitment.media)
                yield Problem.of(
                    "body_differs",
                    zh=f"第 {line.number} 条：{name} 不是当时所承诺的内容。",
                    en=f"Entry {line.number}: {name} is not what the entry committed to.",
                )


def _is_committed(suites: AbstractSet[str], commitment: Commitment, body: SaltedBody) -> bool:
    """Under the hash of any of the writer's key sets; no two hash different bodies alike."""
    digest = bytes.fromhex(commitment.digest)
    fits = len(body.content) == commitment.size
    return fits and any(opens(SUITES[suite], digest, body.salt, body.content) for suite in suites)
