"""One table of counts; no row says who asked, nor when, nor in which words of their own."""

from typing import ClassVar

from django.db import models

from tongban.core.items.codes import ITEM_CODE_MAX


class Lack(models.TextChoices):
    """What was lacking."""

    NOTHING_FOUND = "nothing_found"
    NOT_OFFERED = "not_offered"
    NOT_OPEN = "not_open"


class Demand(models.Model):
    """How often, in one month, people of one place wanted the same of another and did not get it.

    month: such as 2026-11. here, there: GB/T 2260 codes, `there` empty where no place was asked
    for. basic: the 基本编码 wanted, where it is known; the item's own code where it names none.
    words: words of the catalogue that the question had, at most 20 characters. bucket: one of
    4,096, for a question without such words; -1 where there are any.
    """

    month = models.CharField(max_length=7)
    here = models.CharField(max_length=6)
    there = models.CharField(max_length=6)
    lack = models.CharField(max_length=16, choices=Lack.choices)
    basic = models.CharField(max_length=ITEM_CODE_MAX)
    words = models.CharField(max_length=20)
    bucket = models.SmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """The same lack is one row, whose count grows."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["month", "here", "there", "lack", "basic", "words", "bucket"],
                name="one_row_for_each_lack",
            )
        ]

    def __str__(self) -> str:
        return f"{self.here} {self.there} {self.basic or self.words}: {self.count}"
