"""Time limits counted again, slowly and by another road: day by day, and the end of a day by asking every quarter hour.

Nothing of `nrm.kernel.days` is used but the names of its units.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
LONGEST_DAY = 4 * 28  # quarters of an hour

# A zone of each of the 57 participating States of the OSCE; several where clocks differ most.
ZONES_OF_THE_57 = """
    Europe/Tirane Europe/Andorra Asia/Yerevan Europe/Vienna Asia/Baku Europe/Minsk Europe/Brussels
    Europe/Sarajevo Europe/Sofia America/St_Johns America/Vancouver Europe/Zagreb Asia/Nicosia Europe/Prague
    Europe/Copenhagen America/Nuuk Europe/Tallinn Europe/Helsinki Europe/Paris Pacific/Tahiti Asia/Tbilisi
    Europe/Berlin Europe/Athens Europe/Vatican Europe/Budapest Atlantic/Reykjavik Europe/Dublin Europe/Rome
    Asia/Almaty Asia/Bishkek Europe/Riga Europe/Vaduz Europe/Vilnius Europe/Luxembourg Europe/Malta
    Europe/Chisinau Europe/Monaco Asia/Ulaanbaatar Europe/Podgorica Europe/Amsterdam Europe/Skopje Europe/Oslo
    Europe/Warsaw Europe/Lisbon Atlantic/Azores Europe/Bucharest Europe/Moscow Asia/Kamchatka
    Europe/Kaliningrad Europe/San_Marino Europe/Belgrade Europe/Bratislava Europe/Ljubljana Europe/Madrid
    Atlantic/Canary Europe/Stockholm Europe/Zurich Asia/Dushanbe Europe/Istanbul Asia/Ashgabat Europe/Kyiv
    Europe/London America/New_York America/Los_Angeles Pacific/Honolulu Asia/Tashkent
""".split()  # noqa: SIM905 a page of names is read more easily than a page of quotes


def local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first quarter of an hour from which it is never again that day."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
        hours=36
    )  # past every zone's midnight
    for _quarter in range(LONGEST_DAY):
        if local_day(at - QUARTER, zone) <= day:
            return at
        at -= QUARTER
    raise AssertionError("a day without end")


def works(day: date, weekend: frozenset[int], holiday: Callable[[date], bool]) -> bool:
    return day.weekday() not in weekend and not holiday(day)


def due(
    start: datetime,
    amount: int,
    unit: str,
    *,
    rolls: bool,
    zone: ZoneInfo,
    weekend: frozenset[int],
    holiday: Callable[[date], bool],
) -> tuple[datetime, date | None] | None:
    """(the moment it is too late, the due day or None for hours)."""
    if unit == "NONE":
        return None
    if unit == "HOURS":
        return start.astimezone(UTC) + amount * timedelta(hours=1), None
    day = local_day(start, zone)
    if unit in ("MONTHS", "YEARS"):
        day = _months(day, amount if unit == "MONTHS" else 12 * amount)
    left = amount if unit in ("WORKING_DAYS", "CALENDAR_DAYS") else 0
    while left:
        day += ONE_DAY
        if unit == "CALENDAR_DAYS" or works(day, weekend, holiday):
            left -= 1
    while rolls and not works(day, weekend, holiday):
        day += ONE_DAY
    return end_of(day, zone), day


def _months(day: date, many: int) -> date:
    year, month = day.year, day.month
    for _month in range(many):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1
