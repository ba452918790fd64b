"""Receiving files."""

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import Client, RequestFactory

from tongban.pages.uploading import REQUEST_BYTES_MAX
from tongban.pages.uploads import UPLOAD_BYTES_MAX, NotTaken, take

MEGABYTE = 1_000_000


def received(size: int) -> InMemoryUploadedFile:
    file = SimpleUploadedFile("paper.jpg", b"\xff\xd8\xff" + bytes(size - 3))
    upload = RequestFactory().post("/", {"paper": file}).FILES["paper"]
    assert isinstance(upload, InMemoryUploadedFile)
    return upload


def test_a_file_of_several_megabytes_stays_in_memory() -> None:
    assert received(5 * MEGABYTE).size == 5 * MEGABYTE


def test_a_file_that_is_too_large_is_cut_and_refused_in_words() -> None:
    upload = received(25 * MEGABYTE)
    assert upload.size == UPLOAD_BYTES_MAX + 1
    refused = take(upload.read())
    assert isinstance(refused, NotTaken)
    assert "20 MB" in refused.words


@pytest.mark.django_db
def test_a_request_without_measure_is_turned_away(client: Client) -> None:
    answer = client.post("/places/", {"paper": SimpleUploadedFile("x", bytes(REQUEST_BYTES_MAX))})
    assert answer.status_code in {400, 413}
