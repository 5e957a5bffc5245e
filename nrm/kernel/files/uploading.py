"""What arrives is held in memory: a file of a child never lies unencrypted on a disk, not even for a moment."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from nrm.kernel.files.kinds import LARGEST

FLOOD = 8 * LARGEST


class InMemory(FileUploadHandler):
    """Keeps of all files of a request as much as one may have; beyond it only counts, to be able to say how long."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.arrived = 0
        self.held = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.arrived += len(raw_data)
        if self.arrived > FLOOD:
            raise StopUpload(connection_reset=True)
        if self.arrived <= LARGEST:
            self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset
        )
