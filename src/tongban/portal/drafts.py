"""Beginning, keeping and finding drafts; a draft of somebody else does not exist (404)."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import Http404

from tongban.accounts.models import Person
from tongban.core.items.item import Item
from tongban.pages.forms.schema_form import SchemaForm
from tongban.pages.node_access import current_node, draw, now
from tongban.pages.uploads import Upload
from tongban.portal.models import Draft, DraftFile, Purpose
from tongban.portal.prefill import known_of

_TOKEN_BYTES = 16


def begin_application(person: Person, item: Item, place: str) -> Draft:
    """The person's open draft for this item, or a fresh one under a fresh case number."""
    open_draft = person.drafts.filter(
        item=item.code, purpose=Purpose.APPLICATION, sent_at__isnull=True
    ).first()
    return open_draft or _begin(
        person, item, place, Purpose.APPLICATION, current_node().new_case(place)
    )


def unsent(item: str) -> int:
    """How many applications for this item were begun here and not sent."""
    return Draft.objects.filter(
        item=item, purpose=Purpose.APPLICATION, sent_at__isnull=True
    ).count()


def begin_correction(person: Person, item: Item, place: str, case: str) -> Draft:
    """The draft of what the case's correction list asks for; there is one for each case."""
    known = person.drafts.filter(case=case, purpose=Purpose.CORRECTION).first()
    return known or _begin(person, item, place, Purpose.CORRECTION, case)


def _begin(person: Person, item: Item, place: str, purpose: Purpose, case: str) -> Draft:
    return Draft.objects.create(
        token=draw(_TOKEN_BYTES).hex(),
        person=person,
        item=item.code,
        case=case,
        purpose=purpose,
        place=place,
        begun_at=now(),
    )


def draft_of(person: Person, token: str) -> Draft:
    """The person's own draft with this token; raises Http404 for any other."""
    try:
        return Draft.objects.get(token=token, person=person)
    except Draft.DoesNotExist as error:
        raise Http404 from error


def form_of(draft: Draft, item: Item) -> SchemaForm:
    """The item's form with what was answered so far and what the account knows."""
    return SchemaForm(
        form=item.form, values=json.loads(draft.answers), known=known_of(draft.person)
    )


def keep_answers(draft: Draft, answers: Any) -> None:
    """Keep what was answered so far, right or wrong."""
    draft.answers = json.dumps(dict(answers), ensure_ascii=False)
    draft.save(update_fields=["answers"])


def keep_file(draft: Draft, material: str, file_name: str, upload: Upload) -> None:
    """Keep a material; what was handed in for it before is replaced."""
    DraftFile.objects.update_or_create(
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


def files_of(draft: Draft) -> dict[str, DraftFile]:
    """Materials by their code, without their contents."""
    return {file.material: file for file in draft.files.defer("content")}


def contents_of(draft: Draft) -> list[DraftFile]:
    """Materials with their contents, in a steady order."""
    return list(draft.files.order_by("material"))


@transaction.atomic
def close(draft: Draft) -> None:
    """The draft became part of its case: its contents are no longer kept here."""
    draft.files.all().delete()
    draft.answers = "{}"
    draft.sent_at = now()
    draft.save(update_fields=["answers", "sent_at"])


def open_drafts(person: Person) -> Iterable[Draft]:
    """Applications that the person began and has not sent, newest first."""
    return person.drafts.filter(purpose=Purpose.APPLICATION, sent_at__isnull=True).order_by(
        "-begun_at"
    )
