"""What can be wrong with a backup or with where it is to go; each says what to do."""

from tongban.node.faults import NodeFault


class BackupDamaged(NodeFault):
    """The file is no whole backup; use another one."""


class BackupTooNew(NodeFault):
    """A later version made the backup; restore it with that version."""


class RestoreRefused(NodeFault):
    """The backup may not go there, or lacks what a node needs; nothing was changed."""
