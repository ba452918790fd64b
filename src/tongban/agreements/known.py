"""Items by their names, and who acts for whom, as these pages say it."""

from collections.abc import Mapping

from django.utils.translation import gettext

from tongban.core.items.item import Item
from tongban.pages.node_access import current_node
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


def direction_words(granter: str, grantee: str) -> str:
    """Who acts for whom."""
    names = {"granter": name_of_node(granter), "grantee": name_of_node(grantee)}
    return gettext("%(grantee)s以%(granter)s的名义办") % names


def item_names() -> Mapping[str, str]:
    """Names of items that are known here, by code."""
    return {item.code: said(item.name) for item in known_items()}


def known_items() -> list[Item]:
    """Own items and partners', each once."""
    every = [*whole_node().own.newest().values(), *current_node().items()]
    return list({item.code: item for item in every}.values())
