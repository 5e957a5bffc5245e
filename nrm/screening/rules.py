"""What the signs advise (process specification 5.2). The same for every child, wherever she comes from."""

from collections.abc import Iterable
from dataclasses import dataclass

from nrm.casefile.terms import ExploitationAct, Purpose
from nrm.screening.indicators import SIGNS, Indicator, Strength
from nrm.screening.terms import Advice, Risk

RULE_VERSION = 1
"""Kept beside every advice. A change of `advise` that could change one advice is a new version."""


@dataclass(frozen=True)
class Advised:
    advice: Advice
    because: tuple[str, ...]
    """The YES rows that led to it, in the order in which the questions are asked."""


def advise(yes: Iterable[str], *, risk: str, act_and_purpose_known: bool) -> Advised:
    """What the signs point to. It advises and never decides; NO and NOT_KNOWN never lower anything.

    yes: codes of the questions answered YES, in any order; all standing screenings of the case together.
    risk: the highest standing RISK, "" if none. act_and_purpose_known: see the function of that name.
    Because: the danger-now and strong rows, or all YES rows if there are none of these.
    Raises ValueError for a code that is no indicator.

    Source: house rule, version 1; strengths of child indicators after the ILO Delphi list.
    """
    answered = {Indicator(code) for code in yes}
    signs = [sign for sign in SIGNS if sign.code in answered]
    strong = [sign for sign in signs if sign.strength is Strength.STRONG]
    medium = sum(sign.strength is Strength.MEDIUM for sign in signs)
    weak = sum(sign.strength is Strength.WEAK for sign in signs)
    danger = risk == Risk.IMMEDIATE or any(sign.danger_now for sign in signs)

    if danger and strong:
        advice = Advice.REFER_NOW
    elif strong or (medium >= 3 and len({sign.theme for sign in signs}) >= 2) or act_and_purpose_known:
        advice = Advice.REFER
    elif medium >= 1 or weak >= 3:
        advice = Advice.LOOK_FURTHER
    else:
        advice = Advice.NO_SIGNS_TODAY

    leading = [sign for sign in signs if sign.danger_now or sign.strength is Strength.STRONG]
    return Advised(advice, tuple(str(sign.code) for sign in leading or signs))


def act_and_purpose_known(acts: Iterable[str], purposes: Iterable[str]) -> bool:
    """An act and a purpose are recorded, each other than NOT_YET_CLEAR. Means are never asked for a child.

    Source: Palermo Protocol art. 3(a), (c); ECAT art. 4(a), (c).
    """
    return bool(set(acts) - {ExploitationAct.NOT_YET_CLEAR}) and bool(set(purposes) - {Purpose.NOT_YET_CLEAR})


def indicates_trafficking(acts: Iterable[str], purposes: Iterable[str], advice: str) -> bool:
    """Whether a referral may be sent: act and purpose are known, or the advice is to refer.

    acts, purposes: of all standing screenings together. advice: the standing advice, "" if none.
    Source: ECAT art. 10(1), "reasonable grounds to believe"; the link with the advice is a house rule.
    """
    return act_and_purpose_known(acts, purposes) or advice in {Advice.REFER, Advice.REFER_NOW}
