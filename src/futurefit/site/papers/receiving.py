"""How large may what a browser sends be, files and all? (rule PAP-01)

Django writes a file to the disk as it comes, before any page is asked whether it wants one. Here a
request that says it is larger than a paper may be is refused before its first byte is kept, and one
that says nothing of its size is refused as soon as it has become too large.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from futurefit.papers.readers import LARGEST_BYTES

LARGEST_REQUEST = LARGEST_BYTES + 1_000_000
"""A paper, and the fields of the form beside it."""


class LimitedUpload(FileUploadHandler):
    """First of the upload handlers: passes everything on, up to the limit."""

    received = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig("The file is larger than a paper may be.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > LARGEST_REQUEST:
            raise RequestDataTooBig("The file is larger than a paper may be.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
