"""Looking for what rotted, and asking partners for what they may have: `tongban repair`."""

from typing import Any

from tongban.app.control import Arguments
from tongban.app.operations.desk import OperatorDesk
from tongban.node.repair import Damage

#: Windows that one call looks at, so that progress can be shown between calls.
_AT_ONCE = 50
_FILES_AT_ONCE = 20


def look(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Look at some more of the store, from a place on; `next` is None at the end."""
    repairs, first = desk.node.repairs, arguments["first"]
    windows = repairs.windows()
    stop = min(first + _AT_ONCE, len(windows))
    found = repairs.look(windows[first:stop])
    looked = sum(window.stop - window.first for window in windows[:stop])
    total = sum(window.stop - window.first for window in windows)
    done = stop >= len(windows)
    return {
        "next": None if done else stop,
        "looked": looked,
        "total": total,
        "mended": found.mended,
    }


def files(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Look at the pieces of some more large files; `next` is "" at the end."""
    looked = desk.node.files.checking.look(arguments["after"], _FILES_AT_ONCE)
    return {"next": looked.last, "pieces": looked.pieces, "damaged": looked.damaged}


def ask(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Ask the partners for everything that is damaged, also for what they lacked before."""
    desk.node.repairs.ask_again()
    desk.node.conversation.crossing.ask_again()
    for peer in desk.node.kernel.peers.names():
        desk.node.wake(peer)
    return show(desk, {})


def show(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """What is damaged and not restored yet, and whether anybody asks the partners for it."""
    damage = [_damage(each) for each in desk.node.repairs.damage()]
    lacking = desk.node.files.checking.lacking()
    return {"damage": damage, "files": lacking, "delivers": desk.node.delivers}


def _damage(damage: Damage) -> dict[str, Any]:
    return {
        "written_by": damage.writer,
        "partner": damage.peer,
        "generation": damage.generation,
        "index": damage.index,
        "body": damage.body,
        "lacking": damage.lacking,
        "tree": damage.tree,
    }
