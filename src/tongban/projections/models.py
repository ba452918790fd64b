"""Read models: what lists, searches and pages of cases are made of.

Everything here can be dropped and rebuilt from the logs. No personal data beyond a masked name.
"""

from typing import ClassVar

from django.db import models

from tongban.core.canonical import decode
from tongban.core.cases.state import CaseState
from tongban.core.items.codes import ITEM_CODE_MAX


class CaseRow(models.Model):
    """One case as this node sees it.

    state: the kernel's CaseState in canonical bytes; the columns beside it are what lists filter
    and sort by. applicant: masked name, "" where it is not known here. applicant_number:
    pseudonymous, "" for cases of a counter. due_on: the earliest deadline that runs.
    waiting: how many acts wait until the partner's line is open.
    """

    case = models.CharField(max_length=40, primary_key=True)
    state = models.BinaryField()
    item = models.CharField(max_length=ITEM_CODE_MAX)
    stage = models.CharField(max_length=32)
    holder = models.CharField(max_length=100)
    in_transit = models.BooleanField(default=False)
    intake_party = models.CharField(max_length=100)
    competent = models.CharField(max_length=100)
    organisation = models.CharField(max_length=18)
    applicant = models.CharField(max_length=60, default="")
    applicant_number = models.CharField(max_length=32, default="", db_index=True)
    taken_in_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    ended = models.BooleanField(default=False)
    waiting = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        """Queues are read by organisation and due day."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "ended", "due_on"], name="case_queue"),
            models.Index(fields=["intake_party", "ended", "due_on"], name="case_intake_queue"),
        ]

    def __str__(self) -> str:
        return self.case

    def case_state(self) -> CaseState:
        """The kernel's state of the case."""
        return decode(bytes(self.state), CaseState)


class TimelineRow(models.Model):
    """One entry about a case; kind: name of its event; detail: the one fact worth showing.

    ground: why it took no effect, "" where it did. settled: False while the partner has not said.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    case = models.CharField(max_length=40)
    at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=40)
    writer = models.CharField(max_length=100)
    actor_kind = models.CharField(max_length=16)
    actor_organisation = models.CharField(max_length=18, default="")
    actor_role = models.CharField(max_length=32, default="")
    detail = models.CharField(max_length=200, default="")
    basis_kind = models.CharField(max_length=16, default="")
    basis_document = models.CharField(max_length=80, default="")
    basis_clause = models.CharField(max_length=16, default="")
    ground = models.CharField(max_length=64, default="")
    settled = models.BooleanField(default=True)

    class Meta:
        """A case's entries are read in their order."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "seq"], name="timeline_of_case")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"


class LegRow(models.Model):
    """A stretch of time that ran against one party; ended_at: null while it runs."""

    case = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)
    party = models.CharField(max_length=100)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Legs are counted from 1 within their case."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="leg_number_in_case")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.number} {self.kind}"


class DeadlineRow(models.Model):
    """A deadline that runs now; supervision looks here for what falls due."""

    case = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    party = models.CharField(max_length=100)
    began_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField(db_index=True)
    legal = models.BooleanField()
    provisional = models.BooleanField()

    class Meta:
        """Each rule runs once on a case."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "rule"], name="rule_once_in_case")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.rule} {self.due_on}"


class ReadRow(models.Model):
    """Somebody opened personal data of a case: which body, and for what purpose."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    case = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField()
    body = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    actor_kind = models.CharField(max_length=16)
    actor_organisation = models.CharField(max_length=18, default="")
    actor_role = models.CharField(max_length=32, default="")
    actor_number = models.CharField(max_length=32, default="")

    def __str__(self) -> str:
        return f"{self.case} {self.body}"


class AgreementRow(models.Model):
    """An agreement or instrument with a partner, as this node sees it."""

    document = models.CharField(max_length=80)
    peer = models.CharField(max_length=100)
    offered_by = models.CharField(max_length=100)
    offered_at = models.DateTimeField()
    cited = models.BooleanField(default=False)
    signed_by = models.JSONField(default=list)
    suspended = models.BooleanField(default=False)

    class Meta:
        """A document stands once with each partner."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "peer"], name="document_once_with_peer")
        ]

    def __str__(self) -> str:
        return f"{self.document[:12]} {self.peer}"
