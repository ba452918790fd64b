"""Intakes and corrections that a counter has begun: sealed at rest, of this node alone."""

from typing import ClassVar

from django.db import models

from tongban.accounts.models import Person
from tongban.accounts.sealed import SealedBytesField, SealedTextField
from tongban.core.items.codes import ITEM_CODE_MAX


class Purpose(models.TextChoices):
    """What the papers on the counter become."""

    INTAKE = "intake"
    CORRECTION = "correction"


class ImportState(models.TextChoices):
    """What became of a file; a draft is published or another file takes its place."""

    REFUSED = "refused"
    CHECKED = "checked"
    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


class CatalogueImport(models.Model):
    """A spreadsheet of items that was checked; officer: None where it came by the command line.

    mistakes: JSON of what is wrong. report: the spreadsheet with that beside its cells.
    documents: what it would publish, compressed, a line for each version; empty when it waits
    no more. items, added, changed: counts.
    """

    token = models.CharField(max_length=32, primary_key=True)
    officer = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=ImportState.choices)
    items = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    mistakes = models.JSONField(default=list)
    report = models.BinaryField(default=b"")
    documents = models.BinaryField(default=b"")
    published_at = models.DateTimeField(null=True)

    class Meta:
        """There is one draft at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="draft"), name="one_catalogue_draft"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class CounterDraft(models.Model):
    """Papers on the counter; the case number is fixed from the beginning.

    person_check, delivery: codes of core, "" until chosen. answers: JSON of the form so far.
    recipient: JSON of the postal address. sent_at: when it went to the case; from then on the
    contents are with the case and no longer here.
    """

    token = models.CharField(max_length=32, primary_key=True)
    clerk = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="counter_drafts")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    item = models.CharField(max_length=ITEM_CODE_MAX)
    case = models.CharField(max_length=40)
    place = models.CharField(max_length=6)
    person_check = models.CharField(max_length=24, default="")
    delivery = models.CharField(max_length=16, default="")
    answers = SealedTextField(default="{}")
    recipient = SealedTextField(default="{}")
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """A case is taken in once and corrected once (一次性告知)."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "purpose"], name="one_counter_draft_a_purpose")
        ]

    def __str__(self) -> str:
        return self.case


class CounterFile(models.Model):
    """One material on the counter: what the officer had in hand, and its scan.

    form: code of core, "" until chosen. content: empty until it is scanned; of a large file, which
    root names then, its manifest.
    """

    draft = models.ForeignKey(CounterDraft, on_delete=models.CASCADE, related_name="files")
    material = models.CharField(max_length=64)
    form = models.CharField(max_length=16, default="")
    file_name = SealedTextField(default="")
    media = models.CharField(max_length=64, default="")
    size = models.PositiveIntegerField(default=0)
    root = models.CharField(max_length=64, default="")
    content = SealedBytesField(default=b"")

    class Meta:
        """Each material lies on the counter once; a new scan replaces the old one."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "material"], name="material_once_on_counter")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.material}"
