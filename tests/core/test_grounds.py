"""Every refusal can be read by a clerk."""

import pytest

from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.refusals import refuse as refuse_agreement
from tongban.core.blobs.refusals import BlobGround
from tongban.core.blobs.refusals import refuse as refuse_blob
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.refusals import refuse as refuse_case
from tongban.core.catalogues.refusals import CatalogueGround
from tongban.core.catalogues.refusals import refuse as refuse_catalogue
from tongban.core.channel.refusals import ChannelGround
from tongban.core.channel.refusals import refuse as refuse_channel
from tongban.core.grounds import GROUND_WORDS, REMEDY_WORDS, words_for
from tongban.core.inquiries.refusals import InquiryGround
from tongban.core.inquiries.refusals import refuse as refuse_inquiry
from tongban.core.negotiations.refusals import NegotiationGround
from tongban.core.negotiations.refusals import refuse as refuse_negotiation
from tongban.core.records.refusals import RecordGround
from tongban.core.records.refusals import refuse as refuse_record
from tongban.core.refusal import Remedy
from tongban.core.words import GroundWords, Words

GROUNDS = [
    *AgreementGround,
    *CatalogueGround,
    *CaseGround,
    *ChannelGround,
    *NegotiationGround,
    *InquiryGround,
    *RecordGround,
    *BlobGround,
]


def complete(words: Words) -> bool:
    return bool(words.zh and words.en and words.zh != words.en)


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ground_says_what_happened_why_and_what_next(ground: str) -> None:
    words = words_for(ground)
    assert words is GROUND_WORDS[ground]
    assert all(complete(part) for part in (words.what, words.why, words.next))


@pytest.mark.parametrize("remedy", Remedy)
def test_every_remedy_has_words(remedy: Remedy) -> None:
    assert complete(REMEDY_WORDS[remedy])


def test_no_two_nouns_share_a_ground() -> None:
    assert len(set(map(str, GROUNDS))) == len(GROUNDS)
    assert set(GROUND_WORDS) == set(GROUNDS)


def test_every_refusal_leaves_a_door_open() -> None:
    refusals = [
        *map(refuse_agreement, AgreementGround),
        *map(refuse_case, CaseGround),
        *map(refuse_catalogue, CatalogueGround),
        *map(refuse_blob, BlobGround),
        *map(refuse_channel, ChannelGround),
        *map(refuse_negotiation, NegotiationGround),
        *map(refuse_inquiry, InquiryGround),
        *map(refuse_record, RecordGround),
    ]
    assert [refusal for refusal in refusals if not refusal.remedies] == []


def test_a_ground_of_newer_software_is_named_all_the_same() -> None:
    words = words_for("tomorrows_ground")
    assert isinstance(words, GroundWords)
    assert "tomorrows_ground" in words.why.zh
