"""Hands one sentence to the mail server and says what became of it. The mail tells nothing else.

Taken is taken: whatever the server does after its yes (hang, drop the line), the mail is not sent again.
"""

import contextlib
import smtplib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation

from nrm.messages.models import SENTENCES

SUBJECT = "OpenNRM"  # the same on every mail, in every language
LONGEST_TALK_S = 60


@dataclass(frozen=True)
class Outcome:
    """taken: the mail server has it. refused: it will never take mail for this address. Neither: try again.

    code: the server's reply code; 0 if there was none.
    """

    taken: bool = False
    refused: bool = False
    code: int = 0


def hand_over(key: int, sentence: str, *, to: str, language: str) -> Outcome:
    """One try. The same letter always has the same Message-ID, so that a doubled one can be told."""
    with contextlib.closing(_Talk()) as talk:
        try:
            return talk.say(written(key, sentence, to=to, language=language))
        except smtplib.SMTPRecipientsRefused as error:
            code = next((code for code, _ in error.recipients.values()), 0)
            return Outcome(refused=500 <= code < 600, code=code)
        except smtplib.SMTPResponseException as error:
            return Outcome(code=error.smtp_code)
        except (smtplib.SMTPException, OSError, ValueError):  # ValueError: the line was cut while we spoke
            return Outcome()


def written(key: int, sentence: str, *, to: str, language: str) -> EmailMessage:
    """Plain text: no picture, no link, nothing that tells anybody that it was read."""
    with translation.override(language):
        body = f"{SENTENCES[sentence]}\n"
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{key}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(SUBJECT, body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)


class _Talk:
    """One conversation with the mail server, cut off if the server draws it out."""

    def __init__(self) -> None:
        self.connection: Any = get_connection()

    def say(self, message: EmailMessage) -> Outcome:
        with self._cut_off_after(LONGEST_TALK_S):
            self.connection.open()
            taken = bool(self.connection.send_messages([message]))
            return Outcome(taken=taken, code=250 if taken else 0)

    def close(self) -> None:
        """What goes wrong in saying goodbye changes nothing."""
        with contextlib.suppress(smtplib.SMTPException, OSError, ValueError):
            self.connection.close()

    @contextlib.contextmanager
    def _cut_off_after(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, getattr(self.connection, "cut", lambda: None))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
