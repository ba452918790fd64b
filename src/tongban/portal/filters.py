"""How results are narrowed: for whom, by life event, by theme, by way of handling."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.catalogue import load_topics
from tongban.core.cases.events import Mode
from tongban.core.items.classification import Audience
from tongban.core.items.topic import TopicKind
from tongban.pages.words import said
from tongban.search.index import Filters


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One value that can be chosen."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Select:
    """One way to narrow results; name: of the parameter in the address."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def value(self) -> str:
        """What was chosen; empty for everything."""
        return next((choice.value for choice in self.choices if choice.chosen), "")

    @property
    def words(self) -> str:
        """What was chosen, in words."""
        return next((choice.words for choice in self.choices if choice.chosen), "")


def selects_of(asked: Mapping[str, str]) -> tuple[Select, ...]:
    """The ways to narrow results, with what was chosen; an unknown value chooses nothing."""
    topics = load_topics()
    events = [(each.code, said(each.name)) for each in topics if each.kind is TopicKind.LIFE_EVENT]
    themes = [(each.code, said(each.name)) for each in topics if each.kind is TopicKind.THEME]
    return (
        _select("who", gettext("给谁办"), _audiences(), asked),
        _select("event", gettext("人生事件"), events, asked),
        _select("theme", gettext("主题"), themes, asked),
        _select("mode", gettext("怎么办"), _modes(), asked),
    )


def filters_of(selects: Iterable[Select]) -> Filters:
    """What a result must be."""
    chosen = {select.name: select.value for select in selects}
    return Filters(
        audience=chosen["who"],
        life_event=chosen["event"],
        theme=chosen["theme"],
        mode=chosen["mode"],
    )


def _audiences() -> list[tuple[str, str]]:
    return [(Audience.PERSON, gettext("个人")), (Audience.COMPANY, gettext("企业"))]


def _modes() -> list[tuple[str, str]]:
    return [
        (Mode.ALL_ONLINE, gettext("全程网办")),
        (Mode.DELEGATED_INTAKE, gettext("本地窗口代收")),
    ]


def _select(
    name: str, label: str, values: Iterable[tuple[str, str]], asked: Mapping[str, str]
) -> Select:
    return Select(
        name=name,
        label=label,
        choices=tuple(
            Choice(value=value, words=words, chosen=asked.get(name) == value)
            for value, words in values
        ),
    )
