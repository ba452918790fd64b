"""Parts of a line that an agreement says in a field: a party, words, a number, a choice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext

from tongban.agreement_text.enum_words import words_of as code_words
from tongban.agreements.labels import Say
from tongban.agreements.negotiations.forms.reading import day_errors, number_errors, words_of
from tongban.core.agreements.document import Agreement
from tongban.pages.components import FieldError
from tongban.pages.money import fen_of, yuan_of
from tongban.pages.places import name_of_node
from tongban.pages.words import said

#: What a form sent or shows, by the name of the control; several where several can be chosen.
Values = Mapping[str, tuple[str, ...]]
Choices = tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """What a page shows for a part; kind: "field", "area", "radios" or "boxes"."""

    kind: str
    anchor: str
    label: str
    hint: str = ""
    value: str = ""
    type: str = "text"
    narrow: bool = False
    spoken: str = ""
    choices: Choices = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """A form as somebody filled it in, and the text to which the line belongs."""

    values: Values
    agreement: Agreement

    def several(self, name: str) -> tuple[str, ...]:
        """What a control has, none for nothing."""
        return self.values.get(name, ())

    def one(self, name: str) -> str:
        """What a control with one value has, "" for nothing."""
        return next(iter(self.several(name)), "")


class Part(Protocol):
    """How one field of a line is shown, sent, checked and read."""

    @property
    def name(self) -> str:
        """The field of the line."""

    def sent(self, value: Any) -> Values:
        """As a form would send what the line says."""

    def controls(self, filled: Filled) -> Iterator[Control]:
        """What the page shows."""

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """What has to be mended before it can be read."""

    def read(self, filled: Filled) -> Any:
        """What the line says; only where nothing is wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyPart:
    """One of the parties, by its node."""

    name: str
    label: Say

    def sent(self, value: Any) -> Values:
        """The node."""
        return {self.name: (value,)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """One to choose."""
        chosen = filled.one(self.name)
        choices = _parties(filled.agreement, (chosen,))
        yield Control(kind="radios", anchor=self.name, label=self.label(), choices=choices)

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That none is chosen."""
        if filled.one(self.name) not in filled.agreement.nodes:
            yield FieldError(anchor=self.name, words=gettext("请选一个缔约方。"))

    def read(self, filled: Filled) -> str:
        """The node."""
        return filled.one(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class PartiesPart:
    """Some of the parties, by their nodes."""

    name: str
    label: Say

    def sent(self, value: Any) -> Values:
        """The nodes."""
        return {self.name: tuple(value)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """Several to choose."""
        choices = _parties(filled.agreement, filled.several(self.name))
        yield Control(kind="boxes", anchor=self.name, label=self.label(), choices=choices)

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That none is chosen."""
        if not filled.agreement.nodes.intersection(self.read(filled)):
            yield FieldError(anchor=self.name, words=gettext("请至少选一个缔约方。"))

    def read(self, filled: Filled) -> tuple[str, ...]:
        """The nodes."""
        return filled.several(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoicePart:
    """One code of a kind."""

    name: str
    label: Say
    codes: type[StrEnum]

    def sent(self, value: Any) -> Values:
        """The code."""
        return {self.name: (value.value,)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """One to choose."""
        choices = _codes(self.codes, (filled.one(self.name),))
        yield Control(kind="radios", anchor=self.name, label=self.label(), choices=choices)

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That none is chosen."""
        if filled.one(self.name) not in set(self.codes):
            yield FieldError(anchor=self.name, words=gettext("请选一项。"))

    def read(self, filled: Filled) -> StrEnum:
        """The code."""
        return self.codes(filled.one(self.name))


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoicesPart:
    """Some codes of a kind."""

    name: str
    label: Say
    codes: type[StrEnum]

    def sent(self, value: Any) -> Values:
        """The codes."""
        return {self.name: tuple(each.value for each in value)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """Several to choose."""
        choices = _codes(self.codes, filled.several(self.name))
        yield Control(kind="boxes", anchor=self.name, label=self.label(), choices=choices)

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That none is chosen."""
        if not self.read(filled):
            yield FieldError(anchor=self.name, words=gettext("请至少选一项。"))

    def read(self, filled: Filled) -> tuple[StrEnum, ...]:
        """The codes, in the order of their kind."""
        return tuple(code for code in self.codes if code.value in filled.several(self.name))


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsPart:
    """Words in both languages; English may be left out."""

    name: str
    label: Say
    long: bool = False

    def sent(self, value: Any) -> Values:
        """Both; what stands twice alike is shown once."""
        english = "" if value.en == value.zh else value.en
        return {f"{self.name}_zh": (value.zh,), f"{self.name}_en": (english,)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """A control for each language."""
        kind = "area" if self.long else "field"
        for language, spoken in (("zh", "zh-Hans"), ("en", "en")):
            anchor, label = f"{self.name}_{language}", self.label()
            if language == "en":
                label = gettext("%(label)s · 英文，不写就用中文") % {"label": label}
            value = filled.one(anchor)
            yield Control(kind=kind, anchor=anchor, label=label, value=value, spoken=spoken)

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That there are none."""
        anchor = f"{self.name}_zh"
        if not filled.one(anchor):
            words = gettext("请写%(what)s。") % {"what": self.label()}
            yield FieldError(anchor=anchor, words=words)

    def read(self, filled: Filled) -> Any:
        """Both languages."""
        return words_of(filled.one(f"{self.name}_zh"), filled.one(f"{self.name}_en"))


@dataclass(frozen=True, kw_only=True, slots=True)
class TextPart:
    """A code, number of a paper or telephone."""

    name: str
    label: Say
    optional: bool = False

    def sent(self, value: Any) -> Values:
        """As it is."""
        return {self.name: (value,)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """One line."""
        hint = gettext("可以不写。") if self.optional else ""
        value = filled.one(self.name)
        yield Control(kind="field", anchor=self.name, label=self.label(), hint=hint, value=value)

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That it is lacking."""
        if not self.optional and not filled.one(self.name):
            words = gettext("请写%(what)s。") % {"what": self.label()}
            yield FieldError(anchor=self.name, words=words)

    def read(self, filled: Filled) -> str:
        """As it is."""
        return filled.one(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberPart:
    """A whole number; least: the smallest that makes sense."""

    name: str
    label: Say
    least: int = 1

    def sent(self, value: Any) -> Values:
        """In digits."""
        return {self.name: (str(value),)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """A short line."""
        value = filled.one(self.name)
        yield Control(kind="field", anchor=self.name, label=self.label(), value=value, narrow=True)

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That it is lacking or out of bounds."""
        text = filled.one(self.name) or "-"
        yield from number_errors(self.name, text, least=self.least)

    def read(self, filled: Filled) -> int:
        """The number."""
        return int(filled.one(self.name))


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyPart:
    """An amount, kept in fen and written in yuan."""

    name: str
    label: Say

    def sent(self, value: Any) -> Values:
        """In yuan."""
        return {self.name: (yuan_of(value),)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """A short line."""
        value = filled.one(self.name)
        yield Control(kind="field", anchor=self.name, label=self.label(), value=value, narrow=True)

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That it is none."""
        if not fen_of(filled.one(self.name)):
            words = gettext("请写大于零的金额，例如 12.50。")
            yield FieldError(anchor=self.name, words=words)

    def read(self, filled: Filled) -> int:
        """In fen."""
        return fen_of(filled.one(self.name)) or 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DayPart:
    """A day."""

    name: str
    label: Say

    def sent(self, value: Any) -> Values:
        """As 2026-12-31."""
        return {self.name: (value.isoformat(),)}

    def controls(self, filled: Filled) -> Iterator[Control]:
        """A day to choose."""
        value = filled.one(self.name)
        yield Control(
            kind="field",
            anchor=self.name,
            label=self.label(),
            value=value,
            type="date",
            narrow=True,
        )

    def errors(self, filled: Filled) -> Iterator[FieldError]:
        """That it is none."""
        yield from day_errors(self.name, filled.one(self.name))

    def read(self, filled: Filled) -> date:
        """The day."""
        return date.fromisoformat(filled.one(self.name))


def _parties(agreement: Agreement, chosen: tuple[str, ...]) -> Choices:
    nodes = (party.node for party in agreement.parties)
    return tuple((node, name_of_node(node), node in chosen) for node in nodes)


def _codes(codes: type[StrEnum], chosen: tuple[str, ...]) -> Choices:
    return tuple((each.value, said(code_words(each)).strip(), each in chosen) for each in codes)
