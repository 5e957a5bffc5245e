"""The words of screening: what was seen and said, and what it advises."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Advice(Vocabulary):
    """What the signs point to, weakest first. It advises and never decides."""

    NO_SIGNS_TODAY = _("No signs today. A child can be trafficked and show none of these.")
    LOOK_FURTHER = _("Look further: some signs are there. Look again within five working days.")
    REFER = _("Refer: the signs point to trafficking.")
    REFER_NOW = _("Refer now: the signs point to trafficking, and there is danger.")


class NextStep(Vocabulary):
    """What a person decides to do after screening."""

    REFER = _("refer to the competent authority")
    CHILD_PROTECTION_ONLY = _("child protection without a referral")
    OTHER_HELP = _("other help")
    GATHER_MORE = _("find out more")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class InterviewPlace(Vocabulary):
    BARNAHUS = _("Barnahus")
    CHILD_ROOM = _("room made for children")
    SHELTER = _("shelter")
    SCHOOL = _("school")
    HOSPITAL = _("hospital")
    HOME = _("home")
    POLICE_STATION = _("police station")
    STREET = _("street")
    REMOTE = _("by telephone or video")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class SeenHow(Vocabulary):
    """How the writer knows."""

    SEEN = _("seen by the writer")
    SAID_BY_CHILD = _("said by the child")
    SAID_BY_OTHER = _("said by someone else")
    DOCUMENT = _("read in a document")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Risk(Vocabulary):
    IMMEDIATE = _("immediate")
    HIGH = _("high")
    MEDIUM = _("medium")
    LOW = _("low")


class LastContact(Vocabulary):
    """When the child last had contact with those who exploited her."""

    TODAY = _("today")
    WEEK = _("in the last week")
    MONTH = _("in the last month")
    QUARTER = _("in the last three months")
    HALF_YEAR = _("in the last six months")
    YEAR = _("in the last year")
    LONGER = _("longer ago")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Precision(Vocabulary):
    """How exactly the days of an episode are known."""

    DAY = _("to the day")
    MONTH = _("to the month")
    YEAR = _("to the year")


class Means(Vocabulary):
    """How the child was controlled. For statistics and prosecution only: no rule about a child reads it."""

    THREATS = _("threats")
    FORCE = _("beating or other force")
    SEXUAL_VIOLENCE = _("sexual violence")
    ABDUCTION = _("abduction")
    DECEPTION = _("false promises")
    DEBT_BONDAGE = _("a debt to be worked off")
    EARNINGS_TAKEN = _("earnings taken away")
    MONEY_CONTROLLED = _("no hold on her own money")
    DOCUMENTS_HELD = _("papers kept by someone else")
    MEDICAL_DENIED = _("kept from a doctor")
    NEEDS_DENIED = _("kept from food, sleep or other needs")
    LOCKED_OR_WATCHED = _("locked up or watched")
    EXCESSIVE_HOURS = _("made to work too many hours")
    DRUGS_ALCOHOL = _("drugs or alcohol")
    EMOTIONAL_BOND = _("love or attachment misused")
    BELIEF_OR_OATH = _("an oath or a belief")
    BLACKMAIL_IMAGES = _("blackmail with images")
    THREAT_AUTHORITIES = _("threatened with the police or officials")
    THREAT_FAMILY = _("family threatened")
    ABUSE_OF_VULNERABILITY = _("a weak position misused")
    ABUSE_OF_POWER = _("power or authority misused")
    PAYMENT_TO_CONTROLLER = _("payment to someone with control over the child")
    NONE_SEEN = _("none seen")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Recruitment(Vocabulary):
    """Where or through whom it began."""

    ONLINE_SOCIAL = _("a social network")
    ONLINE_GAME = _("an online game")
    ONLINE_AD = _("an online advertisement")
    FAMILY = _("family")
    FRIEND_OR_PEER = _("a friend or another child")
    BOYFRIEND_GIRLFRIEND = _("a boyfriend or girlfriend")
    SCHOOL = _("school")
    WORKPLACE = _("a workplace")
    SPORT_AGENT = _("a sports agent")
    INSTITUTION_OR_SHELTER = _("an institution or shelter")
    STREET = _("the street")
    ON_THE_ROUTE = _("on the journey")
    RECRUITMENT_AGENCY = _("a recruitment agency")
    RELIGIOUS_PLACE = _("a religious place")
    GANG = _("a gang")
    PRINT_OR_TV = _("newspaper, poster or television")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Relation(Vocabulary):
    """What the person who exploits is to the child."""

    PARENT = _("parent")
    SIBLING = _("brother or sister")
    STEP_OR_FOSTER = _("step-parent or foster parent")
    OTHER_RELATIVE = _("another relative")
    SPOUSE = _("husband or wife")
    PARTNER = _("partner")
    FRIEND = _("friend")
    PEER_CHILD = _("another child")
    NEIGHBOUR = _("neighbour")
    EMPLOYER = _("employer")
    TEACHER_COACH = _("teacher or coach")
    CARE_STAFF = _("staff of a place of care")
    RELIGIOUS_LEADER = _("religious leader")
    GANG_MEMBER = _("member of a gang")
    SMUGGLER = _("smuggler")
    ONLINE_CONTACT = _("someone met online")
    STRANGER = _("stranger")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Vulnerability(Vocabulary):
    """What was misused. Never a condition, and never a score."""

    POVERTY = _("poverty")
    HOMELESS = _("no home")
    ON_THE_MOVE = _("on the move")
    UNACCOMPANIED = _("travelling without family")
    NO_PAPERS = _("no papers")
    STATELESS = _("no nationality")
    DISABILITY = _("disability")
    ILLNESS = _("illness")
    MENTAL_DISTRESS = _("mental distress")
    SUBSTANCE_USE = _("drugs or alcohol")
    ABUSE_AT_HOME = _("abuse at home")
    EARLIER_TRAFFICKING = _("trafficked before")
    ONLINE_ALONE = _("alone online")
    OUT_OF_SCHOOL = _("not at school")
    IN_CARE = _("in care")
    LEFT_CARE = _("left care")
    PARENT_ABSENT = _("a parent is absent")
    DISCRIMINATED_GROUP = _("member of a group that suffers discrimination")
    LGBTI = _("lesbian, gay, bisexual, trans or intersex")
    PREGNANT_OR_PARENT = _("pregnant, or a parent")
    CONFLICT_OR_DISASTER = _("war or disaster")
    LONELINESS_OR_PRESSURE = _("lonely or under pressure")
    NONE_SEEN = _("none seen")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Platform(Vocabulary):
    """Kinds of online service; the name of a service is free text."""

    SOCIAL_NETWORK = _("social network")
    MESSENGER = _("messenger")
    GAME = _("game")
    LIVE_VIDEO = _("live video")
    AD_SITE = _("advertisement site")
    DARK_WEB = _("hidden network (dark web)")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Isic(Vocabulary):
    """Industry of forced labour: the sections A to U of ISIC revision 4."""

    A = _("agriculture, forestry and fishing")
    B = _("mining and quarrying")
    C = _("manufacturing")
    D = _("electricity, gas, steam and air conditioning")
    E = _("water, sewerage and waste")
    F = _("construction")
    G = _("wholesale and retail trade, repair of vehicles")
    H = _("transport and storage")
    I = _("accommodation and food service")
    J = _("information and communication")
    K = _("finance and insurance")
    L = _("real estate")
    M = _("professional, scientific and technical work")
    N = _("administrative and support services")
    O = _("public administration and defence")
    P = _("education")
    Q = _("health and social work")
    R = _("arts, entertainment and recreation")
    S = _("other services")
    T = _("households as employers")
    U = _("international organisations and embassies")
    OTHER = _("other")
    NOT_KNOWN = _("not known")
