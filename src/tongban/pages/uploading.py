"""Receiving files: in memory alone, and no more of them than will be looked at."""

import io
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from tongban.pages.uploads import UPLOAD_BYTES_MAX

#: A handful of photographs straight from a telephone.
REQUEST_BYTES_MAX = 60_000_000


class MemoryUploadHandler(FileUploadHandler):
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
        if content_length > REQUEST_BYTES_MAX:
            raise RequestDataTooBig(f"a request may carry {REQUEST_BYTES_MAX} bytes of files")

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type] # passed on as it came
        self._kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's
        """Keep a piece while there is room."""
        room = UPLOAD_BYTES_MAX + 1 - self._kept.tell()
        self._kept.write(raw_data[: max(room, 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:  # noqa: ARG002 - Django's
        """The file, or as much of it as shows that it is too large."""
        size = self._kept.tell()
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
