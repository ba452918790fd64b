"""Basic codes (基本编码) that something known here has, for rules that name one."""

from collections.abc import Iterable
from difflib import get_close_matches

from tongban.app.control import OperationRefused
from tongban.catalogue import load_basic_codes, load_basic_names
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.item import Item


def require_known(code: str, items: Iterable[Item]) -> None:
    """A rule about a code that was mistyped says nothing, and nobody would ever notice.

    Raises OperationRefused.
    """
    of_keys = {key: name for name, key in load_basic_names().items()}
    names = {known: of_keys[key] for known, key in load_basic_codes().items()}
    names |= {basic_code_of(item): item.name.zh for item in items}
    if code in names:
        return
    near = get_close_matches(code, names, n=1)
    meant = f" ({near[0]} is {names[near[0]]})" if near else ""
    raise OperationRefused(
        f"no item that is known here and no entry of the basic catalogue has the basic code {code}"
        f"{meant}. Nothing was published; mend basic_code in the file, or give --unknown-code if "
        "it is right all the same"
    )
