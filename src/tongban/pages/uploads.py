"""What somebody uploads: told by its content, made ready to travel, or refused in words."""

import io
import warnings
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from PIL import Image, ImageOps, UnidentifiedImageError

from tongban.core.body import Body
from tongban.core.entry import Blob
from tongban.pages.node_access import current_node, surroundings

#: A larger file travels in pieces; a body carries at most this many bytes (spec/channels.md).
BODY_BYTES_MAX = 1_000_000
#: Photographs straight from a telephone are larger than what is sent; they are looked at whole.
UPLOAD_BYTES_MAX = 20_000_000
_PIXELS_MAX = 60_000_000
_SIDES = (2400, 1800, 1400, 1000)
_QUALITIES = (85, 75, 65, 50)
_PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


_PDF, _PDF_MEDIA = b"%PDF-", "application/pdf"


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """Content that is ready to travel.

    root: names the file of which the content lists the pieces, "" where it is the content itself.
    size: bytes of the file.
    """

    content: bytes = field(repr=False)
    media: str
    size: int
    root: str = ""


class Kept(Protocol):
    """An upload that a draft keeps."""

    @property
    def media(self) -> str:
        """Of the file."""
        ...

    @property
    def size(self) -> int:
        """Bytes of the file."""
        ...

    @property
    def root(self) -> str:
        """Names a large file, "" for any other."""
        ...

    @property
    def content(self) -> bytes:
        """Of the body."""
        ...


def body_of(name: str, kept: Kept) -> Body:
    """The body that it becomes in its case."""
    blob = Blob(root=kept.root, size=kept.size) if kept.root else None
    return Body(name=name, media=kept.media, content=kept.content, blob=blob)


@dataclass(frozen=True, kw_only=True, slots=True)
class NotTaken:
    """Why a file was not taken, and what to do instead, in the reader's language."""

    words: str


def take(upload: "UploadedFile[Any]", *, large: bool = True) -> Upload | NotTaken:
    """A picture made smaller and freed of its hidden data, a PDF as it is, or why neither.

    A large PDF is kept in pieces on the way, so that nobody holds all of it. large: it may be.
    """
    if not upload.size:
        return NotTaken(words=gettext("这个文件是空的，请重新选择。"))
    upload.seek(0)
    beginning = upload.read(len(_PDF))
    upload.seek(0)
    if beginning == _PDF:
        return _pdf(upload, large=large)
    if upload.size > UPLOAD_BYTES_MAX:
        return NotTaken(words=gettext("照片超过 20 MB。请重新拍照或扫描得小一些再传。"))
    return _picture(upload.read())


def _pdf(upload: "UploadedFile[Any]", *, large: bool) -> Upload | NotTaken:
    size, most = upload.size or 0, surroundings().file_bytes_max
    if not large and size > BODY_BYTES_MAX:
        return NotTaken(
            words=gettext(
                "PDF 有 %(size)s MB，最多 1 MB。请用较低的清晰度重新扫描，或者把每页拍成照片上传。"
            )
            % {"size": f"{size / 1_000_000:.1f}"}
        )
    if size > most:
        return NotTaken(
            words=gettext("PDF 超过 %(most)s MB。请用较低的清晰度重新扫描，或者分成几份上传。")
            % {"most": most // 1_000_000}
        )
    if size <= BODY_BYTES_MAX:
        return Upload(content=upload.read(), media=_PDF_MEDIA, size=size)
    kept = current_node().keep_file("", _PDF_MEDIA, upload.chunks())
    return Upload(
        content=kept.content, media=kept.media, size=size, root=kept.blob.root if kept.blob else ""
    )


def _picture(content: bytes) -> Upload | NotTaken:
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that would fill the memory; here it is refused.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _smaller(Image.open(io.BytesIO(content), formats=_PICTURES))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return NotTaken(words=gettext("看不懂这个文件。请上传照片（JPG、PNG）或 PDF。"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return NotTaken(words=gettext("照片的尺寸太大。请用手机的普通模式重新拍一张。"))


def _smaller(picture: Image.Image) -> Upload | NotTaken:
    if picture.width * picture.height > _PIXELS_MAX:
        return NotTaken(words=gettext("照片的尺寸太大。请用手机的普通模式重新拍一张。"))
    upright = _on_white(ImageOps.exif_transpose(picture))
    for side, quality in zip(_SIDES, _QUALITIES, strict=True):
        upright.thumbnail((side, side))
        encoded = io.BytesIO()
        upright.save(encoded, "JPEG", quality=quality, optimize=True)
        if encoded.tell() < BODY_BYTES_MAX:
            content = encoded.getvalue()
            return Upload(content=content, media="image/jpeg", size=len(content))
    return NotTaken(words=gettext("照片压缩后仍超过 1 MB。请离近一些、只拍材料本身，再传一次。"))


def _on_white(picture: Image.Image) -> Image.Image:
    """Pixels alone, without transparency and without what the camera wrote beside them."""
    coloured = picture.convert("RGBA")
    page = Image.new("RGB", coloured.size, "white")
    page.paste(coloured, mask=coloured.getchannel("A"))
    return page
