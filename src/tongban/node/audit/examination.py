"""The whole examination of a store: every check, then states folded again and compared."""

from collections.abc import Callable, Iterator

from tongban.logs.rows import View
from tongban.node.audit.archive import archive_of
from tongban.node.audit.checks import CHECKS
from tongban.node.audit.damage import Damage, Examined, Progress
from tongban.node.blobs.checking import damaged_pieces, kept_files
from tongban.node.forgetting import partly_back
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.rebuild import rebuild

_FOLDED = "states"
_KINDS = ("case", "agreement", "catalogue", "negotiation", "inquiry")

#: How often a person is told how far it is.
_EVERY = 100


def examine(kernel: Kernel, *, with_bodies: bool, progress: Progress) -> Examined:
    """Examine a store that nobody else works on.

    Give it a copy: states are folded again in its place. with_bodies: the kernel's data key is
    the store's own, so that bodies open.
    """
    result = Examined()
    with kernel.database.read() as connection:
        archive = archive_of(kernel, connection, with_bodies=with_bodies)
        for name, check in CHECKS.items():
            step = _stepper(name, archive.size, progress)
            result.damages += check(archive, result.counts, step)
        result.damages += _check_pieces(kernel, connection, result, progress)
        for peer in partly_back(kernel, connection):
            result.skipped.append(
                f"what {peer} has still to give back: so far it gave a part of what was lost; "
                "start the node, and the rest comes before anything is written to that partner"
            )
    if not with_bodies:
        result.skipped.append("bodies: the node's keys are not here, and nobody else opens them")
    if result.damages:
        result.skipped.append("states: what is damaged cannot be folded again")
    else:
        result.damages += _check_states(kernel, result, progress)
    return result


def _check_pieces(
    kernel: Kernel, connection: Connection, result: Examined, progress: Progress
) -> Iterator[Damage]:
    """Every piece of a large file is there, and is what its name says."""
    files = list(kept_files(kernel, connection))
    total = sum(len(file.names) for file in files)
    for file in files:
        damaged = damaged_pieces(kernel, file)
        result.counts.pieces += len(file.names)
        progress("files", result.counts.pieces, total)
        if damaged:
            yield Damage(
                kind="pieces_damaged",
                place=f"file {file.row.root}",
                text=f"{len(damaged)} of its {len(file.names)} pieces are lacking or changed",
                remedy="run `tongban repair`: the partner with whom the file stands gives it back",
            )


def _stepper(name: str, total: int, progress: Progress) -> Callable[[], None]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % _EVERY == 0 or done == total:
            progress(name, done, total)

    return step


def _check_states(kernel: Kernel, result: Examined, progress: Progress) -> list[Damage]:
    before = _states(kernel)
    with kernel.database.read() as connection:
        total = kernel.store.journal_size(connection)
    rebuild(kernel, lambda folded: progress(_FOLDED, folded, total))
    after = _states(kernel)
    result.counts.states = len(after)
    return [
        Damage(
            kind="state_differs",
            place=f"{kind} {id_}",
            text="it is not what the logs give when they are folded again",
            remedy="stop the node and run `tongban rebuild`; the logs are whole",
        )
        for view, kind, id_ in sorted(before.keys() | after.keys())
        if before.get((view, kind, id_)) != after.get((view, kind, id_))
    ]


def _states(kernel: Kernel) -> dict[tuple[View, str, str], bytes]:
    with kernel.database.read() as connection:
        return {
            (view, kind, row.id): row.data
            for view in View
            for kind in _KINDS
            for row in kernel.store.states(connection, view, kind)
        }
