"""Reading single fields of the forms: words in both languages, days, and small numbers."""

from collections.abc import Iterator, Sized

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.core.china_time import read_day
from tongban.core.words import Words
from tongban.pages.components import FieldError

#: More than any promise, notice or daily limit needs, and less than what breaks a page.
NUMBER_MAX = 99_999
_DIGITS_MAX = 9


def text_of(given: QueryDict, name: str) -> str:
    """One field without the blanks around it, its lines ended as documents end them."""
    return given.get(name, "").replace("\r\n", "\n").strip()


def words_of(zh: str, en: str) -> Words:
    """Both languages; where nobody wrote English, the Chinese words stand there, too."""
    return Words(zh=zh, en=en or zh)


def read_number(text: str) -> int | None:
    """A number that a page shows and gets back; None for anything else."""
    fits = text.isdecimal() and text.isascii() and len(text) <= _DIGITS_MAX
    return int(text) if fits else None


def number_errors(anchor: str, text: str, *, least: int) -> Iterator[FieldError]:
    """What is wrong with a number that may be left empty."""
    number = read_number(text)
    if text and (number is None or not least <= number <= NUMBER_MAX):
        words = gettext("请写 %(least)s 到 %(most)s 的整数。")
        yield FieldError(anchor=anchor, words=words % {"least": least, "most": NUMBER_MAX})


def day_errors(anchor: str, text: str) -> Iterator[FieldError]:
    """What is wrong with a day."""
    if read_day(text) is None:
        yield FieldError(anchor=anchor, words=gettext("请写日期，例如 2026-12-31。"))


def missing(anchor: str, given: Sized, words: str) -> Iterator[FieldError]:
    """That a field is empty, or nothing is chosen."""
    if not given:
        yield FieldError(anchor=anchor, words=words)
