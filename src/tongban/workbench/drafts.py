"""Beginning, keeping and finding what lies on the counter."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from tongban.accounts.models import Person
from tongban.core.items.item import Item
from tongban.pages.forms.schema_form import SchemaForm
from tongban.pages.node_access import current_node, draw, now
from tongban.pages.uploads import Upload
from tongban.workbench.models import CounterDraft, CounterFile, Purpose

_TOKEN_BYTES = 16


def begin_intake(clerk: Person, item: Item, place: str) -> CounterDraft:
    """A fresh intake under a fresh case number."""
    return _begin(clerk, item, place, Purpose.INTAKE, current_node().new_case(place))


def begin_correction(clerk: Person, item: Item, place: str, case: str) -> CounterDraft:
    """The draft of what the case's list asks for, whichever clerk of the counter began it."""
    known = CounterDraft.objects.filter(case=case, purpose=Purpose.CORRECTION).first()
    return known or _begin(clerk, item, place, Purpose.CORRECTION, case)


def open_intakes(clerk: Person) -> QuerySet[CounterDraft]:
    """What the clerk began and did not take in, newest first."""
    return clerk.counter_drafts.filter(purpose=Purpose.INTAKE, sent_at__isnull=True).order_by(
        "-begun_at"
    )


def intake_of(clerk: Person, token: str) -> CounterDraft:
    """The clerk's own intake with this token; raises Http404 for any other."""
    try:
        return CounterDraft.objects.get(token=token, clerk=clerk, purpose=Purpose.INTAKE)
    except CounterDraft.DoesNotExist as error:
        raise Http404 from error


def form_of(draft: CounterDraft, item: Item) -> SchemaForm:
    """The item's form with what was answered so far."""
    return SchemaForm(form=item.form, values=json.loads(draft.answers))


def keep_answers(draft: CounterDraft, answers: Mapping[str, Any]) -> None:
    """Keep what was answered so far, right or wrong."""
    draft.answers = json.dumps(dict(answers), ensure_ascii=False)
    draft.save(update_fields=["answers"])


def recipient_of(draft: CounterDraft) -> dict[str, str]:
    """To whom the result is posted, as far as it is known."""
    recipient: dict[str, str] = json.loads(draft.recipient)
    return recipient


def keep_choices(
    draft: CounterDraft, *, person_check: str, delivery: str, recipient: Mapping[str, str]
) -> None:
    """Keep how the person was identified, and how the result is to be delivered."""
    draft.person_check = person_check
    draft.delivery = delivery
    draft.recipient = json.dumps(dict(recipient), ensure_ascii=False)
    draft.save(update_fields=["person_check", "delivery", "recipient"])


def keep_form(draft: CounterDraft, material: str, form: str) -> None:
    """Keep what the officer had in hand of a material."""
    CounterFile.objects.update_or_create(draft=draft, material=material, defaults={"form": form})


def put_aside(draft: CounterDraft, material: str) -> None:
    """The applicant did not bring it after all: its scan goes too."""
    draft.files.filter(material=material).delete()


def keep_scan(draft: CounterDraft, material: str, file_name: str, upload: Upload) -> None:
    """Keep the scan of a material; an earlier one is replaced."""
    CounterFile.objects.update_or_create(
        draft=draft,
        material=material,
        defaults={
            "file_name": file_name,
            "media": upload.media,
            "size": upload.size,
            "root": upload.root,
            "content": upload.content,
        },
    )


def files_of(draft: CounterDraft) -> dict[str, CounterFile]:
    """Materials by their code, without their contents."""
    return {file.material: file for file in draft.files.defer("content")}


def contents_of(draft: CounterDraft) -> list[CounterFile]:
    """Materials with their contents, in a steady order."""
    return list(draft.files.order_by("material"))


@transaction.atomic
def close(draft: CounterDraft) -> None:
    """The draft became part of its case: its contents are no longer kept here."""
    draft.files.all().delete()
    draft.answers = draft.recipient = "{}"
    draft.sent_at = now()
    draft.save(update_fields=["answers", "recipient", "sent_at"])


def _begin(clerk: Person, item: Item, place: str, purpose: Purpose, case: str) -> CounterDraft:
    return CounterDraft.objects.create(
        token=draw(_TOKEN_BYTES).hex(),
        clerk=clerk,
        item=item.code,
        case=case,
        purpose=purpose,
        place=place,
        begun_at=now(),
    )
