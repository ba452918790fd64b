"""What people read, in the two languages that every document carries."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """Languages of the screens; the value is the tag that HTML and settings use."""

    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The same words in Chinese and English; where they differ, the Chinese text prevails."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The words in one of the two languages."""
        return self.zh if language is Language.CHINESE else self.en


@dataclass(frozen=True, kw_only=True, slots=True)
class GroundWords:
    """A refusal in words: what happened, why, and what to do next."""

    what: Words
    why: Words
    next: Words


def ground_words(
    *, what: tuple[str, str], why: tuple[str, str], then: tuple[str, str]
) -> GroundWords:
    """Build one line of a table of grounds from pairs of Chinese and English."""
    return GroundWords(what=_words(what), why=_words(why), next=_words(then))


def _words(pair: tuple[str, str]) -> Words:
    return Words(zh=pair[0], en=pair[1])
