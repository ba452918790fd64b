"""Who is in charge of an item, and where and how people reach them."""

from dataclasses import dataclass

from tongban.core.items.classification import AuthorityNature
from tongban.core.later import later
from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """The 实施主体; code: its 统一社会信用代码. nature: 实施主体性质."""

    name: Words
    code: str
    nature: AuthorityNature | None = later(None)


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectWay:
    """The competent authority's own channel, which no agreement's absence can close."""

    address: Words
    phone: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Counter:
    """办理地点 with its 办理时间."""

    name: Words
    address: Words
    hours: Words
    phone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """咨询方式 or 监督投诉方式."""

    words: Words
    phone: str = ""
    url: str = ""
