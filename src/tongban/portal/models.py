"""Drafts: what somebody has begun and not yet sent, sealed at rest, of this node alone."""

from typing import ClassVar

from django.db import models

from tongban.accounts.models import Person
from tongban.accounts.sealed import SealedBytesField, SealedTextField
from tongban.core.items.codes import ITEM_CODE_MAX


class Purpose(models.TextChoices):
    """What a draft becomes when it is sent."""

    APPLICATION = "application"
    CORRECTION = "correction"


class Draft(models.Model):
    """What somebody has begun and not yet sent; the case number is fixed from the beginning.

    answers: JSON of what was answered so far. sent_at: when it went to the case; from then on the
    contents are with the case and no longer here.
    """

    token = models.CharField(max_length=32, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    item = models.CharField(max_length=ITEM_CODE_MAX)
    case = models.CharField(max_length=40)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    place = models.CharField(max_length=6)
    answers = SealedTextField(default="{}")
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """A case is applied for once and corrected once (一次性告知)."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "purpose"], name="one_draft_for_each_purpose")
        ]

    def __str__(self) -> str:
        return self.case


class DraftFile(models.Model):
    """One material of a draft, as it will travel; root: of a large file whose manifest it is."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    material = models.CharField(max_length=64)
    file_name = SealedTextField()
    media = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64, default="")
    content = SealedBytesField()

    class Meta:
        """Each material is handed in once; a new upload replaces the old one."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "material"], name="material_once_in_draft")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.material}"
