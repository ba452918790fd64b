"""Texts that officers are still writing: of this node alone, and of nobody else's concern."""

from django.db import models

from tongban.accounts.models import Person


class TextDraft(models.Model):
    """The text of an agreement in the making; the office shares it.

    negotiation: in which it is to be laid; a fresh name where it is to begin one. answers: the
    version that it answers, 0 where it begins. text: the document in canonical form; its parts may
    not fit each other yet. revision: counts what was kept, so that nobody writes over another.
    """

    negotiation = models.CharField(max_length=40, primary_key=True)
    answers = models.PositiveIntegerField(default=0)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.negotiation


class KeptTemplate(models.Model):
    """A template that officers keep here beside those that come with the software.

    digest: by which agreements name it. text: its canonical form.
    """

    digest = models.CharField(max_length=80, primary_key=True)
    text = models.TextField()
    kept_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest
