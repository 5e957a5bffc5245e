"""The screening as a first responder fills it in: every sign is asked, yes, no or not known."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from nrm.casefile.act import ACTS
from nrm.casefile.form import form_for, parts_of, questions
from nrm.casefile.lines import AT_FIRST, RowsField
from nrm.kernel.moments import DateBoxes, MomentBoxes
from nrm.screening.indicators import Indicator, by_theme
from nrm.screening.models import Answer, Screening
from tests.stage import MONDAY, VIEWS, Stage

SIGNS = {
    "answers": [
        {"q": "C07", "a": "YES", "basis": "SAID_BY_CHILD", "note": "Forty a day."}, {"q": "C02", "a": "NO"},
    ],
    "acts": ["HARBOURING"], "purposes": ["BEGGING"], "still_controlled": "YES", "others_at_risk": "NOT_KNOWN",
    "risk": "MEDIUM", **VIEWS,
}  # fmt: skip


def test_rosa_ticks_signs_on_the_page_and_the_case_says_screened(stage: Stage) -> None:
    reference = stage.a_case(by="rosa")
    rosa = Client()
    rosa.force_login(stage.people["rosa"], backend="config.accounts.Backend")
    address = f"/cases/{reference}/screening/record/"
    page = rosa.get(address).content.decode()
    assert page.count('value="C01"') == 1 and page.count("answers-") >= 4 * len(Indicator)
    place = list(Indicator).index(Indicator.C01)
    form = {f"answers-{n}-q": code for n, code in enumerate(Indicator.codes())}
    form |= {
        f"answers-{place}-a": "YES",
        "acts": ["HARBOURING"],
        "purposes": ["BEGGING"],
        "still_controlled": "YES",
        "others_at_risk": "NOT_KNOWN",
        "risk": "MEDIUM",
        "childs_views": "I want to sleep somewhere without him.",
        "heard_how": "SPOKE",
    }
    sent = rosa.post(address, form)
    assert sent.status_code == 302, "".join(re.findall(r"<h2.*?<h1", sent.content.decode(), re.S))
    assert "screened" in rosa.get(sent.headers["Location"]).content.decode().lower()


def test_the_themes_stand_strongest_first_and_hold_every_sign_once() -> None:
    assert sorted(code for _title, codes in by_theme() for code in codes) == sorted(Indicator.codes())
    assert [codes[0][0] for _title, codes in by_theme()] == ["C", "X", "S", "L", "O", "F", "K", "M", "H"]


@pytest.mark.parametrize("name", [name for name, act in ACTS.items() if act.writes.sections])
def test_every_question_of_a_parted_page_is_in_one_part(name: str) -> None:
    kind = ACTS[name].writes
    asked = sorted([name for name, _field, _column in questions(kind)] + list(kind.rows))
    assert sorted(name for part in parts_of(kind) for name in part.inputs) == asked


def test_no_question_asks_whether_she_consented_and_the_page_says_so_once(stage: Stage) -> None:
    facts = stage.facts(stage.a_case())
    form = form_for(ACTS["screening.record"], facts)
    asked = [str(field.label) + str(field.help_text) for field in form.fields.values()]
    asked += [str(words) for _code, words in Indicator.choices()]
    assert not [words for words in asked if re.search("consent|agree|willing", words, re.I)]
    assert str(form).count("Palermo Protocol art. 3(c)") == 1


def test_a_theme_says_how_many_signs_were_seen_and_a_correction_keeps_what_was_not_asked(
    stage: Stage,
) -> None:
    case = stage.a_case()
    was = stage.do("screening.record", "rosa", MONDAY, case=case, **SIGNS).key
    rosa = Client()
    rosa.force_login(stage.people["rosa"], backend="config.accounts.Backend")
    address = f"/cases/{case}/screening/record/?corrects={was}"
    page = rosa.get(address).content.decode()
    control = page.split("Control over her")[1].split("</summary>")[0]
    assert re.sub("<[^>]+>", "", control).strip() == "Yes: 1 of 10"
    place = list(Indicator).index(Indicator.C07)
    assert f'name="answers-{place}-note" value="Forty a day."' in page
    sent = {f"answers-{place}-{name}": said for name, said in SIGNS["answers"][0].items()}  # type: ignore[attr-defined, index]
    sent |= {f"answers-0-{name}": said for name, said in {"q": "S01", "a": ""}.items()}
    sent |= {name: said for name, said in SIGNS.items() if name != "answers"}  # type: ignore[misc]
    done = rosa.post(address, sent | {"corrects": str(was), "why": "He has her papers."})
    assert done.status_code == 302
    facts = stage.facts(case, at=str(stage.moment(MONDAY) + timedelta(days=400)))
    rows = facts.rows(facts.of(Screening)[-1], Answer)
    assert [(row.q, row.a, row.note) for row in rows] == [("C07", "YES", "Forty a day.")]


def inputs(field: object) -> int:
    """How many inputs a browser sends at most for one question, with everything ticked."""
    widget = field.widget  # type: ignore[attr-defined]
    if isinstance(field, RowsField):
        line = sum(inputs(one) for one in field.line().fields.values())
        codes = getattr(widget, "codes", ())
        return line * (len(codes() if callable(codes) else codes) or 5 * AT_FIRST)
    if isinstance(widget, DateBoxes):
        return len(MomentBoxes.boxes)
    return len(list(widget.choices)) if getattr(widget, "allow_multiple_selected", False) else 1


def test_the_fullest_page_can_be_sent_and_no_more_than_needed_is_taken(stage: Stage) -> None:
    """Everything ticked, ten lines where lines are added: an upload of more inputs is refused unread."""
    facts = stage.facts(stage.a_case())
    pages = {
        name: sum(inputs(field) for field in form_for(act, facts).fields.values())
        for name, act in ACTS.items()
    }
    most = max(pages.values())
    assert most < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS <= most + 200, sorted(
        pages.items(), key=lambda p: -p[1]
    )[:5]
