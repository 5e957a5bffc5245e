"""The routine of the process specification, written out: what always follows when a child is found."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any

from nrm.care.terms import BestInterestsElement
from nrm.desk.rehearsal.reading import Act, Routine
from nrm.desk.rehearsal.shapes import SIX
from nrm.kernel.days import Calendar

TOPICS = ("WHO_WE_ARE", "NOT_IN_TROUBLE", "SAFE_PLACE", "WHO_SEES_IT", "SERVICES", "COMPLAINT")


def views(words: str) -> dict[str, str]:
    return {"childs_views": words, "heard_how": "SPOKE"}


def expanded(step: Routine, agency_of: Mapping[str, str], calendar: Calendar) -> Iterator[Act]:
    """The acts of one routine, in order. agency_of: person key -> agency key."""
    told, label, start = step.told, step.case, step.at
    opener, worker, provider = told["opener"], told["worker"], told["provider"]
    skip = set(told.get("skip", ()))
    first = calendar.local_date(start)

    def act(at: Any, by: str, do: str, name: str = "", /, **given: Any) -> Act:
        as_ = f"{label}_{name}" if name else ""
        return Act(at=at, by=by, do=do, file=step.file, case=label, given=given, label=as_)

    def on(working_day: int, hour: int, minutes: int = 0) -> Any:
        return calendar.at(calendar.add_working_days(first, working_day), time(hour, minutes)).astimezone(
            calendar.zone
        )

    if "share" not in skip and agency_of[opener] != agency_of[worker]:
        yield act(
            start, opener, "casefile.share", "share",
            agency=agency_of[worker], grants=["FULL", "IDENTITY", "LOCATION"], purpose="CARE", basis="LEGAL_DUTY",
            note="Child protection must be told.",
        )  # fmt: skip
    if "lead" not in skip:
        yield act(start, worker, "casefile.appoint_lead_worker", person=worker)
    if "information" not in skip:
        yield act(
            start + timedelta(minutes=30), opener, "contact.give_information",
            topics=list(TOPICS), form="SPOKEN", lang=told["lang"], understood="SAID_IT_BACK",
        )  # fmt: skip
    if "plan" not in skip:
        yield act(
            start + timedelta(hours=2), worker, "care.record_safety_plan", "plan",
            dangers=[{"danger": "TRAFFICKER_NEAR", "who": "The person she fears", "likelihood": "HIGH"}],
            measures=["SAFE_WORD"], if_missing="Call the police and the lead worker at once.",
            **views("I want to feel safe."),
        )  # fmt: skip
    if "bia" not in skip:
        yield act(on(1, 10), worker, "care.assess_best_interests", "bia", **first_assessment())
    if "consent" not in skip:
        yield act(
            on(2, 9, 30), worker, "services.record_consent", "consent",
            service="ALL", given="YES", by=told.get("consent_by", "CHILD"), how="SPOKEN", shares=["SUMMARY"],
        )  # fmt: skip
    if "services" not in skip:
        yield from _services(act, on, told, worker, provider, agency_of[provider])


def _services(
    act: Any, on: Any, told: Mapping[str, Any], worker: str, provider: str, agency: str
) -> Iterator[Act]:
    not_needed = told.get("not_needed", ())
    wanted = [
        service for service in SIX if service not in not_needed and service not in told.get("without", ())
    ]
    label = told["routine"]
    begins: date = on(3, 10).date()
    for service in not_needed:
        yield act(
            on(2, 9, 45),
            worker,
            "services.mark_not_needed",
            service=service,
            reason="She does not need this now.",
        )
    for service in wanted:
        yield act(
            on(2, 10), worker, "services.request", service,
            service=service, provider=agency, need="As agreed with her.", urgency="ROUTINE",
        )  # fmt: skip
    for service in wanted:
        yield act(on(2, 15), provider, "services.accept", request=f"${label}_{service}")
    for service in wanted:
        yield act(
            on(3, 10),
            provider,
            "services.deliver",
            request=f"${label}_{service}",
            **{"from": begins.isoformat()},
        )


def first_assessment() -> dict[str, Any]:
    """The best-interests assessment of the first days: little is known yet."""
    return {
        "question": "FIRST_STEPS",
        "elements": [
            {
                "element": element,
                "finding": "Not fully known yet; asked with care.",
                "source": "CHILD",
                "weight": "MEDIUM",
            }
            for element in BestInterestsElement.codes()
        ],
        "options": [
            {"option": "Protect and support now", "chosen": "YES", "why": "It keeps her safe."},
            {"option": "Wait for more facts", "chosen": "NO", "why": "Waiting would leave her alone."},
        ],
        "conclusion": "Protect and support now.",
        **views("I want help."),
    }
