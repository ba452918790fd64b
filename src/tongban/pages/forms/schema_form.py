"""A form as it stands: the questions of an item, what was answered so far, what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from tongban.core.items.form import Field, Form, Prefill
from tongban.pages.components import FieldError
from tongban.pages.forms.complaints import complaints
from tongban.pages.forms.controls import Control, control_for, text_of, value_from
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """An answer that nobody needs to type; origin: from where, in words.

    locked: it identifies the applicant, so it is shown masked and cannot be changed in the form.
    """

    value: str = field(repr=False)
    origin: str
    locked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One option of a question."""

    value: str
    words: str
    anchor: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question as a template asks it; anchor: id of its control, or of its first choice."""

    name: str
    anchor: str
    label: str
    hint: str
    control: Control
    text: str = field(repr=False)
    choices: tuple[Choice, ...]
    required: bool
    error: str
    origin: str
    locked: bool
    autocomplete: str

    @property
    def template(self) -> str:
        """Where the control is drawn."""
        return f"pages/controls/{self.control}.html"

    @property
    def answer(self) -> str:
        """The answer in words, for checking before it is sent; "" when there is none."""
        return next((choice.words for choice in self.choices if choice.chosen), self.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class SchemaForm:
    """Questions and answers of one item's form.

    values: typed as the schema says; text that does not fit its type is kept as it was typed.
    """

    form: Form
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    known: Mapping[Prefill, Known] = field(default_factory=dict, repr=False)
    errors: Mapping[str, str] = field(default_factory=dict)

    def questions(self, names: Iterable[str] | None = None) -> list[Question]:
        """The questions with these names in display order; all of them when none are given."""
        return [_question(self, asked) for asked in _fields(self.form, names)]

    def listed_errors(self) -> list[FieldError]:
        """Errors in display order, for the summary above the form."""
        return [
            FieldError(anchor=_anchor(asked), words=self.errors[asked.name])
            for asked in self.form.fields
            if asked.name in self.errors
        ]

    def complete(self) -> "SchemaForm":
        """The same answers with what is known filled in, and every complaint about them."""
        values = {**_known_values(self), **self.values}
        return SchemaForm(
            form=self.form, values=values, known=self.known, errors=complaints(self.form, values)
        )

    def answered(
        self, posted: Mapping[str, str], names: Iterable[str] | None = None
    ) -> "SchemaForm":
        """The form after these questions were answered, complaining about these alone.

        posted: what the browser sent; a locked answer is never taken from it.
        """
        fields = _fields(self.form, names)
        asked = {each.name for each in fields}
        kept = {name: value for name, value in self.values.items() if name not in asked}
        values = kept | dict(_read(self, fields, posted))
        wrong = complaints(self.form, values)
        return SchemaForm(
            form=self.form,
            values=values,
            known=self.known,
            errors={name: words for name, words in wrong.items() if name in asked},
        )


def _fields(form: Form, names: Iterable[str] | None) -> list[Field]:
    wanted = set(names) if names is not None else None
    return [each for each in form.fields if wanted is None or each.name in wanted]


def _read(
    form: SchemaForm, fields: Iterable[Field], posted: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    for asked in fields:
        known = _known(form, asked)
        text = known.value if known and known.locked else posted.get(asked.name, "")
        value = value_from(text, _schema(form.form, asked))
        if value is not None:
            yield asked.name, value


def _known_values(form: SchemaForm) -> dict[str, Any]:
    values = {}
    for asked in form.form.fields:
        known = _known(form, asked)
        if known:
            values[asked.name] = value_from(known.value, _schema(form.form, asked))
    return {name: value for name, value in values.items() if value is not None}


def _known(form: SchemaForm, asked: Field) -> Known | None:
    return form.known.get(asked.prefill) if asked.prefill else None


def _schema(form: Form, asked: Field) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = form.schema["properties"][asked.name]
    return schema


def _question(form: SchemaForm, asked: Field) -> Question:
    known = _known(form, asked)
    control = control_for(asked, _schema(form.form, asked))
    text = text_of(form.values.get(asked.name, known.value if known else None))
    return Question(
        name=asked.name,
        anchor=_anchor(asked),
        label=said(asked.label),
        hint=said(asked.hint) if asked.hint else "",
        control=control,
        text=text,
        choices=tuple(_choices(asked, control, text)),
        required=asked.name in form.form.schema.get("required", ()),
        error=form.errors.get(asked.name, ""),
        origin=known.origin if known and text == known.value else "",
        locked=bool(known and known.locked),
        autocomplete=_AUTOCOMPLETE.get(asked.prefill, "off") if asked.prefill else "off",
    )


def _choices(asked: Field, control: Control, text: str) -> Iterator[Choice]:
    options = [(option.value, said(option.label)) for option in asked.options]
    if control is Control.YES_NO:
        options = [("yes", gettext("是")), ("no", gettext("否"))]
    for place, (value, words) in enumerate(options):
        anchor = _anchor(asked) + (f"-{place + 1}" if place else "")
        yield Choice(value=value, words=words, anchor=anchor, chosen=value == text)


def _anchor(asked: Field) -> str:
    return f"answer-{asked.name.replace('_', '-')}"


_AUTOCOMPLETE = {
    Prefill.PERSON_NAME: "name",
    Prefill.PHONE: "tel",
    Prefill.ADDRESS: "street-address",
    Prefill.ORGANISATION_NAME: "organization",
}
