"""What a pack is when it has been read and found without fault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nrm.kernel.days import Calendar, Length

VARIANTS = ("IMMEDIATE", "URGENT", "ROUTINE", "RETURN")
PANEL_FROM, PANEL_TO = "LOCAL_CHILD_PANEL_IF_MORE_THAN_", "_DAYS_TO_18"

# The 27 members since 1 February 2020, ISO 3166-1 alpha-3. Source: Treaty on European Union, article 52, with
# the treaties of accession and the withdrawal agreement of the United Kingdom (OJ L 29, 31.1.2020, p. 7).
EU_MEMBERS = frozenset(
    (
        *("AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN"),
        *("IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE"),
    )
)
UNKNOWN_CITIZENSHIP = "XXX"


@dataclass(frozen=True)
class Deadline:
    """One time limit of one State, and the desk on which it lies.

    `lengths` are all of them where there are several (follow-up of a return after 30, 90 and 180 days);
    `length` is the first.
    """

    code: str
    length: Length
    desk: str
    source: str
    confidence: str
    note: str
    lengths: tuple[Length, ...]


@dataclass(frozen=True)
class Setting:
    """One switch as it is written, with its source."""

    value: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Step:
    """One decision about the child: the act that decides, the act that confirms, and how many people it
    takes.
    """

    decide: str
    confirm: str
    people: int


@dataclass(frozen=True, eq=False)
class Pack:
    """Everything one State decides. Made by `load`, never by hand; two loads of one name give the same
    object.
    """

    name: str
    title: str
    country: str
    invented_countries: Mapping[str, str]
    focal_points: frozenset[str]
    languages: tuple[str, ...]
    emergency_number: str
    calendar: Calendar

    reporting: frozenset[str]
    other_eu: frozenset[str]
    elsewhere: str

    decision_steps: int
    clearly_adult_from: int  # years
    guardian_limit: int  # children for one guardian
    child_alone_acts_from: int  # years
    late_entry: timedelta
    risk_assessment_valid_days: int
    break_glass_hours: int
    training_valid_months: int
    reflection_counts_start_day: bool
    reflection_exception_for_children: bool
    conclusive_grounds_not_before: int | None  # calendar days after positive reasonable grounds
    deciding_authority: str
    guardianship_ends_at_18: bool
    removal_bar_from: str
    retention_birthday: int  # years
    settings: Mapping[str, Setting]

    standards_text: Mapping[str, str]
    steps: Mapping[str, Step]
    mandates_that_open: frozenset[str]
    mandates_that_screen: frozenset[str]
    mandates_that_refer: frozenset[str]
    mandates_that_decide: frozenset[str]
    mandates_never_given_a_case: frozenset[str]
    guardian_conflict_mandates: frozenset[str]
    grants_by_purpose: Mapping[str, frozenset[str]]

    hidden: Mapping[str, frozenset[str]]  # vocabulary -> codes not offered in this State
    purpose_class: Mapping[str, str]  # PURPOSE code -> SEXUAL or LABOUR; a code that is not here is OTHER
    deadlines: Mapping[str, Deadline]  # as written in the file, with the variants

    def deadline(self, code: str, variant: str = "") -> Deadline:
        """The time limit of that name; with a variant (an urgency, or RETURN) its own length where there is
        one.

        A variant keeps the name of its deadline: SERVICE_ANSWER, IMMEDIATE is a SERVICE_ANSWER of four hours.
        Raises KeyError for a name that no pack has: a slip in our code, never a question of law.
        """
        if variant and variant not in VARIANTS:
            raise KeyError(f"{variant} is no variant of a deadline")
        return self.deadlines.get(f"{code}_{variant}") or self.deadlines[code]

    def length(self, code: str, variant: str = "") -> Length:
        """How long that time limit is."""
        return self.deadline(code, variant).length

    def source_of(self, code: str) -> str:
        """What that time limit stands on; where only its variants have a length, what the gravest of them does."""
        written = (code, *(f"{code}_{variant}" for variant in VARIANTS))
        return next(self.deadlines[name].source for name in written if name in self.deadlines)

    def citizenship_class(self, citizenships: Sequence[str]) -> str:
        """REPORTING, OTHER_EU, NON_EU or NOT_KNOWN, for statistics only: no act asks it.

        Of several citizenships the nearest counts: REPORTING before OTHER_EU before NON_EU. Stateless (XXA)
        is NON_EU. Nothing known, or only XXX: NOT_KNOWN. Source: Eurostat `crim_thb`; the order among several
        is a house rule.
        """
        known = frozenset(citizenships) - {UNKNOWN_CITIZENSHIP}
        if known & self.reporting:
            return "REPORTING"
        if known & self.other_eu:
            return "OTHER_EU"
        return self.elsewhere if known else "NOT_KNOWN"

    def deciding_authority_for(self, referral_on: date, birthday_18: date) -> str:
        """Which authority decides: ONE, or by the days left to the 18th birthday LOCAL_CHILD_PANEL,
        CENTRAL_AUTHORITY.

        Exactly the pack's number of days left, or fewer: the central authority. Source: United Kingdom,
        devolved child decision-making pilot, 100 days. The day of referral is not counted, the birthday is;
        check with counsel.
        """
        if self.deciding_authority == "ONE":
            return "ONE"
        limit = int(self.deciding_authority.removeprefix(PANEL_FROM).removesuffix(PANEL_TO))
        return "LOCAL_CHILD_PANEL" if (birthday_18 - referral_on).days > limit else "CENTRAL_AUTHORITY"
