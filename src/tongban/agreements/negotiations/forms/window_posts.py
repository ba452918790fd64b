"""The posts behind a window and their duties, a line each: post, duties, and both in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from tongban.agreements.negotiations.forms.parts import Control, Filled, Values
from tongban.agreements.negotiations.forms.reading import words_of
from tongban.core.agreements.provisions import WindowFunction
from tongban.pages.components import FieldError

_COLUMNS = 4
#: An upright stroke as Latin and Chinese keyboards have it, or a tab of a sheet.
_PARTED = re.compile(r"[ \u3000]*[\t|｜][ \u3000]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class PostsPart:
    """Posts of a window; who holds one stands nowhere."""

    name: str

    def sent(self, value: Any) -> Values:
        """A line for each post."""
        return {self.name: ("\n".join(_written(each) for each in value),)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """Several lines."""
        hint = gettext("一行一个：岗位 | 职责 | 岗位英文 | 职责英文；英文可以不写，不写姓名。")
        yield Control(
            kind="area",
            anchor=self.name,
            label=gettext("岗位和职责"),
            hint=hint,
            value=filled.one(self.name),
        )

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That there is none, or that one says not what it does."""
        found = self.read(filled)
        if not found or any(not (each.name.zh and each.duties.zh) for each in found):
            words = gettext("请至少写一个岗位，每个岗位都写职责，中间用 | 隔开。")
            yield FieldError(anchor=self.name, words=words)

    def read(self, filled: Filled) -> tuple[WindowFunction, ...]:
        """The posts."""
        lines = (line.strip() for line in filled.one(self.name).splitlines())
        return tuple(_post(line) for line in lines if line)


def _post(line: str) -> WindowFunction:
    cells = (*_PARTED.split(line, _COLUMNS - 1), *[""] * _COLUMNS)
    return WindowFunction(name=words_of(cells[0], cells[2]), duties=words_of(cells[1], cells[3]))


def _written(post: WindowFunction) -> str:
    texts = (post.name, post.duties)
    english = ["" if words.en == words.zh else words.en for words in texts]
    return " | ".join((*(words.zh for words in texts), *english)).rstrip(" |")
