"""From a file to a pack: every key is read, every fault is gathered, and only a pack without fault is given
out.

A country's file says `house` where it takes our default, and may leave out who may do what: then xa's lists
hold.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from nrm.kernel import plain_yaml
from nrm.kernel.days import Calendar
from nrm.kernel.packs import words
from nrm.kernel.packs.checks import HOUSE, PackFaults, Section, one_of
from nrm.kernel.packs.limits import read_deadline
from nrm.kernel.packs.off_days import Listed, Published, known_subdivisions, no_holidays
from nrm.kernel.packs.pack import EU_MEMBERS, Deadline, Pack, Setting, Step

LENDER = "xa"  # whose lists of mandates and grants hold where a pack has none
T = TypeVar("T")


@dataclass
class Choices:
    """What the house decides for a State that does not decide it."""

    weekend: frozenset[int] = frozenset({5, 6})
    settings: dict[str, Setting] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    codes: tuple[str, ...] = ()  # of the deadlines, also of those that have a fault
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    hidden: dict[str, frozenset[str]] = field(default_factory=dict)
    purpose_class: dict[str, str] = field(default_factory=dict)


def build(name: str, root: Path) -> Pack:
    """Read, check and put together. Raises PackFaults with every fault at once."""
    if not words.NAME.fits(name) or name == HOUSE:
        raise PackFaults(
            [f'"{name}" is no country pack. Write the name of a folder in countries, but not house.']
        )
    faults: list[str] = []
    files = {each: _open(each, root, faults) for each in dict.fromkeys((HOUSE, LENDER, name))}
    if None in files.values():
        raise PackFaults(faults)
    house, lender, own = (_present(files[each]) for each in (HOUSE, LENDER, name))
    house.only(needed=("pack", "name", "weekend", "settings", "steps", "deadlines", "vocabularies"))
    defaults = _choices(house, None)
    pack = _pack(own, lender, _choices(own, defaults))
    if pack is None:
        raise PackFaults(list(dict.fromkeys(faults)))
    return pack


def _open(name: str, root: Path, faults: list[str]) -> Section | None:
    file = f"{name}/pack.yaml"
    try:
        return Section(file, "", plain_yaml.read(root / file), faults)
    except plain_yaml.Unreadable as unreadable:
        faults.extend(f"{file} {fault}" for fault in unreadable.faults)
        return None


def _present(section: Section | None) -> Section:
    assert section is not None  # noqa: S101  # asked just before
    return section


def _choices(section: Section, house: Choices | None) -> Choices:
    """What this file decides; where it says `house`, what the house decided."""
    made = Choices()
    made.weekend = house.weekend if house and section.is_house("weekend") else _weekend(section)
    made.settings = _each(section, "settings", words.SETTINGS, house.settings if house else None, _setting)
    made.codes = house.codes if house else _keys(section, "deadlines")
    made.deadlines = _each(
        section, "deadlines", made.codes, house.deadlines if house else None, read_deadline
    )
    made.steps = house.steps if house and section.is_house("steps") else _steps(section)
    _vocabularies(section, house, made)
    return made


def _keys(section: Section, key: str) -> tuple[str, ...]:
    entries = section.entries.get(key)
    return tuple(entries) if isinstance(entries, plain_yaml.Entries) else ()


def _each(
    section: Section,
    key: str,
    known: Collection[str],
    house: Mapping[str, T] | None,
    read: Callable[[str, Section], T | None],
) -> dict[str, T]:
    """All entries under a key: each written out, or `house`. Every known one must be there."""
    part = section.section(key)
    if part is None:
        return {}
    part.only(needed=known)
    made: dict[str, T] = {}
    otherwise = ", or house" if house is not None else ""
    for code in known:
        if house is not None and part.is_house(code):
            value = house.get(code)  # None: the house pack has the fault
        else:
            entry = part.section(code, otherwise=otherwise)
            value = None if entry is None else read(code, entry)
        if value is not None:
            made[code] = value
    return made


def _setting(code: str, section: Section) -> Setting | None:
    section.only(needed=("value", "source", "confidence"))
    value = section.text("value", words.SETTINGS[code])
    source = section.text("source", words.WORDS)
    return Setting(value, source, section.text("confidence", words.CONFIDENCE))


def _weekend(section: Section) -> frozenset[int]:
    days = section.texts("weekend", one_of(*words.WEEKDAYS))
    if len(set(days)) == len(words.WEEKDAYS):
        section.fault("weekend", "is the whole week", "Leave at least one working day")
        return frozenset()
    return frozenset(words.WEEKDAYS.index(day) for day in days)


def _steps(section: Section) -> dict[str, Step]:
    part = section.section("steps", otherwise=", or house")
    if part is None:
        return {}
    part.only(needed=(), allowed=words.STEPS)
    made = {}
    for code, step in part.sections():
        step.only(needed=("decide", "confirm", "people"))
        decide, confirm = step.text("decide", words.ACT), step.text("confirm", words.ACT)
        people = step.text("people", words.WHOLE)
        if people == "1":
            step.fault("people", "is 1, but nobody decides about a child alone", "Write 2 or more")
        made[code] = Step(decide, confirm, int(people or 0))
    return made


def _vocabularies(section: Section, house: Choices | None, made: Choices) -> None:
    if house and section.is_house("vocabularies"):
        made.hidden, made.purpose_class = house.hidden, house.purpose_class
        return
    part = section.section("vocabularies", otherwise=", or house")
    if part is None:
        return
    part.only(needed=("hide", "purpose_class"))
    if (hide := part.section("hide")) is not None:
        made.hidden = {name: frozenset(hide.texts(name, words.CODE)) for name in hide.entries}
    if house and part.is_house("purpose_class"):
        made.purpose_class = house.purpose_class
    elif (classes := part.section("purpose_class", otherwise=", or house")) is not None:
        classes.only(needed=(), allowed=words.FORMS)
        for form in [each for each in words.FORMS if each in classes]:
            for code in classes.texts(form, words.CODE):
                if made.purpose_class.setdefault(code, form) != form:
                    classes.fault(form, f"names {code}, which has another class already", "Keep one of them")


NEEDED = (
    *("pack", "name", "country", "citizenship_class", "focal_points", "time_zone", "weekend", "languages"),
    *("emergency_number", "holidays", "settings", "steps", "vocabularies", "deadlines"),
)
LENT = (*words.MANDATE_LISTS, "grants_by_purpose")


def _pack(own: Section, lender: Section, made: Choices) -> Pack | None:
    """The whole pack; None when there is a fault in any of the files it needs."""
    lends = own.file == lender.file
    own.only(
        needed=(*NEEDED, *LENT) if lends else NEEDED,
        allowed=("invented_countries", "standards_text", *(() if lends else LENT)),
    )
    name = own.text("pack", words.NAME)
    if name and f"{name}/" != own.file[: len(name) + 1]:
        own.fault("pack", f'is "{name}", but the folder is called otherwise', "Write the name of the folder")
    title, country = own.text("name", words.WORDS), own.text("country", words.COUNTRY)
    languages = own.texts("languages", words.LANGUAGE, least=1)
    emergency_number = own.text("emergency_number", words.TELEPHONE)
    invented = _invented(own)
    focal_points = own.texts("focal_points", words.COUNTRY)
    if country in focal_points:
        own.fault("focal_points", f"names {country} itself", "Take it out")
    standards = _standards(own)
    reporting, other_eu, elsewhere = _citizenship(own, country)
    calendar = Calendar(_zone(own), made.weekend, _holidays(own))
    mandates = {key: _mandates(key, own if key in own else lender) for key in words.MANDATE_LISTS}
    _firewall(own, lender, mandates)
    grants = _grants(own if "grants_by_purpose" in own else lender)
    if "decision_steps" in made.settings and made.settings["decision_steps"].value != str(len(made.steps)):
        own.fault("steps", "are not as many as settings.decision_steps says", "Make the two agree")
    if own.faults:
        return None
    value = {code: setting.value for code, setting in made.settings.items()}
    not_before = value["conclusive_grounds_not_before"]
    return Pack(
        name=name,
        title=title,
        country=country,
        invented_countries=MappingProxyType(invented),
        focal_points=frozenset(focal_points),
        languages=languages,
        emergency_number=emergency_number,
        calendar=calendar,
        reporting=reporting,
        other_eu=other_eu,
        elsewhere=elsewhere,
        decision_steps=int(value["decision_steps"]),
        clearly_adult_from=int(value["clearly_adult_from"]),
        guardian_limit=int(value["guardian_limit"]),
        child_alone_acts_from=int(value["child_alone_acts_from"]),
        late_entry=timedelta(hours=int(value["late_entry_hours"])),
        risk_assessment_valid_days=int(value["risk_assessment_valid_days"]),
        break_glass_hours=int(value["break_glass_hours"]),
        training_valid_months=int(value["training_valid_months"]),
        reflection_counts_start_day=value["reflection_counts_start_day"] == "YES",
        reflection_exception_for_children=value["reflection_exception_for_children"] == "YES",
        conclusive_grounds_not_before=None if not_before == "NONE" else int(not_before),
        deciding_authority=value["deciding_authority"],
        guardianship_ends_at_18=value["guardianship_ends_at_18"] == "YES",
        removal_bar_from=value["removal_bar_from"],
        retention_birthday=int(value["retention_birthday"]),
        settings=MappingProxyType(made.settings),
        standards_text=MappingProxyType(standards),
        steps=MappingProxyType(made.steps),
        **mandates,
        grants_by_purpose=MappingProxyType(grants),
        hidden=MappingProxyType(made.hidden),
        purpose_class=MappingProxyType(made.purpose_class),
        deadlines=MappingProxyType(made.deadlines),
    )


def _invented(own: Section) -> dict[str, str]:
    part = own.section("invented_countries") if "invented_countries" in own else None
    if part is None:
        return {}
    for code in part.entries:
        if not words.INVENTED.fits(code):
            part.fault(code, "cannot be an invented country", f"Write {words.INVENTED.words}")
    return {code: part.text(code, words.WORDS) for code in part.entries}


def _standards(own: Section) -> dict[str, str]:
    part = own.section("standards_text") if "standards_text" in own else None
    if part is None:
        return {}
    part.only(needed=(), allowed=words.STEPS)
    return {code: part.text(code, words.WORDS) for code in words.STEPS if code in part}


def _citizenship(own: Section, country: str) -> tuple[frozenset[str], frozenset[str], str]:
    part = own.section("citizenship_class")
    if part is None:
        return frozenset(), frozenset(), ""
    part.only(needed=("REPORTING", "OTHER_EU", "elsewhere"))
    reporting = frozenset(part.texts("REPORTING", words.COUNTRY, least=1))
    if reporting and country and country not in reporting:
        part.fault("REPORTING", f"does not name {country}, the State of this pack", "Add it")
    if part.entries.get("OTHER_EU") == "EU_MEMBERS":
        other_eu = EU_MEMBERS - reporting
    else:
        other_eu = frozenset(part.texts("OTHER_EU", words.COUNTRY))
        for code in sorted(other_eu & reporting):
            part.fault("OTHER_EU", f"names {code}, which is in REPORTING", "Keep one of them")
    return reporting, other_eu, part.text("elsewhere", words.ELSEWHERE)


def _zone(own: Section) -> ZoneInfo:
    name = own.text("time_zone", words.ZONE)
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        own.fault("time_zone", f'is "{name}", which is no time zone', f"Write {words.ZONE.words}")
        return ZoneInfo("UTC")


def _holidays(own: Section) -> Callable[[date], bool]:
    part = own.section("holidays")
    if part is None:
        return no_holidays
    source = part.text("source", one_of("LIST", "PYTHON_HOLIDAYS"))
    if source == "LIST":
        part.only(needed=("source", "dates", "yearly"))
        return _listed(part)
    if source == "PYTHON_HOLIDAYS":
        part.only(needed=("source", "country"), allowed=("subdivision",))
        return _published(part)
    if "source" not in part:
        part.fault("source", "is missing", "Write LIST or PYTHON_HOLIDAYS")
    return no_holidays


def _listed(part: Section) -> Listed:
    def days(key: str, written: tuple[str, ...], year: str) -> list[date]:
        found = []
        for each in written:
            try:
                found.append(date.fromisoformat(year + each))
            except ValueError:
                part.fault(key, f"holds {each}, a day that does not exist", "Look at a calendar")
        return found

    dates = days("dates", part.texts("dates", words.DAY), "")
    yearly = days("yearly", part.texts("yearly", words.YEARLY), "2024-")
    return Listed(frozenset(dates), frozenset((day.month, day.day) for day in yearly))


def _published(part: Section) -> Published:
    country, subdivision = part.text("country", words.CODE), part.text("subdivision", words.SUBDIVISION)
    parts = known_subdivisions(country) if country else frozenset({subdivision})
    if parts is None:
        part.fault(
            "country", f"is {country}, which the package holidays does not know", "Write LIST and the days"
        )
    elif subdivision and subdivision not in parts:
        part.fault(
            "subdivision", f"is {subdivision}, no part of {country}", f"Write {', '.join(sorted(parts))}"
        )
    return Published(country, subdivision)


def _mandates(key: str, section: Section) -> frozenset[str]:
    return frozenset(section.texts(key, one_of(*words.MANDATES), least=1))


def _firewall(own: Section, lender: Section, mandates: Mapping[str, frozenset[str]]) -> None:
    """Immigration enforcement is never given a child's case: a pack may add to this list, never take it
    off.
    """
    never = mandates[words.NEVER]
    if never and words.FIREWALL not in never:
        section = own if words.NEVER in own else lender
        section.fault(words.NEVER, f"does not name {words.FIREWALL}", "Add it: no pack may open this door")
    for key in words.HANDLE_A_CASE:
        for code in sorted(mandates[key] & never):
            section = own if key in own else lender
            section.fault(key, f"names {code}, which {words.NEVER} names too", "Keep one of them")


def _grants(section: Section) -> dict[str, frozenset[str]]:
    part = section.section("grants_by_purpose")
    if part is None:
        return {}
    part.only(needed=words.SHARE_PURPOSES)
    return {
        purpose: frozenset(part.texts(purpose, one_of(*words.GRANTS), least=1))
        for purpose in words.SHARE_PURPOSES
    }
