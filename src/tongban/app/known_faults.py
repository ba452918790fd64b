"""Failures that are foreseen, and what a person is told of them."""

import errno
from collections.abc import Mapping

from tongban.agreement_text.faults import TextFault
from tongban.app.demo.faults import DemonstrationStopped
from tongban.app.initialise import FolderNotEmpty
from tongban.app.settings import SettingsUnreadable
from tongban.channels.faults import ChannelFault
from tongban.evidence.faults import Fault
from tongban.logs.faults import BrokenInvariant as LogsContradiction
from tongban.node.faults import BrokenInvariant as NodeContradiction
from tongban.node.faults import NodeFault

#: Their texts say what happened, why, and what to do next. Anything else is a flaw of the program.
KNOWN_FAULTS = (
    SettingsUnreadable,
    FolderNotEmpty,
    Fault,
    NodeFault,
    TextFault,
    ChannelFault,
    DemonstrationStopped,
    OSError,
)

#: The store or the node contradicts itself: a damaged database does that, or a flaw of the program.
CONTRADICTIONS = (NodeContradiction, LogsContradiction)

_REMEDIES: Mapping[int | None, str] = {
    errno.ENOENT: "see that the name is right",
    errno.ENOTDIR: "see that the name is right",
    errno.EISDIR: "name a file in it",
    errno.EEXIST: "choose another name",
    errno.EACCES: "give this user the right to it",
    errno.EPERM: "give this user the right to it",
    errno.EROFS: "choose a place that can be written",
    errno.ENOSPC: "make room there, and try again",
    errno.EFBIG: "make room there, and try again",
    errno.EDQUOT: "make room there, and try again",
}
#: Of two files it is the one written to that these are about.
_OF_THE_TARGET = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS}
_ANY_REMEDY = "look at the disk and the folder, and try again"


def unforeseen(error: Exception) -> str:
    """What is said of a flaw of the program: its kind alone, for its text may hold anybody's data.

    Where it happened stands in the log.
    """
    return (
        f"the program has a flaw ({type(error).__name__}), and nothing was done; look at the "
        "node's log and report what stands there"
    )


def contradicted(broken: Exception) -> str:
    """What is said where a command came upon a contradiction in the node's database."""
    return (
        f"the node's database contradicts itself: {broken}. `tongban doctor` and `tongban verify` "
        "say whether it is damaged; then restore a backup, else report this. Nothing was done"
    )


def told(fault: Exception) -> str:
    """The fault in words; of the system's own errors also which file, and what to do."""
    if not isinstance(fault, OSError) or fault.strerror is None:
        return str(fault)
    name = (fault.filename2 if fault.errno in _OF_THE_TARGET else None) or fault.filename
    where = f"{name}: " if name else ""
    return f"{where}{fault.strerror}; {_REMEDIES.get(fault.errno, _ANY_REMEDY)}"
