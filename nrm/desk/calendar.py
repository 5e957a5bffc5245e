"""Deadlines as iCalendar (RFC 5545): the reference and what to do. No name, no place, no link."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from nrm.casefile.deadline_words import what_to_do
from nrm.casefile.models import Waiting

STAMP = "%Y%m%dT%H%M%SZ"


def _folded(line: str) -> str:
    """Lines of at most 75 octets, folded as the standard asks."""
    parts, rest = [], line.encode()
    while len(rest) > 73:
        cut = 73
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(rest[:cut].decode())
        rest = rest[cut:]
    return "\r\n ".join([*parts, rest.decode()])


def _text(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")


def as_ics(rows: Iterable[Waiting], now: datetime) -> str:
    """One event a deadline; a day's limit is an all-day event."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OpenNRM//desk//EN"]
    for row in rows:
        if row.due_at is None:
            continue
        lines += ["BEGIN:VEVENT", f"UID:{row.pk}@opennrm", f"DTSTAMP:{now.astimezone(UTC):{STAMP}}"]
        if row.due_day is not None:
            lines.append(f"DTSTART;VALUE=DATE:{row.due_day:%Y%m%d}")
            lines.append(f"DTEND;VALUE=DATE:{row.due_day + timedelta(days=1):%Y%m%d}")
        else:
            lines.append(f"DTSTART:{row.due_at.astimezone(UTC):{STAMP}}")
        lines += [f"SUMMARY:{_text(f'{row.reference} {what_to_do(row.code)}')}", "END:VEVENT"]
    return "\r\n".join(_folded(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n"
