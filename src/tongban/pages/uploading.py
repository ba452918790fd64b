"""Receiving files: sealed while they wait, and no more of them than will be looked at."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from tongban.pages.node_access import surroundings
from tongban.pages.sealed_spool import SealedSpool
from tongban.pages.uploads import UPLOAD_BYTES_MAX

#: A handful of photographs straight from a telephone, beside one large file.
REQUEST_BYTES_MAX = 60_000_000


#: Fields that take materials of any size; what others take is read whole.
LARGE_FIELDS = ("material-", "scan-")


class SealedUploadHandler(FileUploadHandler):
    """Keeps one byte more of a file than is allowed, so that it can be refused in words."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002 - Django's signature
        META: Any,  # noqa: ARG002, N803 - Django's signature
        content_length: int,
        boundary: Any,  # noqa: ARG002 - Django's signature
        encoding: str | None = None,  # noqa: ARG002 - Django's signature
    ) -> None:
        """Turn away a request that nobody sends with a form of ours."""
        most = REQUEST_BYTES_MAX + surroundings().file_bytes_max
        if content_length > most:
            raise RequestDataTooBig(f"a request may carry {most} bytes of files")

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type] # passed on as it came
        self._kept = SealedSpool()
        large = (self.field_name or "").startswith(LARGE_FIELDS)
        self._most = surroundings().file_bytes_max if large else UPLOAD_BYTES_MAX

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's
        """Keep a piece while there is room."""
        room = self._most + 1 - self._kept.size
        self._kept.write(raw_data[: max(room, 0)])

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":  # noqa: ARG002 - Django's
        """The file, or as much of it as shows that it is too large."""
        return UploadedFile(
            file=self._kept,  # type: ignore[arg-type] # what pages ask of a file, and no more
            name=self.file_name,
            content_type=self.content_type,
            size=self._kept.size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Whoever sent it went away."""
        if hasattr(self, "_kept"):
            self._kept.close()
