"""An intake as it stands on one page: the person, the form, the papers, the way of delivery."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.http import HttpRequest
from django.utils.translation import gettext

from tongban.core.cases.events import Delivery, PersonCheck
from tongban.core.items.item import Item
from tongban.pages.components import FieldError
from tongban.pages.forms.schema_form import SchemaForm
from tongban.workbench import drafts, papers
from tongban.workbench.labels import (
    COUNTER_CHECKS,
    RECIPIENT_FIELDS,
    check_choices,
    check_words,
    delivery_words,
    recipient_words,
)
from tongban.workbench.models import CounterDraft
from tongban.workbench.papers import PaperLine

_WORDS_MAX = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientField:
    """One line of the postal address."""

    name: str
    label: str
    text: str = field(repr=False)
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """The draft with its form; unreadable: scans that were not taken; asked: complaints are due."""

    draft: CounterDraft
    item: Item
    form: SchemaForm
    unreadable: dict[str, str] = field(default_factory=dict)
    asked: bool = False

    def complete(self) -> "Intake":
        """The same papers, with every complaint about them."""
        return replace(self, form=self.form.complete(), asked=True)

    def errors(self) -> list[FieldError]:
        """Everything that has to be mended, in the order of the page."""
        if not self.asked:
            return papers.listed_errors(self.unreadable)
        check = [] if self._checked() else [_please_check()]
        return [
            *check,
            *self.form.listed_errors(),
            *papers.listed_errors(self._paper_errors()),
            *self._delivery_errors(),
        ]

    def untellable(self) -> list[FieldError]:
        """What has to be mended also where the applicant is told to bring papers later."""
        check = [] if self._checked() else [_please_check()]
        unread = papers.listed_errors(self.unreadable)
        return [*check, *self.form.listed_errors(), *unread, *self._delivery_errors()]

    def lacking(self) -> dict[str, str]:
        """What is wrong with the papers on the counter, as codes of defects by material."""
        return papers.defects(self.draft, self.item.materials)

    def check_choices(self) -> list[tuple[str, str, bool]]:
        """Ways of identifying the person."""
        return check_choices(self.draft.person_check)

    def delivery_choices(self, offered: Iterable[Delivery]) -> list[tuple[str, str, bool]]:
        """Ways of delivery: value, words, and whether it is chosen."""
        return [(way.value, delivery_words(way), way == self.draft.delivery) for way in offered]

    def lines(self) -> list[PaperLine]:
        """The papers."""
        return papers.paper_lines(self.draft, self.item.materials, self._paper_errors())

    def recipient(self) -> list[RecipientField]:
        """The postal address, asked for when the result is posted."""
        known = drafts.recipient_of(self.draft)
        wrong = self._recipient_errors()
        return [
            RecipientField(
                name=name,
                label=recipient_words(name),
                text=known.get(name, ""),
                error=wrong.get(name, ""),
            )
            for name in RECIPIENT_FIELDS
        ]

    @property
    def posted(self) -> bool:
        """Whether the result is posted."""
        return self.draft.delivery == Delivery.POST

    def chosen_words(self) -> tuple[str, str]:
        """How the person was identified, and how the result is delivered."""
        return (
            check_words(PersonCheck(self.draft.person_check)),
            delivery_words(Delivery(self.draft.delivery)),
        )

    def _checked(self) -> bool:
        return self.draft.person_check in set(COUNTER_CHECKS)

    def _paper_errors(self) -> dict[str, str]:
        if not self.asked:
            return self.unreadable
        required = papers.required_of(self.item.materials)
        missing = papers.complaints(self.draft, self.item.materials, required)
        return {**missing, **self.unreadable}

    def _delivery_errors(self) -> Iterator[FieldError]:
        if self.draft.delivery not in set(Delivery):
            yield FieldError(anchor="delivery", words=gettext("请选送达方式。"))
        for name, words in self._recipient_errors().items():
            yield FieldError(anchor=f"recipient-{name}", words=words)

    def _recipient_errors(self) -> dict[str, str]:
        if not self.asked or not self.posted:
            return {}
        known = drafts.recipient_of(self.draft)
        return {
            name: gettext("邮寄要写%(what)s。") % {"what": recipient_words(name)}
            for name in RECIPIENT_FIELDS
            if not known.get(name)
        }


def open_intake(draft: CounterDraft, item: Item) -> Intake:
    """The intake as it was left."""
    return Intake(draft=draft, item=item, form=drafts.form_of(draft, item))


def read_intake(request: HttpRequest, draft: CounterDraft, item: Item) -> Intake:
    """Keep everything that the page sent, right or wrong; complaints unless it is only saved."""
    form = drafts.form_of(draft, item).answered(request.POST.dict())
    drafts.keep_answers(draft, form.values)
    drafts.keep_choices(
        draft,
        person_check=_known(request.POST.get("person_check", ""), COUNTER_CHECKS),
        delivery=_known(request.POST.get("delivery", ""), Delivery),
        recipient={
            name: request.POST.get(f"recipient-{name}", "").strip()[:_WORDS_MAX]
            for name in RECIPIENT_FIELDS
        },
    )
    unreadable = papers.keep_papers(request, draft, item.materials)
    asked = "save" not in request.POST
    kept = form if asked else replace(form, errors={})
    return Intake(draft=draft, item=item, form=kept, unreadable=unreadable, asked=asked)


def _known(value: str, codes: Iterable[str]) -> str:
    return value if value in set(codes) else ""


def _please_check() -> FieldError:
    return FieldError(anchor="person-check", words=gettext("请先核对人，再选核对的方式。"))
