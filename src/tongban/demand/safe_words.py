"""What may be kept of a question: words that the catalogue has itself, or a coarse bucket.

People type names and numbers into search fields. A word is kept only where the catalogue's own
words have it, digits never; of anything else stays one of 4,096 buckets, many questions in each.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tongban.search.tokens import is_chinese, pairs
from tongban.search.vocabulary import Vocabulary

LENGTH_MAX = 20
BUCKETS = 4096
NO_BUCKET = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class SafeWords:
    """What is kept of one question."""

    words: str
    bucket: int


def safe_words(runs: Sequence[str], vocabulary: Vocabulary) -> SafeWords:
    """The catalogue's words in a question, sorted, so that their order tells nothing either."""
    known = sorted({word for run in runs for word in _known(run, vocabulary)})
    kept: list[str] = []
    for word in known:
        if len(" ".join([*kept, word])) <= LENGTH_MAX:
            kept.append(word)
    if kept:
        return SafeWords(words=" ".join(kept), bucket=NO_BUCKET)
    return SafeWords(words="", bucket=bucket_of("".join(runs)))


def bucket_of(text: str) -> int:
    """The bucket of a question, so that one can look whether a certain question is frequent."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:2], "big") % BUCKETS


def _known(run: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Passages of which the catalogue has every pair; a Latin word as a whole."""
    if not is_chinese(run):
        if run in vocabulary:
            yield run
        return
    passage = ""
    for pair in pairs(run):
        if pair in vocabulary:
            passage = (passage or pair[0]) + pair[1:]
        elif passage:
            yield passage
            passage = ""
    if passage:
        yield passage
