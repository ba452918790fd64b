"""Agreements may be larger than other documents, where every party's software takes them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tongban.catalogue import load_agreements
from tongban.channels.messages import (
    AGREEMENT_BYTES_MAX,
    DOCUMENT_BYTES_MAX,
    LARGE_DOCUMENTS,
    Message,
)
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.agreements.instrument import Instrument
from tongban.core.words import Words
from tongban.node import agreement_acts
from tongban.node.faults import DocumentTooLarge
from tongban.testing.applications import HANGZHOU, LEGAL_REPRESENTATIVE, OFFICER, SUZHOU
from tongban.testing.memory_nodes import MemoryFederation

Federation = Callable[..., MemoryFederation]
SHIPPED = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})


@pytest.fixture
def pair_of(tmp_path: Path) -> Iterator[Federation]:
    federations = []

    def begin(reads: tuple[int, ...]) -> MemoryFederation:
        federations.append(MemoryFederation(tmp_path, (SUZHOU, HANGZHOU), reads=reads))
        federations[0].settle()
        return federations[0]

    yield begin
    for federation in federations:
        federation.stop()


def as_long_as(size: int) -> Agreement:
    """The demonstration's agreement with so many bytes more."""
    first, *others = SHIPPED.clauses
    words = Words(zh=first.text.zh + "x" * size, en=first.text.en)
    return replace(SHIPPED, clauses=(replace(first, text=words), *others))


def test_a_text_over_a_megabyte_comes_to_the_partner(pair_of: Federation) -> None:
    pair, text = pair_of((1, 2, 3, 4, 5)), as_long_as(3 * DOCUMENT_BYTES_MAX)
    agreement_acts.offer(pair[SUZHOU], text, OFFICER)
    pair.settle()
    assert pair[HANGZHOU].document(document_digest(text)) == text
    agreement_acts.sign(pair[HANGZHOU], text, LEGAL_REPRESENTATIVE)
    pair.settle()
    (known,) = pair[SUZHOU].agreements_with(HANGZHOU)
    assert known.signed_by(HANGZHOU)


def test_older_software_is_offered_nothing_that_it_would_not_take(pair_of: Federation) -> None:
    pair, text = pair_of((1, 2, 3, 4)), as_long_as(DOCUMENT_BYTES_MAX)
    with pytest.raises(DocumentTooLarge, match=f"the software of {HANGZHOU} takes"):
        agreement_acts.offer(pair[SUZHOU], text, OFFICER)
    assert not pair[SUZHOU].agreements_with(HANGZHOU)


def test_older_software_is_cited_no_instrument_that_it_would_not_take(pair_of: Federation) -> None:
    pair, words = pair_of((1, 2, 3, 4)), Words(zh="x" * DOCUMENT_BYTES_MAX, en="x")
    listed = Instrument(
        number="MADE-UP-1",
        title=words,
        issuer=words,
        published_on=SHIPPED.valid_from,
        valid_from=SHIPPED.valid_from,
        valid_until=None,
        clauses=(),
    )
    with pytest.raises(DocumentTooLarge, match="ask hangzhou"):
        agreement_acts.cite(pair[SUZHOU], listed, OFFICER, partner=HANGZHOU)


def test_a_text_that_nobody_takes_is_not_kept(pair_of: Federation) -> None:
    pair, text = pair_of((1, 2, 3, 4, 5)), as_long_as(AGREEMENT_BYTES_MAX)
    with pytest.raises(DocumentTooLarge, match="is over 4,000,000, which no partner would take"):
        agreement_acts.offer(pair[SUZHOU], text, OFFICER)
    assert pair[SUZHOU].document(document_digest(text)) is None


@pytest.mark.parametrize(("more", "version"), [(0, 1), (1, LARGE_DOCUMENTS)])
def test_a_message_with_a_large_document_says_so(more: int, version: int) -> None:
    message = Message(
        version=5,
        sender=SUZHOU,
        receiver=HANGZHOU,
        start="0" * 32,
        documents=[bytes(DOCUMENT_BYTES_MAX + more)],
    )
    assert message.needed_version() == version


def test_five_thousand_lines_fit_into_ten_clauses() -> None:
    codes = tuple(f"{SHIPPED.consents[0].organisation}{n:013d}" for n in range(5_000))
    granting = next(each for each in SHIPPED.clauses if each.grants)
    grant = replace(granting.grants[0], items=codes)
    clauses = tuple(replace(granting, number=f"9.{n}", grants=(grant,)) for n in range(10))
    consent = replace(SHIPPED.consents[0], items=codes, item_names=(SHIPPED.title,) * 5_000)
    text = replace(SHIPPED, clauses=clauses, consents=(consent,))
    assert DOCUMENT_BYTES_MAX < len(document_bytes(text)) < AGREEMENT_BYTES_MAX
