"""By what people look for an item when they do not know its name."""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.words import Words


class TopicKind(StrEnum):
    """主题分类 sorts by matter; a life event (人生事件) by what happens to people or firms."""

    THEME = "theme"
    LIFE_EVENT = "life_event"


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """One theme or life event; code: what items name it by."""

    code: str
    kind: TopicKind
    name: Words
