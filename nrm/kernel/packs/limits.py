"""How one deadline of a pack is read, and the floors no State may go under."""

from nrm.kernel.days import Length, Unit
from nrm.kernel.packs import words
from nrm.kernel.packs.checks import Section, one_of
from nrm.kernel.packs.pack import VARIANTS, Deadline

MINIMUM_REFLECTION = 30  # calendar days. Source: ECAT art. 13(1): a country may give more time, never less.
SHORTEST_MONTH, SHORTEST_TWO_MONTHS, SHORTEST_YEAR = 28, 59, 365
OWN_NAME = frozenset({"REPORT_TRIAGE_URGENT"})  # a variant that is a deadline of its own
UNITS = one_of(*Unit)


def read_deadline(code: str, section: Section) -> Deadline | None:
    """The deadline written under `code`; None when anything is wrong with it, which is then among the
    faults.
    """
    faults_before = len(section.faults)
    section.only(needed=("length", "unit", "rolls", "desk", "source", "confidence"), allowed=("note",))
    unit = section.text("unit", UNITS)
    rolls = section.text("rolls", words.YES_NO)
    desk = section.text("desk", one_of(*words.DESKS))
    source = section.text("source", words.WORDS)
    confidence = section.text("confidence", words.CONFIDENCE)
    note = section.text("note", words.WORDS)
    amounts = _amounts(code, section, unit)
    if rolls == "YES" and (desk != words.CHILDS_SIDE or unit in (Unit.HOURS, Unit.NONE)):
        section.fault("rolls", "is YES, but only a limit in days on the child's side rolls", "Write NO")
    if unit == Unit.HOURS and code in words.IN_DAYS:
        section.fault("unit", "is HOURS, but this limit is the end of a day", "Write another unit")
    if unit == Unit.NONE and code in words.MUST_END:
        section.fault("unit", "is NONE, but this must end one day", "Write how long it lasts")
    if len(section.faults) > faults_before:
        return None
    lengths = tuple(Length(amount, Unit(unit), rolls == "YES") for amount in amounts)
    if code == "REFLECTION" and (days := shortest(lengths[0])) < MINIMUM_REFLECTION:
        section.fault(
            "length", f"can be as short as {days} days", "Write 30 CALENDAR_DAYS or more (ECAT art. 13(1))"
        )
        return None
    return Deadline(own_name(code), lengths[0], desk, source, confidence, note, lengths)


def _amounts(code: str, section: Section, unit: str) -> tuple[int, ...]:
    written = section.entries.get("length")
    if unit == Unit.NONE or written == Unit.NONE:
        if (unit, written) != (Unit.NONE, Unit.NONE):
            section.fault("length", "and `unit` must both be NONE, or neither", "Write both")
        return (0,)
    if isinstance(written, list):
        amounts = tuple(int(each) for each in section.texts("length", words.WHOLE, least=1))
        if code not in words.SEVERAL:
            section.fault("length", "is a list", "Write one number; only FOLLOW_UP_RETURN has several")
        elif list(amounts) != sorted(amounts):
            section.fault("length", "is not in order of time", "Write the shortest first")
        return amounts
    one = section.text("length", words.WHOLE)
    return (int(one),) if one else ()


def shortest(length: Length) -> int:
    """The fewest calendar days that a length can last, wherever in the calendar it begins."""
    match length.unit:
        case Unit.MONTHS:
            return SHORTEST_MONTH if length.amount == 1 else SHORTEST_TWO_MONTHS
        case Unit.YEARS:
            return SHORTEST_YEAR
    return length.amount


def own_name(key: str) -> str:
    """The deadline that a key of the file belongs to: a variant keeps the name of what it varies."""
    stem, _, last = key.rpartition("_")
    return stem if last in VARIANTS and key not in OWN_NAME else key
