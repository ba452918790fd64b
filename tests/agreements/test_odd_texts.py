"""What officers bring that no one expected: endless texts, half characters, numbers without end."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.agreements.talking import INBOX, begin
from tests.agreements.test_agreement_pages import AGREEMENT, DIGEST, text
from tests.cities import Browser

from tongban.agreements.negotiations import drafts
from tongban.catalogue import load_templates
from tongban.core.agreements.agreement import LegalityReview
from tongban.core.agreements.document import Agreement, document_bytes
from tongban.core.agreements.template import template_bytes
from tongban.core.words import Words
from tongban.testing.applications import SUZHOU

NEXT = replace(AGREEMENT, version=2, supersedes=DIGEST)
HALF = json.dumps(json.loads(document_bytes(NEXT)) | {"number": "G60-\ud800"}).encode()
TEMPLATES = f"{INBOX}templates/"
SHIPPED = json.loads(template_bytes(load_templates()["national"]))


def file_of(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("agreement.json", content, "application/json")


def propose(officer: Browser, agreement: Agreement) -> str:
    answer = officer.post(f"{INBOX}propose/", {"file": file_of(document_bytes(agreement))})
    return str(answer.headers["location"])


def test_half_a_character_is_no_text(officer: Browser) -> None:
    template = json.dumps(SHIPPED | {"number": "\ud800"}).encode()
    for page, content in (
        ("/agreements/offer/", HALF),
        (f"{INBOX}propose/", HALF),
        (TEMPLATES, template),
    ):
        answer = officer.post(page, {"file": file_of(content)})
        assert (answer.status_code, "半个字符" in answer.content.decode()) == (422, True), page


@pytest.mark.parametrize("field", ["clauses", "title"])
def test_a_template_that_says_nothing_is_not_kept(officer: Browser, field: str) -> None:
    empty = {"clauses": [], "title": {"zh": "", "en": ""}}[field]
    content = json.dumps(SHIPPED | {field: empty}).encode()
    assert officer.post(TEMPLATES, {"file": file_of(content)}).status_code == 422


def test_a_text_from_a_file_stands_beside_what_a_colleague_writes(officer: Browser) -> None:
    one, two = (replace(NEXT, title=Words(zh=f"{name}稿", en=name)) for name in "甲乙")
    first, second = propose(officer, one), propose(officer, two)
    assert first != second
    assert "乙稿" in text(officer, second)
    assert propose(officer, two) == second


@pytest.mark.parametrize("digits", [10, 5_000])
def test_a_number_that_no_page_showed_is_none(officer: Browser, talk: str, digits: int) -> None:
    given = {"version": "9" * digits, "clause": "1.1", "words": "?"}
    assert officer.post(f"{talk}comment/", given).status_code < 500
    draft = begin(officer)
    upload = {"revision": "9" * digits, "file": file_of(document_bytes(NEXT))}
    assert officer.post(f"{draft}upload/", upload).status_code < 500


def test_a_text_without_an_end_is_renewed_to_the_last_day_that_there_is() -> None:
    endless = replace(AGREEMENT, valid_until=date.max)
    assert drafts.renewed(endless).valid_until == date.max


def test_an_opinion_on_a_text_is_none_on_the_next() -> None:
    office = Words(zh="法制处", en="legal office")
    review = LegalityReview(
        party=SUZHOU, office=office, number="HF-2025-7", reviewed_on=AGREEMENT.valid_from
    )
    reviewed = replace(AGREEMENT, reviews=(review,))
    made = (drafts.amended(reviewed), drafts.renewed(reviewed), drafts.copied(reviewed))
    assert [each.reviews for each in made] == [(), (), ()]
