"""Django's way to the mail server, with a hold on the line: a server that draws it out can be cut off."""

import contextlib
import smtplib
import socket
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class Backend(EmailBackend):
    """EMAIL_TIMEOUT bounds each answer; `cut` ends the whole conversation, from another thread."""

    line: socket.socket | None = None

    @property
    def connection_class(self) -> Any:
        backend = self

        class Held(super().connection_class):  # type: ignore[misc]
            def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
                backend.line = super()._get_socket(host, port, timeout)
                return backend.line

        return Held

    def cut(self) -> None:
        talking: smtplib.SMTP | None = self.connection
        line = (talking.sock if talking is not None else None) or self.line
        if line is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
