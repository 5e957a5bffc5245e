"""The 49 questions of screening: what to look for, how strong each sign is, where it comes from.

None asks about nationality, ethnicity, papers or poverty. Sources: D-codes are rows of the ILO Delphi
indicators for child labour; TOOL the risk matrix of the London trafficked-children toolkit; IE the Irish
police child indicators after UNODC; NE and UL the lists of Nebraska and of Ulster County; NCMEC the incident
types of the CyberTipline; UK-FORM the British referral form. Strengths of rows that are not ILO's are house
rules (H).
"""

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary, Words


class Theme(Vocabulary):
    """What a group of questions is about; the first letter of its codes."""

    S = _("her situation")
    M = _("how she moved")
    C = _("control over her")
    L = _("work and sport")
    X = _("sex and marriage")
    K = _("crime")
    O = _("online")
    F = _("family and institution")
    H = _("health")


class Strength(Enum):
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


STRONG, MEDIUM, WEAK = Strength


class Indicator(Vocabulary):
    """The questions, in the order in which they are asked and in which their codes are listed."""

    S01 = _("Is she being made to work, beg, steal, marry or have sex right now?")
    S02 = _("Does an adult say he 'found' her, or cannot explain who he is to her?")
    S03 = _("Does she sleep, eat or live apart from the other children of the house?")
    S04 = _("Is she kept from school, or too tired to learn?")
    S05 = _("Does she live with people who are not her parents, and no office knows?")
    S06 = _("Does she have money, a phone or clothes she cannot explain?")
    M01 = _("Did someone else arrange and pay for her journey?")
    M02 = _("Does she travel with children or adults who are not family?")
    M03 = _("Is she moved from place to place without being asked?")
    M04 = _("Does she carry only a telephone number or an address to call?")
    M05 = _("Does her story sound learned, or the same as other children's?")
    M06 = _("Has she gone missing before and come back hurt, or far away?")
    C01 = _("Does someone watch her, speak for her or wait outside?")
    C02 = _("Does someone else keep her papers?")
    C03 = _("Does she, or her family, owe money to the person who brought her?")
    C04 = _("Was she hurt or threatened to make her do or give something?")
    C05 = _("Was her family threatened?")
    C06 = _("Was she told that the police or officials will punish her?")
    C07 = _("Must she bring a fixed sum every day?")
    C08 = _("Was an oath, a ritual or a belief used to bind her?")
    C09 = _("Does an older boyfriend or girlfriend decide what she does?")
    C10 = _("Was she told to lie about her name, age or family?")
    L01 = _("Does she work long days, at night, or with danger?")
    L02 = _("Is she unpaid, or does her pay go to someone else?")
    L03 = _("Does she do housework or child care most of the day and rarely go out?")
    L04 = _("Was she promised school, work or a place that was not true?")
    L05 = _("Did someone charge her for a sports trial or club that was not there?")
    X01 = _("Does she have sex for money, a bed, food or gifts, with anyone?")
    X02 = _("Does she have an infection, pregnancy or injury she cannot explain?")
    X03 = _("Does she have hotel keys or many much older contacts?")
    X04 = _("Is she to be married, or was she, without wanting it?")
    K01 = _("Was she found stealing, selling or growing drugs, and adults gain?")
    K02 = _("Is she stopped again and again with nothing gained for herself?")
    K03 = _("Do others use her bank account, phone or identity?")
    K04 = _("Is she afraid because goods or money were lost?")
    O01 = _("Does someone online ask for images or acts, or threaten to show them?")
    O02 = _("Are there pictures or adverts of her for others to buy?")
    O03 = _("Did someone she met online send gifts or tickets or plan a trip?")
    O04 = _("Is she told when to be online, or has phones others gave her?")
    F01 = _("Do parents or relatives gain from her work, marriage or abuse?")
    F02 = _("In a children's home: must she work or perform, or is family kept away?")
    F03 = _("Are adoption or guardian papers missing, rushed or paid for?")
    F04 = _("Is she pregnant for other people, or was a baby taken for money?")
    F05 = _("Is there violence at home, or did she leave home lately?")
    H01 = _("Is she hungry, exhausted, hurt or without needed medicine?")
    H02 = _("Is she very afraid, shut down, or far too grown-up?")
    H03 = _("Do others give her drugs, alcohol or pills?")
    H04 = _("Does she have a scar or tests she cannot explain, or talk of an organ?")
    H05 = _("Does she have a mark or tattoo that shows who 'owns' her?")


@dataclass(frozen=True)
class Sign:
    """What a YES to one question weighs. danger_now: a YES means that she is in danger at this moment."""

    code: Indicator
    strength: Strength
    source: str
    danger_now: bool = False

    @property
    def question(self) -> "str | Words":
        return self.code.label

    @property
    def theme(self) -> Theme:
        return Theme(self.code[0])


SIGNS = (
    Sign(Indicator.S01, STRONG, "TOOL", danger_now=True),
    Sign(Indicator.S02, MEDIUM, "IE"),
    Sign(Indicator.S03, MEDIUM, "IE"),
    Sign(Indicator.S04, MEDIUM, "D4.no_education, TOOL"),
    Sign(Indicator.S05, MEDIUM, "TOOL, NE"),
    Sign(Indicator.S06, WEAK, "TOOL, NE, UL"),
    Sign(Indicator.M01, MEDIUM, "D3.travel_difficulty"),
    Sign(Indicator.M02, MEDIUM, "IE"),
    Sign(Indicator.M03, MEDIUM, "D2.isolation"),
    Sign(Indicator.M04, MEDIUM, "IE"),
    Sign(Indicator.M05, MEDIUM, "TOOL"),
    Sign(Indicator.M06, MEDIUM, "UL, NE"),
    Sign(Indicator.C01, STRONG, "D5.isolation, UL"),
    Sign(Indicator.C02, STRONG, "D5.documents_taken"),
    Sign(Indicator.C03, STRONG, "D5.debt_bondage"),
    Sign(Indicator.C04, STRONG, "D5.violence_victim", danger_now=True),
    Sign(Indicator.C05, MEDIUM, "D5.violence_family"),
    Sign(Indicator.C06, MEDIUM, "D5.threat_authorities"),
    Sign(Indicator.C07, STRONG, "TOOL"),
    Sign(Indicator.C08, MEDIUM, "D3.belief"),
    Sign(Indicator.C09, MEDIUM, "D3.emotional_dependency, TOOL"),
    Sign(Indicator.C10, MEDIUM, "D5.made_to_lie, NE"),
    Sign(Indicator.L01, STRONG, "D4.excessive_hours, D4.hazardous"),
    Sign(Indicator.L02, MEDIUM, "D4.low_no_pay, D4.wage_manipulation"),
    Sign(Indicator.L03, STRONG, "TOOL, NE"),
    Sign(Indicator.L04, STRONG, "D1.education_access, D1.job_nature"),
    Sign(Indicator.L05, STRONG, "D1.job_nature; phys.org S"),
    Sign(Indicator.X01, STRONG, "UL"),
    Sign(Indicator.X02, MEDIUM, "TOOL, NE"),
    Sign(Indicator.X03, WEAK, "NE"),
    Sign(Indicator.X04, STRONG, "D2.abduction_forced_marriage_sale", danger_now=True),
    Sign(Indicator.K01, STRONG, "D5.forced_crime, TOOL"),
    Sign(Indicator.K02, MEDIUM, "H"),
    Sign(Indicator.K03, MEDIUM, "UK-FORM"),
    Sign(Indicator.K04, MEDIUM, "D5.threat_worse_conditions"),
    Sign(Indicator.O01, STRONG, "NCMEC"),
    Sign(Indicator.O02, STRONG, "UL"),
    Sign(Indicator.O03, MEDIUM, "H"),
    Sign(Indicator.O04, WEAK, "NE"),
    Sign(Indicator.F01, STRONG, "D2.abduction_forced_marriage_sale"),
    Sign(Indicator.F02, MEDIUM, "OSCE-25, H"),
    Sign(Indicator.F03, MEDIUM, "IE"),
    Sign(Indicator.F04, STRONG, "EU 2024/1712 S"),
    Sign(Indicator.F05, WEAK, "D3.difficult_family"),
    Sign(Indicator.H01, MEDIUM, "TOOL, NE"),
    Sign(Indicator.H02, WEAK, "TOOL, IE"),
    Sign(Indicator.H03, MEDIUM, "TOOL, H"),
    Sign(Indicator.H04, MEDIUM, "H"),
    Sign(Indicator.H05, MEDIUM, "UL"),
)


def by_theme() -> tuple[tuple["str | Words", tuple[str, ...]], ...]:
    """The questions under their themes; the theme comes first that holds danger now, then the most strong signs."""

    def weight(theme: Theme) -> tuple[bool, int]:
        signs = [sign for sign in SIGNS if sign.theme is theme]
        strong = sum(sign.strength is Strength.STRONG for sign in signs)
        return not any(sign.danger_now for sign in signs), -strong

    return tuple(
        (theme.label, tuple(sign.code for sign in SIGNS if sign.theme is theme))
        for theme in sorted(Theme, key=weight)
    )


SIGN_OF = MappingProxyType({sign.code: sign for sign in SIGNS})
