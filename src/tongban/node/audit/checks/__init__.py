"""Every check of a store, in the order in which they are made."""

from collections.abc import Callable, Iterator

from tongban.node.audit.archive import Archive
from tongban.node.audit.checks.anchors import check_anchors
from tongban.node.audit.checks.bodies import check_bodies
from tongban.node.audit.checks.documents import check_documents
from tongban.node.audit.checks.erasures import check_erasures
from tongban.node.audit.checks.generations import check_generations
from tongban.node.audit.checks.journal import check_journal
from tongban.node.audit.checks.logs import check_logs
from tongban.node.audit.damage import Counts, Damage

#: Makes one step of progress.
Step = Callable[[], None]
Check = Callable[[Archive, Counts, Step], Iterator[Damage]]

CHECKS: dict[str, Check] = {
    "documents": check_documents,
    "logs": check_logs,
    "generations": check_generations,
    "home log": check_anchors,
    "bodies": check_bodies,
    "erasures": check_erasures,
    "order of effects": check_journal,
}
