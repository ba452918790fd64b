from typing import cast

import pytest
from django.http import StreamingHttpResponse

from tongban.node.blobs.files import Reading
from tongban.pages.downloads import as_file, opened

FIRST = b"%PDF-1.7" + bytes(999_992)


def reading(*chunks: bytes) -> Reading:
    return Reading(media="text/html", size=sum(map(len, chunks)), chunks=iter(chunks))


def test_a_small_body_is_shown_and_saved_whole() -> None:
    body = opened(reading(b"%PDF-1.7 made up"))
    assert (body.is_large, body.content) == (False, b"%PDF-1.7 made up")
    answer = as_file(body, "case-1-licence")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="case-1-licence.pdf"'


def test_a_large_file_is_sent_a_piece_at_a_time() -> None:
    body = opened(reading(FIRST, b"the rest"))
    assert (body.is_large, body.content, body.megabytes) == (True, b"", "1.0")
    answer = as_file(body, "map")
    assert isinstance(answer, StreamingHttpResponse)
    assert answer.headers["Content-Length"] == "1000008"
    assert list(cast("list[bytes]", answer.streaming_content)) == [FIRST, b"the rest"]


@pytest.mark.parametrize("first", [b"<html>" * 200_000, b"MZ" * 600_000])
def test_what_nobody_knows_is_never_run(first: bytes) -> None:
    body = opened(reading(first, b"more"))
    assert (body.how.media, body.how.suffix) == ("application/octet-stream", "bin")
