"""What may be written in a pack: the switches and their values, the codes of desks, mandates, grants and
purposes.
"""

from nrm.kernel.handling import Grant
from nrm.kernel.packs.checks import Shape, one_of
from nrm.kernel.packs.pack import PANEL_FROM, PANEL_TO

NAME = Shape(r"[a-z][a-z0-9_]*", "a name in small letters, as the folder is called")
WORDS = Shape(r"\S(.*\S)?", "some words")
CODE = Shape(r"[A-Z][A-Z0-9_]*", "a code in capitals")
COUNTRY = Shape(r"[A-Z]{3}", "the three capitals of a country (ISO 3166-1 alpha-3)")
INVENTED = Shape(
    r"X(?!XA|XX)[A-Z]{2}", "three capitals from XAA to XZZ, but not XXA (stateless) or XXX (unknown)"
)
LANGUAGE = Shape(r"[a-z]{3}", "the three small letters of a language (ISO 639-2)")
TELEPHONE = Shape(r"[0-9][0-9 ]{1,15}", "a telephone number")
ZONE = Shape(r"UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+", "the name of a time zone, such as Europe/Vienna")
DAY = Shape(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day, such as 2026-12-25")
YEARLY = Shape(r"[0-9]{2}-[0-9]{2}", "a month and a day, such as 12-25")
ACT = Shape(r"[a-z]+\.[a-z_]+", "an act, such as identification.confirm")
WHOLE = Shape(r"[1-9][0-9]{0,4}", "a whole number from 1")
SUBDIVISION = Shape(r"[A-Z0-9-]+", "the code of a part of the country")
ELSEWHERE = Shape("NON_EU", "NON_EU")
YES_NO = one_of("YES", "NO")
CONFIDENCE = one_of("V", "S", "K", "H")
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")

SETTINGS = {
    "decision_steps": one_of("1", "2"),
    "clearly_adult_from": Shape(r"1[89]|[2-9][0-9]", "a number of years from 18"),
    "guardian_limit": WHOLE,
    "child_alone_acts_from": Shape(r"[1-9]|1[0-8]", "a number of years up to 18"),
    "late_entry_hours": WHOLE,
    "risk_assessment_valid_days": WHOLE,
    "break_glass_hours": WHOLE,
    "training_valid_months": WHOLE,
    "reflection_counts_start_day": YES_NO,
    "reflection_exception_for_children": YES_NO,
    "conclusive_grounds_not_before": Shape(r"NONE|[1-9][0-9]{0,4}", "NONE or a number of calendar days"),
    "deciding_authority": Shape(
        rf"ONE|{PANEL_FROM}[1-9][0-9]{{0,4}}{PANEL_TO}", f"ONE or {PANEL_FROM}100{PANEL_TO}"
    ),
    "guardianship_ends_at_18": YES_NO,
    "removal_bar_from": one_of("REFERRAL", "REASONABLE_GROUNDS"),
    "retention_birthday": Shape(r"1[89]|[2-9][0-9]", "a number of years from 18"),
}
STEPS = ("reasonable_grounds", "conclusive_grounds")
DESKS = (
    *(
        "HOTLINE",
        "OPENER",
        "LEAD_WORKER",
        "SENDER",
        "AUTHORITY",
        "ASSESSOR",
        "GUARDIAN",
        "GUARDIANSHIP_OFFICE",
    ),
    *("PROVIDER", "FOCAL_POINT", "COORDINATOR", "OVERSIGHT", "NOBODY"),
)
CHILDS_SIDE = "GUARDIAN"  # the desk whose limits may roll

# Process specification, section 4. A slip here would open the firewall, so a code is known or it is a fault.
MANDATES = (
    *(
        "HOTLINE",
        "FIRST_RESPONDER",
        "COMPETENT_AUTHORITY",
        "CHILD_PROTECTION",
        "GUARDIANSHIP",
        "AGE_ASSESSOR",
    ),
    *("SERVICE_PROVIDER", "LAW_ENFORCEMENT", "PROSECUTION", "BORDER", "ASYLUM", "IMMIGRATION_ENFORCEMENT"),
    *("EDUCATION", "HEALTH", "LABOUR_INSPECTION", "FOCAL_POINT", "COORDINATOR", "RAPPORTEUR", "OVERSIGHT"),
    *("NGO", "INTERNATIONAL_ORGANISATION"),
)
NEVER = "mandates_never_given_a_case"
HANDLE_A_CASE = ("mandates_that_open", "mandates_that_screen", "mandates_that_refer", "mandates_that_decide")
MANDATE_LISTS = (*HANDLE_A_CASE, NEVER, "guardian_conflict_mandates")
FIREWALL = "IMMIGRATION_ENFORCEMENT"
GRANTS = tuple(grant.value for grant in Grant)
SHARE_PURPOSES = (
    *("SAFETY", "CARE", "SERVICE", "DECISION", "INVESTIGATION", "ASYLUM", "TRACING", "OVERSIGHT"),
)
FORMS = ("SEXUAL", "LABOUR", "OTHER")  # the three classes of Eurostat `crim_thb`

SEVERAL = frozenset({"FOLLOW_UP_RETURN"})  # may have more than one length
MUST_END = frozenset({"REFLECTION", "RETENTION"})
IN_DAYS = frozenset(  # begin on a day or protect until the end of one
    {
        *("REFLECTION", "RETENTION", "RECONSIDERATION_WINDOW", "CONSENT_AT_18"),
        *("TRANSITION_PLAN", "TRANSITION_PLAN_OPENS_BEFORE_18"),
    }
)
