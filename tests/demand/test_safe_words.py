"""What may be kept of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.demand.safe_words import BUCKETS, LENGTH_MAX, NO_BUCKET, bucket_of, safe_words
from tongban.search.tokens import pairs, runs
from tongban.search.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
VOCABULARY.add(["机动车驾驶证公证", "居民身份证换领", "driving licence"], [])


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("驾驶证换领", "驾驶证换领"),
        ("换领航天驾驶证", "换领 驾驶证"),
        ("王小明的驾驶证", "驾驶证"),
        ("13800138000驾驶证", "驾驶证"),
        ("licence of alice", "licence"),
    ],
)
def test_only_words_of_the_catalogue_are_kept(asked: str, kept: str) -> None:
    words = safe_words(tuple(runs(asked)), VOCABULARY)
    assert (words.words, words.bucket) == (kept, NO_BUCKET)


def test_of_other_words_a_bucket_is_kept_that_the_same_question_finds_again() -> None:
    words = safe_words(("王小明",), VOCABULARY)
    assert words.words == ""
    assert words.bucket == bucket_of("王小明")


@given(st.text(max_size=120))
def test_whatever_is_typed_nothing_foreign_is_kept(text: str) -> None:
    words = safe_words(tuple(runs(text)), VOCABULARY)
    assert len(words.words) <= LENGTH_MAX
    assert not any(character.isdigit() for character in words.words)
    assert NO_BUCKET <= words.bucket < BUCKETS
    kept = (pair for word in words.words.split() for pair in (*pairs(word), word))
    assert all(pair in VOCABULARY or len(pair) > 2 for pair in kept)
