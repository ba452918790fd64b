"""How one agreement is told in one language: labels of parties, owners of items, numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.agreement_text.enum_words import words_of
from tongban.core.agreements.agreement import Agreement
from tongban.core.words import Language, Words

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "零一二三四五六七八九"
_TEN, _HUNDRED = 10, 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """labels: of parties by node. owners: names of 实施主体 by item. names: of items by code."""

    language: Language
    labels: Mapping[str, str]
    owners: Mapping[str, Words]
    names: Mapping[str, Words]

    def either(self, chinese: str, english: str) -> str:
        """The one of the two that is in this text's language."""
        return chinese if self.language is Language.CHINESE else english

    def say(self, words: Words) -> str:
        """What the document says in both languages."""
        return words.in_language(self.language)

    def value(self, value: StrEnum) -> str:
        """What the document writes as a code."""
        return self.say(words_of(value))

    def values(self, values: Iterable[StrEnum]) -> str:
        """Several of them in a row."""
        return self.join(self.value(value) for value in values)

    def join(self, parts: Iterable[str]) -> str:
        """Parts as this language puts them in a row."""
        return self.either("、", ", ").join(parts)

    def party(self, node: str) -> str:
        """A party by its label, such as 甲方."""
        return self.labels[node]

    def day(self, day: date) -> str:
        """A day as this language writes it."""
        return self.either(f"{day.year}年{day.month}月{day.day}日", f"{day:%d %B %Y}".lstrip("0"))

    def article(self, number: int) -> str:
        """第三条, Article 3."""
        return self.either(f"第{chinese_number(number)}条", f"Article {number}")

    def schedule(self, number: int) -> str:
        """附件三, Schedule 3."""
        return self.either(f"附件{chinese_number(number)}", f"Schedule {number}")


def wording_of(agreement: Agreement, language: Language, names: Mapping[str, Words]) -> Wording:
    """How this agreement is told; names: of items that it names by their codes alone."""
    written = {
        item: name
        for consent in agreement.consents
        for item, name in zip(consent.items, consent.item_names, strict=False)
    }
    label = _chinese_label if language is Language.CHINESE else _english_label
    return Wording(
        language=language,
        labels={party.node: label(index) for index, party in enumerate(agreement.parties)},
        owners={item: consent.name for consent in agreement.consents for item in consent.items},
        names={**names, **written},
    )


def chinese_number(number: int) -> str:
    """1 to 99 as articles are numbered: 三, 十, 二十一; what is higher in digits."""
    tens, ones = divmod(number, _TEN)
    if number >= _HUNDRED:
        return str(number)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def _chinese_label(index: int) -> str:
    stem = _STEMS[index] if index < len(_STEMS) else f"第{chinese_number(index + 1)}"
    return f"{stem}方"


def _english_label(index: int) -> str:
    return f"Party {_LETTERS[index] if index < len(_LETTERS) else index + 1}"
