"""What can stop a node; each docstring says what the caller should do."""


class NodeFault(Exception):
    """Something about this node must be mended by its operator; nothing took effect."""


class AlreadyRunning(NodeFault):
    """Another process works on the same data folder; stop it or choose another folder."""


class DiskFull(NodeFault):
    """There is no room for what was to be stored; acknowledge nothing, make room, ask again."""


class StorageFailed(NodeFault):
    """The database could not be read or written; acknowledge nothing, do what the text says."""


class DatabaseDamaged(StorageFailed):
    """The database file is no whole database; stop the node and restore a backup."""


class DatabaseUnfit(StorageFailed):
    """The database does not promise what the node promises others; change what the text names."""


class StorageUncertain(StorageFailed):
    """A commit failed half way, and only the next start finds out; take no work, start again."""


class FileTooLarge(NodeFault):
    """The file is larger than this way takes; divide it, or do what the text says."""


class FileIncomplete(NodeFault):
    """Pieces of the file are lacking here; ask again once the partner has given them back."""


class DocumentTooLarge(NodeFault):
    """The document would travel to no partner; make it smaller."""


class AnotherName(NodeFault):
    """The database is that of a node of another name; put the name back in the settings."""


class KeysOutdated(NodeFault):
    """The database knows of newer keys than the key file; put the newest key file in place."""


class OtherKeys(NodeFault):
    """The descriptor has other keys than the partner's; find out whose it is, see the text."""


class UnknownPeer(NodeFault):
    """No partner of this name is paired; run `tongban peer add` first."""


class NoParty(NodeFault):
    """This node is no party of the agreement; leave it to those that the text names."""


class DescriptorOutdated(NodeFault):
    """A newer descriptor of this partner is known; ask the partner for its present one."""


class UnknownItem(NodeFault):
    """No item of this code is published here; import the partner's catalogue first."""


class NotOpen(NodeFault):
    """The partner has not been given this item; look at what is open to it and ask again."""


class ItemsChanged(NodeFault):
    """Somebody published these items meanwhile; check the file against what stands now."""


class RuleChanged(NodeFault):
    """Somebody published a version of this rule meanwhile; look at it and ask again."""


class RuleUnchanged(NodeFault):
    """The version before says the same already; change something, or leave it at that."""


class BrokenInvariant(Exception):
    """The program contradicts itself; stop, keep the data, report the text."""
