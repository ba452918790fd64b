"""What an item names and the catalogue has to know: basic entries, lines and providers."""

from collections.abc import Iterator
from functools import cache

from tongban.catalogue import load_basic_codes, load_line_codes, load_providers
from tongban.catalogue.sheets.labels import LISTS
from tongban.core.items.codes import is_basic_code
from tongban.core.items.item import Item
from tongban.core.items.problem import Problem, problem


def find_dangling(item: Item) -> Iterator[Problem]:
    """Everything that the item names and that is nowhere."""
    yield from _basic(item)
    if item.lists is not None:
        for name in LISTS.values():
            for index, line in enumerate(getattr(item.lists, name)):
                yield from _line(f"lists.{name}[{index}]", line.code, line.provider)


def _basic(item: Item) -> Iterator[Problem]:
    if is_basic_code(item.basic_code) and item.basic_code not in load_basic_codes():
        yield problem(
            "basic_code",
            (
                f"基本目录里没有{item.basic_code}",
                f"the basic catalogue has no {item.basic_code}",
            ),
            (
                "改正编码；这里的基本目录还没有收录的，先空着",
                "mend the code, or leave it empty until the basic catalogue here has the entry",
            ),
        )


def _line(where: str, code: str, provider: str) -> Iterator[Problem]:
    if code not in load_line_codes():
        yield problem(
            f"{where}.code",
            (f"数据和证照目录里没有{code}", f"no data or certificate is called {code}"),
            (
                "用目录里的代码（说明表里列出）",
                "use a code of the directory (they stand on the explanation sheet)",
            ),
        )
    if provider not in _kinds():
        yield problem(
            f"{where}.provider",
            (f"没有“{provider}”这种提供方", f"there is no kind of provider {provider}"),
            (f"从中选一个：{'、'.join(_kinds())}", f"choose one of: {', '.join(_kinds())}"),
        )


@cache
def _kinds() -> tuple[str, ...]:
    """Kinds of organisations that provide something, or are asked to."""
    asked = {str(provider) for provider in load_line_codes().values()}
    return tuple(sorted(asked | {each.kind for each in load_providers()}))
