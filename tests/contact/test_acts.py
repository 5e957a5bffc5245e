"""First contact, act by act."""

from tests.stage import Stage


def test_a_first_responder_opens_a_case_without_a_name(stage: Stage) -> None:
    reference = stage.a_case(by="rosa", given_name="")
    facts = stage.facts(reference)
    assert facts.the_case.reference.startswith("NRM-")


def test_an_outsider_cannot_tell_that_the_case_exists(stage: Stage) -> None:
    reference = stage.a_case(by="rosa")
    assert stage.refused(
        "contact.give_information", "omar", case=reference, topics=["SAFE_PLACE"], form="SPOKEN", lang="por",
        understood="SAID_IT_BACK",
    ) == ["NOT_FOUND"]  # fmt: skip


def test_an_adult_survivor_who_may_be_a_child_is_opened_as_a_child(stage: Stage) -> None:
    assert stage.refused("contact.open_case", "rosa", **{**A_SURVIVOR}) == ["TREAT_AS_CHILD"]


A_SURVIVOR = {
    "first_contact_at": "2026-03-02T09:00", "place": "SHELTER", "informant_kind": "OUTREACH",
    "track": "ADULT_SURVIVOR", "age_from": "20", "age_to": "24", "estimated_by": ["rosa"], "sex": "FEMALE",
    "languages": ["fin"], "interpreter_needed": "NO", "accompaniment": "ALONE", "parents": "UNKNOWN",
    "danger_now": "NO", "in_custody": "NO", "in_institution": "NO",
}  # fmt: skip
