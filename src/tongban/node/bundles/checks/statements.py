"""There is something about the case, and something of it is countersigned."""

from collections.abc import Iterator

from tongban.node.bundles.examination import Examination
from tongban.node.bundles.report import Problem


def check_statements(bundle: Examination) -> Iterator[Problem]:
    """A bundle that proves nothing about its case is not verified."""
    about = [line for line in bundle.lines if bundle.about_case(line)]
    if not any(line.standing.proven for line in about):
        yield Problem.of(
            "nothing_proven",
            zh="没有一条本案记录经双方签名，本证据包对本案什么也证明不了。",
            en="No entry about the case is signed by both sides: the bundle proves nothing of it.",
        )
