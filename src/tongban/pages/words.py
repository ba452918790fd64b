"""Documents carry both languages; this picks the one that the reader of the page chose."""

from django.utils.translation import get_language

from tongban.core.words import Language, Words


def reading_language() -> Language:
    """The language of the page that is being rendered."""
    return Language.ENGLISH if (get_language() or "").startswith("en") else Language.CHINESE


def said(words: Words) -> str:
    """The words in the reader's language."""
    return words.in_language(reading_language())
