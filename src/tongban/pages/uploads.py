"""What somebody uploads: told by its content, made small enough to travel, or refused in words."""

import io
import warnings
from dataclasses import dataclass, field

from django.utils.translation import gettext
from PIL import Image, ImageOps, UnidentifiedImageError

#: A body carries at most this many bytes (spec/channels.md).
BODY_BYTES_MAX = 1_000_000
#: Photographs straight from a telephone are larger than what is sent.
UPLOAD_BYTES_MAX = 20_000_000
_PIXELS_MAX = 60_000_000
_SIDES = (2400, 1800, 1400, 1000)
_QUALITIES = (85, 75, 65, 50)
_PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """Content that is ready to travel."""

    content: bytes = field(repr=False)
    media: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NotTaken:
    """Why a file was not taken, and what to do instead, in the reader's language."""

    words: str


def take(content: bytes) -> Upload | NotTaken:
    """A picture made smaller and freed of its hidden data, a PDF as it is, or why neither."""
    if not content:
        return NotTaken(words=gettext("这个文件是空的，请重新选择。"))
    if len(content) > UPLOAD_BYTES_MAX:
        return NotTaken(words=gettext("文件超过 20 MB。请重新拍照或扫描得小一些再传。"))
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    return _picture(content)


def _pdf(content: bytes) -> Upload | NotTaken:
    if len(content) > BODY_BYTES_MAX:
        return NotTaken(
            words=gettext(
                "PDF 有 %(size)s MB，最多 1 MB。请用较低的清晰度重新扫描，或者把每页拍成照片上传。"
            )
            % {"size": f"{len(content) / 1_000_000:.1f}"}
        )
    return Upload(content=content, media="application/pdf")


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
            return Upload(content=encoded.getvalue(), media="image/jpeg")
    return NotTaken(words=gettext("照片压缩后仍超过 1 MB。请离近一些、只拍材料本身，再传一次。"))


def _on_white(picture: Image.Image) -> Image.Image:
    """Pixels alone, without transparency and without what the camera wrote beside them."""
    coloured = picture.convert("RGBA")
    page = Image.new("RGB", coloured.size, "white")
    page.paste(coloured, mask=coloured.getchannel("A"))
    return page
