"""What a node may be called: the name stands in headers, file names, key names and certificates."""

import re

_NODE_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?")


def is_node_name(name: str) -> bool:
    """Whether it is 1 to 63 of a-z, 0-9, dot and hyphen, with a letter or digit at both ends."""
    return _NODE_NAME.fullmatch(name) is not None
