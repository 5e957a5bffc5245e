"""Every code that other States, stories and tables rely on exists, and its words are fit to be read."""

import ast
import inspect
import re

import pytest

from nrm.agencies import terms as agencies
from nrm.care import terms as care
from nrm.casefile import terms as casefile
from nrm.closure import terms as closure
from nrm.contact import terms as contact
from nrm.crossborder import terms as crossborder
from nrm.identification import terms as identification
from nrm.kernel import terms as kernel
from nrm.kernel.vocabulary import Vocabulary
from nrm.referral import terms as referral
from nrm.screening import indicators
from nrm.screening import terms as screening
from nrm.services import terms as services

ROOMS = (kernel, agencies, casefile, contact, indicators, screening, referral, identification)
ROOMS += (care, services, crossborder, closure)

# The lists of the process specification, section 4, that end with OTHER and NOT_KNOWN.
OPEN_ENDED: dict[type[Vocabulary], str] = {
    kernel.HeardHow: ("SPOKE WROTE DREW SIGNED THROUGH_INTERPRETER THROUGH_TRUSTED_PERSON OBSERVED"),
    kernel.InfoForm: "SPOKEN PICTURES EASY_READ SIGN VIDEO TRANSLATED_TEXT",
    kernel.Understood: "SAID_IT_BACK SEEMED_TO DID_NOT NOT_CHECKED",
    casefile.Parents: ("REACHABLE_SAFE ABROAD_REACHABLE ABROAD_UNREACHABLE DEAD UNKNOWN CONFLICT SUSPECTED"),
    casefile.Accompanied: (
        "WITH_PARENT WITH_RELATIVE WITH_UNRELATED_ADULT WITH_CHILDREN_ONLY ALONE IN_INSTITUTION"
    ),
    casefile.BirthBasis: (
        "CIVIL_REGISTRY DOCUMENT_VERIFIED DOCUMENT_UNVERIFIED SAID_BY_CHILD SAID_BY_OTHER AGE_DECISION COURT"
    ),
    casefile.SharePurpose: "SAFETY CARE SERVICE DECISION INVESTIGATION ASYLUM TRACING OVERSIGHT",
    casefile.ShareBasis: "CHILD_CONSENT CHILD_AND_GUARDIAN GUARDIAN LEGAL_DUTY VITAL_INTEREST",
    casefile.DocumentKind: (
        "IDENTITY_DOCUMENT REPORT DECISION COURT_PAPER INJURY_BODY_MAP_DRAWING CHILDS_DRAWING CONTRACT "
        "TICKET LETTER"
    ),
    contact.Communication: (
        "INTERPRETER SIGN_LANGUAGE EASY_WORDS PICTURES HEARING_AID BRAILLE MOBILITY_ACCESS QUIET_ROOM "
        "EXTRA_TIME TRUSTED_PERSON FEMALE_WORKER MALE_WORKER DOES_NOT_SPEAK_NOW NONE"
    ),
    contact.Informant: (
        "CHILD_HERSELF OTHER_CHILD PARENT RELATIVE NEIGHBOUR TEACHER DOCTOR OUTREACH SOCIAL_WORKER "
        "GUARDIAN POLICE BORDER_GUARD LABOUR_INSPECTOR ASYLUM_OFFICER PRISON_STAFF EMPLOYER "
        "BUYER_OF_SERVICES TRANSPORT_OR_HOTEL_STAFF ONLINE_PLATFORM OTHER_STATE ANONYMOUS"
    ),
    contact.Channel: "TELEPHONE CHAT WEB IN_PERSON LETTER ONLINE_REPORT OTHER_STATE",
    contact.ContactPlace: (
        "STREET HOME SCHOOL HOSPITAL BORDER POLICE_STATION PRISON ASYLUM_CENTRE SHELTER INSTITUTION "
        "WORKPLACE HOTEL SPORT_CLUB ONLINE TRANSPORT"
    ),
    contact.Present: ("GUARDIAN PARENT LAWYER INTERPRETER PSYCHOLOGIST TRUSTED_PERSON POLICE NOBODY"),
    contact.Kin: "SIBLING COUSIN PARENT_OF FRIEND SPOUSE",
    contact.InfoTopic: (
        "WHO_WE_ARE NOT_IN_TROUBLE SAFE_PLACE GUARDIAN WHO_SEES_IT SERVICES DECISION REVIEW REFLECTION "
        "ASYLUM LAWYER COMPENSATION COMPLAINT COURT"
    ),
    contact.SafetyMeasure: (
        "MOVED_TO_SAFE_PLACE POLICE_CALLED MEDICAL_CARE SEPARATED_FROM_ADULT PHONE_SECURED EXIT_PREVENTION "
        "NO_CONTACT_ORDER NIGHT_STAFF SAFE_WORD NOTHING_POSSIBLE_YET"
    ),
    contact.OnlineSystem: "NCMEC_CYBERTIPLINE HOTLINE_NETWORK NATIONAL_HOTLINE EUROPOL PLATFORM",
    contact.OnlineIncident: (
        "ABUSE_MATERIAL CHILD_SEX_TRAFFICKING CHILD_SEX_TOURISM MOLESTATION ENTICEMENT UNSOLICITED_OBSCENE "
        "MISLEADING_DOMAIN MISLEADING_WORDS"
    ),
    contact.OnlineTag: "SEXTORTION SOLICITATION CHILD_TO_CHILD SPAM SADISTIC GENERATED_BY_AI",
    contact.Triage: ("OPEN_CASE ADD_TO_CASE REFER_ELSEWHERE NO_CHILD_CONCERN DUPLICATE KEEP_WATCH"),
    contact.EventKind: "RAID STREET_GROUP ROAD_STOP INSTITUTION_VISIT VESSEL ONLINE_OPERATION",
    contact.ContactWish: "YES ONLY_AS_WRITTEN NO",
    contact.ComplaintAbout: "GUARDIAN PLACEMENT DECISION WORKER PRIVACY SERVICE INTERVIEW",
    contact.InterpreterMode: "IN_PERSON TELEPHONE VIDEO",
    contact.InterpreterCheck: "INDEPENDENT KNOWS_PARTY NOT_CHECKED",
    contact.ConsentHow: "SPOKEN SIGNED INTERPRETER",
    screening.Means: (
        "THREATS FORCE SEXUAL_VIOLENCE ABDUCTION DECEPTION DEBT_BONDAGE EARNINGS_TAKEN MONEY_CONTROLLED "
        "DOCUMENTS_HELD MEDICAL_DENIED NEEDS_DENIED LOCKED_OR_WATCHED EXCESSIVE_HOURS DRUGS_ALCOHOL "
        "EMOTIONAL_BOND BELIEF_OR_OATH BLACKMAIL_IMAGES THREAT_AUTHORITIES THREAT_FAMILY "
        "ABUSE_OF_VULNERABILITY ABUSE_OF_POWER PAYMENT_TO_CONTROLLER NONE_SEEN"
    ),
    screening.Recruitment: (
        "ONLINE_SOCIAL ONLINE_GAME ONLINE_AD FAMILY FRIEND_OR_PEER BOYFRIEND_GIRLFRIEND SCHOOL WORKPLACE "
        "SPORT_AGENT INSTITUTION_OR_SHELTER STREET ON_THE_ROUTE RECRUITMENT_AGENCY RELIGIOUS_PLACE GANG "
        "PRINT_OR_TV"
    ),
    screening.Relation: (
        "PARENT SIBLING STEP_OR_FOSTER OTHER_RELATIVE SPOUSE PARTNER FRIEND PEER_CHILD NEIGHBOUR EMPLOYER "
        "TEACHER_COACH CARE_STAFF RELIGIOUS_LEADER GANG_MEMBER SMUGGLER ONLINE_CONTACT STRANGER"
    ),
    screening.Vulnerability: (
        "POVERTY HOMELESS ON_THE_MOVE UNACCOMPANIED NO_PAPERS STATELESS DISABILITY ILLNESS MENTAL_DISTRESS "
        "SUBSTANCE_USE ABUSE_AT_HOME EARLIER_TRAFFICKING ONLINE_ALONE OUT_OF_SCHOOL IN_CARE LEFT_CARE "
        "PARENT_ABSENT DISCRIMINATED_GROUP LGBTI PREGNANT_OR_PARENT CONFLICT_OR_DISASTER "
        "LONELINESS_OR_PRESSURE NONE_SEEN"
    ),
    screening.LastContact: "TODAY WEEK MONTH QUARTER HALF_YEAR YEAR LONGER",
    screening.SeenHow: "SEEN SAID_BY_CHILD SAID_BY_OTHER DOCUMENT",
    screening.NextStep: "REFER CHILD_PROTECTION_ONLY OTHER_HELP GATHER_MORE",
    screening.InterviewPlace: (
        "BARNAHUS CHILD_ROOM SHELTER SCHOOL HOSPITAL HOME POLICE_STATION STREET REMOTE"
    ),
    screening.Platform: "SOCIAL_NETWORK MESSENGER GAME LIVE_VIDEO AD_SITE DARK_WEB",
    referral.Evidence: ("SCREENING CHILDS_ACCOUNT WITNESS MEDICAL POLICE ONLINE_REPORT PAPERS EXPERT"),
    referral.SafeContact: "VIA_GUARDIAN VIA_WORKER OWN_PHONE_SAFE NO_SAFE_CONTACT",
    identification.Requester: "CHILD GUARDIAN LAWYER FIRST_RESPONDER PARENT",
    identification.Notified: "CHILD GUARDIAN LAWYER LEAD_WORKER SENDER ASYLUM_AUTHORITY",
    identification.OffenceKind: (
        "DRUGS THEFT BURGLARY FRAUD WEAPON VIOLENCE SEX_WORK BEGGING IMMIGRATION FALSE_PAPERS SCHOOL "
        "ADMINISTRATIVE"
    ),
    identification.OffenceStatus: "STOPPED ARRESTED CHARGED CONVICTED FINED",
    identification.NoticeTo: "POLICE PROSECUTOR COURT DEFENCE IMMIGRATION_AUTHORITY PRISON",
    identification.NoticeAsk: "RELEASE NO_CHARGE SUSPEND DISCONTINUE REVIEW_CONVICTION CANCEL_FINE",
    identification.NoticeReplyOutcome: "SUSPENDED DISCONTINUED NOT_CHARGED RELEASED GOES_ON NO_ANSWER",
    identification.AgeMethod: (
        "PAPERS INTERVIEW SOCIAL_REPORT PSYCHOLOGICAL PAEDIATRIC DENTAL_OR_WRIST SEXUAL_MATURITY"
    ),
    identification.AppealOutcome: "UPHELD QUASHED WITHDRAWN",
    care.Accommodation: (
        "WITH_PARENTS KINSHIP FOSTER_SPECIALISED FOSTER CHILD_SHELTER SPECIAL_TRAFFICKING_SHELTER "
        "SMALL_GROUP_HOME RESIDENTIAL_CARE HOSPITAL BARNAHUS_OVERNIGHT SUPPORTED_LIVING_16PLUS "
        "MOTHER_AND_BABY PROTECTED_SECRET_PLACE ADULT_SURVIVOR_SHELTER POLICE_CELL CLOSED_CENTRE HOTEL"
    ),
    care.Danger: (
        "TRAFFICKER_NEAR FAMILY_PRESSURE GANG_DEBT ONLINE_CONTACT SELF_HARM RUNNING_AWAY REMOVAL_ABROAD "
        "RETALIATION_FAMILY IMAGES_SPREAD"
    ),
    care.MissingWhy: ("WITH_TRAFFICKER TO_FAMILY FEAR_OF_RETURN FEAR_OF_AGE_TEST UNHAPPY_IN_CARE"),
    care.FoundHow: "SAFE HURT EXPLOITED DIED",
    care.AssessmentQuestion: (
        "FIRST_STEPS PLACEMENT TRACING CONTACT INTERVIEW AGE_ASSESSMENT PERMIT SERVICE CLOSURE"
    ),
    care.PermitGround: "PERSONAL_SITUATION COOPERATION CHILD_BEST_INTERESTS",
    care.GuardianEnd: ("TURNED_18 CONFLICT_OF_INTEREST CHILD_ASKED GUARDIAN_LEFT PARENT_RESUMES"),
    care.PlacementEndReason: "MOVED MISSING UNSAFE CHILD_ASKED SOLUTION",
    services.ServiceEnd: "GOAL_REACHED CHILD_ASKED PROVIDER_STOPPED MOVED NOT_COOPERATING",
    crossborder.TracingChannel: "RED_CROSS ISS CENTRAL_AUTHORITY_HC96 FOCAL_POINT CONSULATE",
    crossborder.TracingResult: "FOUND_SAFE FOUND_UNSAFE NOT_FOUND STOPPED",
    crossborder.MessageHandling: (
        "PROTECTION_ONLY NO_PROSECUTION_WITHOUT_CONSENT NOT_TO_IMMIGRATION NOT_TO_FAMILY NOT_TO_CONSULATE "
        "DELETE_BY ASK_BEFORE_PASSING_ON TELL_CHILD_WHEN_USED"
    ),
    crossborder.MessageAsk: (
        "FIND_AND_PROTECT FAMILY_ASSESSMENT CARE_REPORT IDENTITY_CHECK TAKE_OVER_CARE PASS_ON_COMPLAINT "
        "RECEIVE_RETURN INFORM_ONLY"
    ),
    crossborder.MessageKind: "REFERRAL ALERT FAMILY_ASSESSMENT COMPLAINT CONSULTATION",
    crossborder.MessageOutcome: (
        "PROTECTED LOCATED NOT_LOCATED FAMILY_ASSESSED RETURN_RECEIVED REFUSED NO_ANSWER"
    ),
    crossborder.RiskSource: ("FAMILY_ASSESSMENT FOCAL_POINT NGO_THERE EMBASSY COUNTRY_REPORT CHILD POLICE"),
    closure.ReopenReason: ("NEW_DANGER RE_TRAFFICKED NEW_INFORMATION ASKED_FOR_HELP CLOSED_IN_ERROR"),
    closure.HoldGround: "COURT COMPENSATION COMPLAINT CHILD_ASKED",
    closure.ContactConsent: "YES ONLY_IF_SHE_ASKS NO",
}

# Its closed lists, and the short lists written with the acts.
CLOSED: dict[type[Vocabulary], str] = {
    care.BedSuits: "ANY FEMALE MALE",
    kernel.Sex: "FEMALE MALE INTERSEX NOT_KNOWN",
    kernel.Urgency: "IMMEDIATE URGENT ROUTINE",
    kernel.NoViews: ("TOO_YOUNG_TO_SPEAK UNCONSCIOUS_OR_ILL MISSING WOULD_HARM DID_NOT_WANT_TO_SAY"),
    kernel.Tern: "YES NO NOT_KNOWN",
    agencies.Mandate: (
        "HOTLINE FIRST_RESPONDER COMPETENT_AUTHORITY CHILD_PROTECTION GUARDIANSHIP AGE_ASSESSOR "
        "SERVICE_PROVIDER LAW_ENFORCEMENT PROSECUTION BORDER ASYLUM IMMIGRATION_ENFORCEMENT EDUCATION "
        "HEALTH LABOUR_INSPECTION FOCAL_POINT COORDINATOR RAPPORTEUR OVERSIGHT NGO "
        "INTERNATIONAL_ORGANISATION"
    ),
    agencies.Role: "PU HO FR CW CA AG GU BP SP FP LE CO RA OO AA CH",
    agencies.TrainingModule: (
        "DATA_PROTECTION CHILD_NRM_BASIC CHILD_INTERVIEW DECISION_MAKING BEST_INTERESTS GUARDIANSHIP "
        "AGE_ASSESSMENT CROSS_BORDER"
    ),
    casefile.ExploitationAct: (
        "RECRUITMENT TRANSPORTATION TRANSFER HARBOURING RECEIPT EXCHANGE_OF_CONTROL NOT_YET_CLEAR"
    ),
    casefile.Purpose: (
        "SEX_PROSTITUTION SEX_TRAVELLER SEX_PARTY_OR_GROUP SEX_ABUSE_MATERIAL SEX_AI_GENERATED "
        "SEX_LIVE_STREAM SEX_SEXTORTION SEX_ONLINE_GROOMING FORCED_LABOUR DOMESTIC_SERVITUDE "
        "SPORT_EXPLOITATION BEGGING CRIME_DRUG_COURIER CRIME_DRUG_CULTIVATION CRIME_THEFT CRIME_BURGLARY "
        "CRIME_FRAUD CRIME_MONEY_MULE CRIME_ONLINE_SCAM CRIME_WEAPONS CRIME_VIOLENCE "
        "CRIME_SMUGGLING_PEOPLE CRIME_OTHER FORCED_MARRIAGE ILLEGAL_ADOPTION SURROGACY ORGAN_REMOVAL "
        "ARMED_GROUP SLAVERY_OR_SIMILAR BENEFIT_CLAIMS INSTITUTION OTHER NOT_YET_CLEAR"
    ),
    casefile.ServiceCode: (
        "SAFE_ACCOMMODATION_AND_SUBSISTENCE EMERGENCY_HEALTH TRANSLATION COUNSELLING_AND_LEGAL_INFORMATION "
        "HELP_IN_PROCEEDINGS EDUCATION HEALTH SEXUAL_HEALTH PSYCHOSOCIAL THERAPY FREE_LEGAL_AID "
        "GUARDIAN_SUPPORT FAMILY_SUPPORT MEDIATION LEISURE_AND_SPORT VOCATIONAL INCOME DIGITAL_SAFETY "
        "IMAGE_REMOVAL SUBSTANCE_TREATMENT DISABILITY_SUPPORT RELIGIOUS_OR_CULTURAL COMPENSATION_CLAIM "
        "TRANSITION_18 MENTOR REINTEGRATION_ABROAD"
    ),
    casefile.Emergency: "CHILD_IN_DANGER_NOW MISSING_NOW HEALTH_NOW",
    casefile.Track: "CHILD ADULT_SURVIVOR",
    casefile.ColumnHandling: "ORDINARY SENSITIVE IDENTIFYING LOCATING",
    casefile.AgeOutcome: "CHILD ADULT UNRESOLVED",
    casefile.AgeClaim: "CHILD ADULT OTHER_BIRTH_DATE",
    casefile.PresumptionRow: "P1 P2 P3 P4 P5 P6 P7 P8 P9 P10 P11",
    casefile.DisputeGround: "FALSE_PAPERS COACHED",
    casefile.Stage: (
        "ERASED CLOSED FOLLOW_UP SOLUTION_UNDER_WAY RECONSIDERATION IDENTIFIED NEGATIVE PRESUMED RETURNED "
        "UNDER_DECISION REFERRED DECLINED SCREENED OPENED"
    ),
    casefile.Flag: (
        "TREATED_AS_CHILD AGE_DISPUTED NO_GUARDIAN MISSING IN_DANGER REMOVAL_BARRED REFLECTION_RUNNING "
        "NON_PUNISHMENT_DUE SERVICE_GAP IN_CUSTODY CONFIRM_WAITING TURNS_18_SOON NOT_INFORMED "
        "ADULT_SURVIVOR"
    ),
    contact.AdultConsentTo: "REFERRAL SUPPORT_ONLY",
    screening.Risk: "IMMEDIATE HIGH MEDIUM LOW",
    screening.Advice: "NO_SIGNS_TODAY LOOK_FURTHER REFER REFER_NOW",
    screening.Precision: "DAY MONTH YEAR",
    referral.WithdrawReason: "DUPLICATE WRONG_CHILD",
    referral.AskChild: "NO YES_WITH_REASON",
    identification.DecisionReason: (
        "ACT_SHOWN PURPOSE_SHOWN ACCOUNT_CREDIBLE INDICATORS_CONSISTENT MEDICAL CRIME_FILE ONLINE_REPORT "
        "EXPERT CONTRADICTED_BY_FACTS NO_EXPLOITATION_OR_INTENT OTHER_HARM_NOT_TRAFFICKING "
        "INSUFFICIENT_INFORMATION CONSENTED NO_MEANS NOT_COOPERATING NO_COMPLAINT LATE_DISCLOSURE"
    ),
    identification.Outcome: "POSITIVE NEGATIVE",
    identification.LinkedToExploitation: "YES LIKELY NO NOT_KNOWN",
    care.BestInterestsElement: "VIEWS IDENTITY FAMILY SAFETY VULNERABILITY HEALTH EDUCATION",
    care.DeterminationQuestion: "DURABLE_SOLUTION EXCEPTIONAL_CARE SEPARATION_FROM_PARENTS",
    care.Level: "LOW MEDIUM HIGH",
    care.Objector: "CHILD OTHER",
    care.TracingWhen: "NOW NOT_NOW NOT_SAFE",
    care.ExceptionGround: "PUBLIC_ORDER IMPROPER_CLAIM",
    care.PermitStep: "REQUESTED GRANTED REFUSED RENEWED",
    services.DeclineReason: (
        "FULL TOO_FAR NOT_OUR_SERVICE AGE_OUTSIDE_LICENCE UNSAFE_FOR_HER UNSAFE_FOR_OTHERS NATIONALITY "
        "NO_PAPERS NOT_COOPERATING"
    ),
    services.ConsentBy: "CHILD CHILD_AND_GUARDIAN GUARDIAN",
    services.InPart: "YES PARTLY NO",
    services.ReviewNext: "CONTINUE CHANGE END",
    services.CompensationFrom: "PERPETRATOR STATE_FUND EMPLOYER",
    services.CompensationStep: "CLAIMED AWARDED REFUSED PAID",
    crossborder.DurableSolutionType: (
        "INTEGRATION_WITH_PARENTS INTEGRATION_KINSHIP INTEGRATION_FOSTER INTEGRATION_INDEPENDENT "
        "INTEGRATION_ADOPTION FAMILY_REUNIFICATION_ORIGIN CARE_IN_ORIGIN RETURN_TO_HABITUAL_RESIDENCE "
        "FAMILY_REUNIFICATION_THIRD RESETTLEMENT_THIRD"
    ),
    crossborder.Suitability: "SUITABLE WITH_SUPPORT NOT_SUITABLE",
    crossborder.MessageBasis: "CHILD_AND_GUARDIAN_CONSENT VITAL_INTEREST TREATY",
    crossborder.Disclosed: "NAMES BIRTH_DATE CITIZENSHIPS DOCUMENT_NUMBER PHOTO ADDRESS",
    crossborder.Situation: "PRESUMED IDENTIFIED NOT_DECIDED",
    crossborder.TreatedAsChild: "YES NO",
    crossborder.RiskConclusion: "RETURN_SAFE SAFE_WITH_CONDITIONS AGAINST_BEST_INTERESTS",
    closure.ClosureReason: (
        "SOLUTION_REACHED RETURNED_AND_FOLLOWED_UP TRANSFERRED_ABROAD TURNED_18_SUPPORTED_ELSEWHERE "
        "ADULT_REQUEST NOT_TRAFFICKED_HANDED_OVER DIED DUPLICATE"
    ),
    closure.TraffickedAgain: "YES SIGNS NO NOT_KNOWN",
    closure.GlassOutcome: "JUSTIFIED NOT_JUSTIFIED ABUSE",
}

REFUSED_ONLY = {
    care.Accommodation: {"POLICE_CELL", "CLOSED_CENTRE", "HOTEL"},
    identification.DecisionReason: {
        "CONSENTED",
        "NO_MEANS",
        "NOT_COOPERATING",
        "NO_COMPLAINT",
        "LATE_DISCLOSURE",
    },
    identification.AgeMethod: {"SEXUAL_MATURITY"},
    services.DeclineReason: {"NATIONALITY", "NO_PAPERS", "NOT_COOPERATING"},
    services.ServiceEnd: {"NOT_COOPERATING"},
}

NEVER_SAID = ("suspect", "illegal", "client", "ticket", "rescue", "the minor")


def all_vocabularies():
    found = {}
    for room in ROOMS:
        for thing in vars(room).values():
            if isinstance(thing, type) and issubclass(thing, Vocabulary) and thing is not Vocabulary:
                found[thing] = None
    return list(found)


@pytest.mark.parametrize("vocabulary", OPEN_ENDED, ids=lambda v: v.__name__)
def test_open_lists_hold_their_codes_and_end_with_other_and_not_known(vocabulary):
    assert vocabulary.codes() == (*OPEN_ENDED[vocabulary].split(), "OTHER", "NOT_KNOWN")
    assert vocabulary.open_ended


@pytest.mark.parametrize("vocabulary", CLOSED, ids=lambda v: v.__name__)
def test_closed_lists_hold_their_codes_and_no_more(vocabulary):
    assert vocabulary.codes() == tuple(CLOSED[vocabulary].split())
    assert not vocabulary.open_ended


def test_no_vocabulary_escapes_these_lists():
    filled_in = {identification.DecisionKind, care.GuardianKind}  # by the program, never chosen
    elsewhere = filled_in | {screening.Isic, services.ServiceOrAll, indicators.Indicator, indicators.Theme}
    assert set(all_vocabularies()) == {*OPEN_ENDED, *CLOSED} | elsewhere


def test_industries_are_the_sections_of_isic():
    assert screening.Isic.codes() == (*"ABCDEFGHIJKLMNOPQRSTU", "OTHER", "NOT_KNOWN")


def test_a_consent_covers_one_service_or_all():
    assert services.ServiceOrAll.codes() == ("ALL", *casefile.ServiceCode.codes())
    for code in casefile.ServiceCode:
        assert services.ServiceOrAll(code).label is code.label


@pytest.mark.parametrize("vocabulary", all_vocabularies(), ids=lambda v: v.__name__)
def test_some_codes_exist_only_to_be_refused(vocabulary):
    assert vocabulary.refused_only == REFUSED_ONLY.get(vocabulary, set())


def test_six_services_are_owed():
    assert tuple(casefile.ServiceCode)[:6] == casefile.SIX_SERVICES


def test_forced_criminality_is_eleven_purposes():
    assert len(casefile.FORCED_CRIMINALITY) == 11
    assert {"CRIME_OTHER", "CRIME_DRUG_COURIER"} <= casefile.FORCED_CRIMINALITY
    assert "OTHER" not in casefile.FORCED_CRIMINALITY


def test_only_papers_courts_and_age_decisions_verify_a_birth_date():
    assert {"CIVIL_REGISTRY", "DOCUMENT_VERIFIED", "COURT", "AGE_DECISION"} == casefile.VERIFIED_BIRTH


def test_returns_are_told_from_other_durable_solutions():
    assert {
        "FAMILY_REUNIFICATION_ORIGIN",
        "CARE_IN_ORIGIN",
        "RETURN_TO_HABITUAL_RESIDENCE",
    } == crossborder.RETURNING


def labels_in(room):
    """Class, code and label of every member, read from the source: no settings are needed."""
    for node in ast.walk(ast.parse(inspect.getsource(room))):
        if isinstance(node, ast.ClassDef) and [ast.unparse(base) for base in node.bases] == ["Vocabulary"]:
            for line in node.body:
                if isinstance(line, ast.Assign):
                    yield node.name, ast.unparse(line.targets[0]), line.value


def words(label):
    return label.args[0].value if isinstance(label, ast.Call) else ast.unparse(label)


@pytest.mark.parametrize("room", ROOMS, ids=lambda r: r.__name__)
def test_message_extraction_finds_every_label(room):
    for vocabulary, code, label in labels_in(room):
        if vocabulary == "ServiceOrAll" and code != "ALL":
            assert ast.unparse(label) == f"ServiceCode.{code}.label"
        else:
            assert isinstance(label, ast.Call) and ast.unparse(label.func) == "_", (vocabulary, code)
            assert isinstance(label.args[0], ast.Constant) and len(label.args) == 1, (vocabulary, code)


@pytest.mark.parametrize("room", ROOMS, ids=lambda r: r.__name__)
def test_no_label_uses_a_word_that_hurts(room):
    for vocabulary, code, label in labels_in(room):
        text = words(label).lower()
        assert not [word for word in NEVER_SAID if re.search(rf"\b{word}\b", text)], (vocabulary, code)


@pytest.mark.parametrize("room", ROOMS, ids=lambda r: r.__name__)
def test_labels_differ_within_a_list(room):
    seen = set()
    for vocabulary, _code, label in labels_in(room):
        assert (vocabulary, words(label)) not in seen
        seen.add((vocabulary, words(label)))
