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
