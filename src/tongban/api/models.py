"""Which systems may connect, and which of their facts were recorded: local tables."""

from typing import ClassVar

from django.db import models


class ConnectorToken(models.Model):
    """One system's access; only the hash of its token is kept.

    number: pseudonymous, stands for the access on the home log. organisations: 统一社会信用代码
    of the authorities for which the system decides.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    number = models.CharField(max_length=16, unique=True)
    system = models.CharField(max_length=60)
    organisations = models.JSONField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.system} {self.number}"


class RecordedFact(models.Model):
    """The key of a fact that was recorded, written in the transaction that recorded it.

    digest: keyed hash of what was reported, so that another fact under the same key is noticed.
    intent: in which it waits or waited for the partner's line; "" where it was written at once.
    """

    system = models.CharField(max_length=60)
    case = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    intent = models.CharField(max_length=26, default="")

    class Meta:
        """A key of a system stands for one fact of a case."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["system", "case", "key"], name="fact_recorded_once")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.key}"
