"""Files that people open: what they are by their content, and sent a piece at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from tongban.core.body import BYTES_MAX
from tongban.node.blobs.files import Reading
from tongban.pages.contents import Shown, shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A body that somebody opened; content: b"" of a large file, which no page shows."""

    how: Shown
    size: int
    content: bytes
    chunks: Iterator[bytes]

    @property
    def is_large(self) -> bool:
        """Whether it can only be downloaded."""
        return self.size > BYTES_MAX

    @property
    def megabytes(self) -> str:
        """How large it is."""
        return f"{self.size / 1_000_000:.1f}"


def opened(reading: Reading) -> Opened:
    """Told by its beginning: partners' names of media are not believed."""
    first = next(reading.chunks, b"")
    how = shown(first)
    large = reading.size > BYTES_MAX
    if large and how.text:
        how = Shown(media="application/octet-stream", suffix="bin")
    return Opened(
        how=how,
        size=reading.size,
        content=b"" if large else first,
        chunks=chain((first,), reading.chunks),
    )


def as_file(body: Opened, name: str) -> HttpResponseBase:
    """To be saved, never run: nothing that came from outside is shown from our own address."""
    how = content_disposition_header(as_attachment=True, filename=f"{name}.{body.how.suffix}")
    headers = {"Content-Disposition": how or "attachment", "Content-Length": str(body.size)}
    if not body.is_large:
        return HttpResponse(body.content, content_type=body.how.media, headers=headers)
    return StreamingHttpResponse(body.chunks, content_type=body.how.media, headers=headers)
