"""补正 at the counter: what the list asks for, and what lies on the counter of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.items.material import Material
from tongban.pages.components import FieldError
from tongban.pages.contents import answers_in
from tongban.pages.defects import defect_words
from tongban.pages.forms.schema_form import Question, SchemaForm
from tongban.projections.case_view import CaseView
from tongban.workbench import drafts, papers
from tongban.workbench.models import CounterDraft
from tongban.workbench.papers import PaperLine
from tongban.workbench.reading import TASKS, read


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Materials to bring again and answers to give again; defects: codes by what they are of.

    others: lines that name neither a material nor a question of the item.
    """

    materials: tuple[Material, ...]
    answers: tuple[str, ...]
    others: tuple[str, ...]
    defects: Mapping[str, str]

    def defect_words(self) -> dict[str, str]:
        """The defects in words."""
        return {code: defect_words(defect) for code, defect in self.defects.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """The papers on the counter; form: None where no answer has to be given again."""

    draft: CounterDraft
    wanted: Wanted
    form: SchemaForm | None
    unreadable: dict[str, str] = field(default_factory=dict)
    asked: bool = False

    @property
    def answers(self) -> Mapping[str, Any] | None:
        """The whole form as mended, where an answer had to be given again."""
        return self.form.values if self.form else None

    def errors(self) -> list[FieldError]:
        """Everything that has to be mended."""
        answers = self.form.listed_errors() if self.form and self.asked else []
        return [*answers, *papers.listed_errors(self._paper_errors())]

    def lines(self) -> list[PaperLine]:
        """The papers that were asked for."""
        defects = self.wanted.defect_words()
        return papers.paper_lines(self.draft, self.wanted.materials, self._paper_errors(), defects)

    def questions(self) -> list[tuple[Question, str]]:
        """The questions that were asked again, with what was wrong."""
        words = self.wanted.defect_words()
        asked = self.form.questions(self.wanted.answers) if self.form else []
        return [(each, words[each.name]) for each in asked]

    def _paper_errors(self) -> dict[str, str]:
        if not self.asked:
            return self.unreadable
        required = frozenset(line.code for line in self.wanted.materials)
        missing = papers.complaints(self.draft, self.wanted.materials, required)
        return {**missing, **self.unreadable}


def wanted_of(view: CaseView) -> Wanted:
    """The list of the case, sorted by what each line is about."""
    codes = [line.code for line in view.state.correction]
    fields = {field.name for field in view.item.form.fields}
    known = {line.code for line in view.item.materials}
    return Wanted(
        materials=tuple(line for line in view.item.materials if line.code in codes),
        answers=tuple(code for code in codes if code in fields),
        others=tuple(code for code in codes if code not in fields | known),
        defects={line.code: line.defect for line in view.state.correction},
    )


def open_correction(view: CaseView, clerk: Person) -> Correction:
    """The correction as it was left; where answers are asked again, the form is read for it."""
    draft = drafts.begin_correction(clerk, view.item, view.state.intake.place, view.row.case)
    wanted = wanted_of(view)
    form = _form(view, clerk, draft) if wanted.answers else None
    return Correction(draft=draft, wanted=wanted, form=form)


def read_correction(request: HttpRequest, view: CaseView, clerk: Person) -> Correction:
    """Keep everything that the page sent; complaints unless it is only saved."""
    before = open_correction(view, clerk)
    form = before.form
    if form is not None:
        form = form.answered(request.POST.dict(), before.wanted.answers)
        mended = {name: form.values.get(name) for name in before.wanted.answers}
        drafts.keep_answers(before.draft, mended)
    return Correction(
        draft=before.draft,
        wanted=before.wanted,
        form=form,
        unreadable=papers.keep_papers(request, before.draft, before.wanted.materials),
        asked="save" not in request.POST,
    )


def _form(view: CaseView, clerk: Person, draft: CounterDraft) -> SchemaForm:
    role = Role.COUNTER_CLERK
    purpose = TASKS[role].zh
    sent = read(view, "application", reader=clerk, role=role, purpose=purpose)
    values = {**answers_in(sent or b"{}"), **json.loads(draft.answers)}
    return SchemaForm(
        form=view.item.form,
        values={name: value for name, value in values.items() if value is not None},
    )
