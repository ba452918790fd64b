"""What is made of uploads."""

import hashlib
import io
from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.standin import World

from tongban.core.blobs.manifest import read_manifest
from tongban.pages.node_access import surround, surroundings
from tongban.pages.uploads import BODY_BYTES_MAX, NotTaken, Upload, body_of
from tongban.pages.uploads import take as take_upload


def take(content: bytes) -> Upload | NotTaken:
    return take_upload(SimpleUploadedFile("paper", content))


def picture(width: int, height: int, kind: str = "JPEG", **options: object) -> bytes:
    noise = hashlib.shake_128(b"no format makes this smaller").digest(width * height * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(out, kind, **options)
    return out.getvalue()


def test_a_large_photograph_is_made_small_enough_to_travel() -> None:
    original = picture(3000, 2200, quality=95)
    taken = take(original)
    assert len(original) > 5 * BODY_BYTES_MAX
    assert isinstance(taken, Upload)
    assert len(taken.content) < BODY_BYTES_MAX
    assert taken.media == "image/jpeg"


def test_what_the_camera_wrote_beside_the_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    taken = take(picture(60, 40, exif=exif))
    assert isinstance(taken, Upload)
    assert b"Camera of somebody" not in taken.content


def test_a_picture_stands_upright_as_the_camera_meant_it() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    taken = take(picture(60, 40, exif=exif))
    assert isinstance(taken, Upload)
    assert Image.open(io.BytesIO(taken.content)).size == (40, 60)


def test_a_small_pdf_travels_as_it_is() -> None:
    content = b"%PDF-1.7 made up"
    assert take(content) == Upload(content=content, media="application/pdf", size=16)


def test_a_large_pdf_is_kept_in_pieces(world: World) -> None:
    content = b"%PDF-1.7" + bytes(2_400_000)
    kept = take(content)
    assert isinstance(kept, Upload)
    assert (kept.size, kept.media) == (len(content), "application/pdf")
    assert world.node.files[kept.content] == content
    body = body_of("material:map", kept)
    assert body.blob == read_manifest(body.content).blob


def test_where_no_large_file_is_taken_a_pdf_is_refused_with_its_size() -> None:
    paper = SimpleUploadedFile("paper", b"%PDF-1.7" + bytes(2_400_000))
    refused = take_upload(paper, large=False)
    assert isinstance(refused, NotTaken)
    assert "PDF 有 2.4 MB，最多 1 MB" in refused.words


def test_a_pdf_beyond_what_pages_take_is_refused_in_words(world: World) -> None:
    surround(replace(surroundings(), file_bytes_max=2_000_000))
    refused = take(b"%PDF-1.7" + bytes(2_400_000))
    assert isinstance(refused, NotTaken)
    assert "2 MB" in refused.words
    assert world.node.files == {}


def test_a_program_named_like_a_picture_is_refused() -> None:
    assert isinstance(take(b"MZ\x90\x00" + bytes(500)), NotTaken)
    assert isinstance(take(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), NotTaken)
    assert isinstance(take(b""), NotTaken)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20000, 20000)).save(out, "PNG")
    assert isinstance(take(out.getvalue()), NotTaken)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_taking(content: bytes) -> None:
    assert isinstance(take(content), Upload | NotTaken)
    assert isinstance(take(b"\xff\xd8\xff\xe0" + content), Upload | NotTaken)
