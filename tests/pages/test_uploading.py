"""Receiving files."""

import io
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import Client, RequestFactory
from tests.standin import World

from tongban.pages.node_access import surround, surroundings
from tongban.pages.sealed_spool import SealedSpool
from tongban.pages.uploading import REQUEST_BYTES_MAX, SealedUploadHandler
from tongban.pages.uploads import UPLOAD_BYTES_MAX, NotTaken, take

MEGABYTE = 1_000_000
PAPER = b"\xff\xd8\xff" + bytes(range(256)) * 20_000

pytestmark = pytest.mark.usefixtures("world")


def received(content: bytes) -> "UploadedFile[Any]":
    file = SimpleUploadedFile("paper.jpg", content)
    return sent("scan-map", file)


def sent(field: str, file: SimpleUploadedFile) -> "UploadedFile[Any]":
    upload = RequestFactory().post("/", {field: file}).FILES[field]
    assert isinstance(upload, UploadedFile)
    return upload


def test_a_file_of_several_megabytes_is_read_as_it_was_sent() -> None:
    with received(PAPER) as upload:
        assert upload.size == len(PAPER)
        assert b"".join(upload.chunks()) == PAPER
        upload.seek(0)
        assert upload.read(3) == PAPER[:3]
        assert upload.read() == PAPER[3:]


def test_what_waits_on_the_disk_is_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = io.BytesIO()
    monkeypatch.setattr("tempfile.TemporaryFile", lambda: disk)
    spool = SealedSpool()
    spool.write(PAPER)
    assert len(disk.getvalue()) > 5 * MEGABYTE
    assert bytes(range(256)) not in disk.getvalue()
    assert spool.read() == PAPER
    with pytest.raises(ValueError, match="beginning"):
        spool.seek(1)
    spool.close()


def test_a_file_that_is_too_large_is_cut_and_refused_in_words(world: World) -> None:
    assert world
    with received(b"\xff\xd8\xff" + bytes(21 * MEGABYTE)) as upload:
        refused = take(upload)
    assert isinstance(refused, NotTaken)
    assert "20 MB" in refused.words


def test_no_more_is_kept_than_shows_that_it_is_too_much() -> None:
    surround(replace(surroundings(), file_bytes_max=2 * MEGABYTE))
    with received(PAPER) as upload:
        assert upload.size == 2 * MEGABYTE + 1


def test_fields_that_are_read_whole_take_no_large_file() -> None:
    file = SimpleUploadedFile("items.xlsx", bytes(21 * MEGABYTE))
    with sent("file", file) as upload:
        assert upload.size == UPLOAD_BYTES_MAX + 1


def test_an_upload_that_breaks_off_leaves_nothing() -> None:
    handler = SealedUploadHandler()
    handler.upload_interrupted()
    handler.new_file("paper", "paper.jpg", "image/jpeg", 3, None, None)
    handler.receive_data_chunk(b"abc", 0)
    handler.upload_interrupted()
    with pytest.raises(ValueError, match="closed"):
        handler._kept._file.write(b"more")


def test_a_request_without_measure_is_turned_away() -> None:
    most = REQUEST_BYTES_MAX + surroundings().file_bytes_max
    with pytest.raises(RequestDataTooBig):
        SealedUploadHandler().handle_raw_input(None, {}, most + 1, None)


@pytest.mark.django_db
def test_such_a_request_is_answered_in_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongban.pages.uploading.REQUEST_BYTES_MAX", -200 * MEGABYTE)
    answer = client.post("/places/", {"paper": SimpleUploadedFile("x", bytes(MEGABYTE))})
    assert answer.status_code in {400, 413}
