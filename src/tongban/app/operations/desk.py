"""What an operation works with."""

from dataclasses import dataclass

from tongban.app.control import Tell, tell_nobody
from tongban.app.key_files import Secrets
from tongban.app.settings import Folder, Settings
from tongban.core.entry import Actor, ActorKind
from tongban.node.node import Node

#: Whoever acts at the command line; the log says no more of a person than that.
OPERATOR = Actor(kind=ActorKind.OFFICER, role="operator")


@dataclass(frozen=True, kw_only=True, slots=True)
class OperatorDesk:
    """The node with its folder, settings and keys; tell: told how far a long operation is."""

    node: Node
    folder: Folder
    settings: Settings
    secrets: Secrets
    tell: Tell = tell_nobody
