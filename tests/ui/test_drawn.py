"""The lists that are drawn in Python: whatever a row says is said, and nothing of it is ever markup."""

from django.template.loader import render_to_string

from nrm.kernel.refusals import ROLE_MISSING

BAD = "<b>\"'&"
GOOD = "&lt;b&gt;&quot;&#x27;&amp;"


def drawn(component: str, **row: object) -> str:
    return render_to_string(f"components/{component}.html", {"rows": [row]})


def test_everything_a_task_says_is_escaped():
    words = ("title", "url", "about", "reference", "why", "tag")
    said = drawn(
        "tasks", **dict.fromkeys(words, BAD), tone=BAD, parts=[BAD], why_not=[{"text": BAD, "code": BAD}]
    )
    assert BAD not in said
    assert said.count(GOOD) == len(words) + 4


def test_a_task_that_cannot_be_done_has_no_link_and_says_why():
    said = drawn("tasks", title="Appoint a guardian", why_not=[ROLE_MISSING])
    assert "<a " not in said
    assert str(ROLE_MISSING.sentence) in said and f"<bdi>{ROLE_MISSING.code}</bdi>" in said


def test_everything_that_is_known_is_escaped():
    said = drawn("facts", label=BAD, values=[BAD], note=BAD, url=BAD, link=BAD)
    assert BAD not in said
    assert said.count(GOOD) == 6  # the label again, for who hears the link


def test_what_is_withheld_is_not_said():
    said = drawn("facts", label="Called", values=["Lule"], withheld=True)
    assert "Lule" not in said and "Not shared with you" in said


def test_everything_that_happened_is_escaped():
    said = drawn(
        "timeline",
        when=BAD,
        title=BAD,
        step=BAD,
        who=BAD,
        struck=True,
        struck_by=BAD,
        lines=[BAD],
        correct_url=BAD,
    )
    assert BAD not in said
    assert said.count(GOOD) == 8  # the title again, for who hears the link
    assert "Corrected later" in said
