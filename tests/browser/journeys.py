"""The journeys of people, as they walk them. Each takes `as_`, which opens a person's browser; returns the last one."""

from collections.abc import Callable

from django.utils import timezone

from tests.browser.drivers import Driver
from tests.serve import PASSWORD
from tests.serving import Site

As = Callable[..., Driver]
POINTS = ("VIEWS", "FAMILY", "SAFETY", "VULNERABILITY", "HEALTH", "EDUCATION", "IDENTITY")


def a_child_is_in_front_of_me(as_: As, site: Site, way: str) -> Driver:
    """J1: make her safe and open a case: three pages, nine answers."""
    rosa = as_("rosa")
    rosa.open("/now/")
    rosa.choose("danger_now", "NO")
    rosa.select("place", "STREET")
    rosa.choose("accompaniment", "ALONE")
    rosa.press("Save and go on")
    rosa.tick("languages", "ara")
    rosa.choose("interpreter_needed", "YES")
    rosa.press("Save and go on")
    rosa.choose("parents", "UNKNOWN")
    rosa.choose("in_custody", "NO")
    rosa.choose("in_institution", "NO")
    rosa.select("informant_kind", "OUTREACH")
    rosa.press("Open the case")
    return rosa


def refer(as_: As, site: Site, way: str) -> Driver:
    """J2: refer her to the competent authority: four answers, a look at everything, sent."""
    rosa = as_("rosa")
    rosa.open(f"/cases/{site.staged.cases[f'to-refer-{way}']}/referral/send/")
    rosa.fill("grounds", "She begs for a man who is not her family.")
    rosa.choose("reported_to_police", "NO")
    rosa.choose("child_protection_told", "YES")
    rosa.choose("safe_contact", "VIA_WORKER")
    rosa.press("Check before it is sent")
    rosa.press("This is right. Send it")
    return rosa


def screen(as_: As, site: Site, way: str) -> Driver:
    """The signs of a girl who must bring money, with what an outreach worker knows at night."""
    rosa = as_("rosa")
    rosa.open(f"/cases/{site.staged.cases[f'to-screen-{way}']}/screening/record/")
    rosa.choose("answers-18-a", "YES")
    rosa.tick("acts", "HARBOURING")
    rosa.tick("purposes", "BEGGING")
    rosa.choose("risk", "MEDIUM")
    rosa.choose("still_controlled", "YES")
    rosa.choose("others_at_risk", "NOT_KNOWN")
    rosa.fill("childs_views", "I want to sleep somewhere without him.")
    rosa.choose("heard_how", "SPOKE")
    rosa.press("Save")
    return rosa


def propose(ida: Driver, address: str) -> None:
    """A positive decision; acts, purposes and her words stand already."""
    ida.open(address)
    ida.choose("outcome", "POSITIVE")
    ida.tick("reason_codes", "ACT_SHOWN")
    ida.fill("reasons", "He takes what she begs.")
    ida.tick("evidence_read", "SCREENING")
    ida.choose("guardian_heard", "YES")
    ida.fill("best_interests", "It opens the recovery period.")
    ida.press("Save")


def confirm(tomas: Driver, case: str) -> None:
    """The second person's signature under the only proposal."""
    tomas.open(f"/cases/{case}/identification/confirm/")
    tomas.press("Save")


def receive_and_decide(as_: As, site: Site, way: str) -> Driver:
    """J3: receive, propose reasonable grounds, a second person confirms."""
    case = site.staged.cases[f"to-decide-{way}"]
    ida, tomas = as_("ida"), as_("tomas")
    ida.open(f"/cases/{case}/referral/receive/")
    ida.press("Save")
    propose(ida, f"/cases/{case}/identification/decide_reasonable_grounds/")
    confirm(tomas, case)
    return tomas


def decide_conclusively(as_: As, site: Site, way: str) -> Driver:
    """J3, after it: the second decision on the same case, by the same two people."""
    case = site.staged.cases[f"to-decide-{way}"]
    ida, tomas = as_("ida"), as_("tomas")
    propose(ida, f"/cases/{case}/identification/decide_conclusive_grounds/")
    confirm(tomas, case)
    return tomas


def appoint_a_guardian(as_: As, site: Site, way: str) -> Driver:
    """J4: from the desk to a guardian at her side for the first days: the desk, the form, done."""
    mira, case = as_("mira"), site.staged.cases[f"to-guard-{way}"]
    mira.open("/desk/")
    mira.follow_to(f"/cases/{case}/care/appoint_interim_guardian/")
    mira.select("guardian", "jonas")
    mira.day("from", timezone.localdate())
    mira.press("Save")
    return mira


def assess_with_her(as_: As, site: Site, way: str) -> Driver:
    """J5: what is best for her, in two languages; stopped while weighing, gone on with in another browser."""
    mira, case = as_("mira"), site.staged.cases[f"to-assess-{way}"]
    mira.open(f"/cases/{case}/interests/")
    mira.follow("Ask her in her language: turn the phone to her")
    for point in POINTS:
        mira.fill(f"said-{point}", f"I say this about {point.lower()}.")
    mira.press("Save what she said")
    mira.fill("options-0-option", "Stay here")
    mira.choose("options-0-chosen", "YES")
    mira.press("Save and stop here")
    later = as_("mira")
    later.open("/desk/")
    later.follow_to(f"/cases/{case}/interests/")
    later.follow("Weigh the ways forward")
    later.fill("options-1-option", "Go back")
    later.choose("options-1-chosen", "NO")
    later.fill("conclusion", "She stays where she is and goes to school.")
    later.press("Save the assessment")
    return later


def help_her(as_: As, site: Site, way: str) -> tuple[Driver, list[tuple[int, int]]]:
    """J6: ask for a service; the provider accepts; the service is given. With pages and answers after each part."""
    case = site.staged.cases[f"to-help-{way}"]
    mira, dora = as_("mira"), as_("dora")
    parts = []
    mira.open(f"/cases/{case}/services/ask/?service=PSYCHOSOCIAL")
    mira.select("provider", "lantern")
    mira.fill("need", "Someone to talk to in her own language.")
    mira.choose("urgency", "ROUTINE")
    mira.press("Check before it is sent")
    mira.press("This is right. Send it")
    parts.append((mira.cost.pages, mira.cost.answers))
    dora.open("/services/")
    dora.press(f"Accept: Psychosocial support, {case}")
    parts.append((dora.cost.pages, dora.cost.answers))
    dora.open(f"/cases/{case}/services/deliver/")
    dora.day("from", timezone.localdate())
    dora.press("Save")
    parts.append((dora.cost.pages, dora.cost.answers))
    return dora, parts


def ask_accept_and_give(as_: As, site: Site, way: str) -> Driver:
    """J6 for whoever counts it as a whole."""
    return help_her(as_, site, way)[0]


def report_a_concern(as_: As, site: Site, way: str) -> Driver:
    """J7: the public says what they saw: one answer."""
    anyone = as_()
    anyone.open("/report/")
    anyone.fill("what", "A girl sells roses every night and a man takes the money.")
    anyone.press("Send")
    return anyone


def sign_in(as_: As, site: Site, way: str) -> Driver:
    """Sign in with e-mail and password."""
    mira = as_()
    mira.open("/sign-in/")
    mira.fill("login", "mira@opennrm.example")
    mira.fill("password", PASSWORD)
    mira.press("Sign in")
    return mira


def search(as_: As, site: Site, way: str) -> Driver:
    """Find a child by her name in another script."""
    rosa = as_("rosa")
    rosa.open("/find/")
    rosa.fill("text", "أمل")
    rosa.press("Find")
    return rosa
