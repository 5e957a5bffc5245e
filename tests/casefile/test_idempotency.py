"""A form that is sent twice does once: double clicks, resends, Back and submit."""

from uuid import UUID, uuid4

import pytest

from nrm.casefile import doing as doing_module
from nrm.casefile.act import ACTS
from nrm.casefile.doing import Done, do
from nrm.casefile.models import Answered
from nrm.contact.models import Information
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from tests.stage import A_CHILD, MONDAY, Stage

TOLD = {"topics": ["WHO_WE_ARE"], "form": "SPOKEN", "lang": "por", "understood": "SAID_IT_BACK"}


def answers() -> dict[str, object]:
    columns = {
        field.name: field.declared
        for field in Information._meta.concrete_fields
        if hasattr(field, "declared")
    }
    return {
        **TOLD,
        "topics": [columns["topics"].vocabulary.codes()[0]],
        "form": columns["form"].vocabulary.codes()[0],
    }


def tell(stage: Stage, by: str, case: str, key: UUID | None) -> Done:
    return do(ACTS["contact.give_information"], stage.doing(by, MONDAY), answers(), reference=case, key=key)


def test_the_same_form_twice_is_one_fact(stage: Stage) -> None:
    case, key = stage.a_case(), uuid4()
    first, second = tell(stage, "rosa", case, key), tell(stage, "rosa", case, key)
    assert (second.key, second.reference, second.repeated) == (first.key, case, True)
    assert not first.repeated
    assert len(stage.facts(case).of(Information)) == 1


def test_without_a_key_each_time_counts(stage: Stage) -> None:
    case = stage.a_case()
    tell(stage, "rosa", case, None)
    tell(stage, "rosa", case, None)
    assert len(stage.facts(case).of(Information)) == 2


def test_a_case_is_opened_once(stage: Stage) -> None:
    key = uuid4()
    opened = {
        do(ACTS["contact.open_case"], stage.doing("rosa", MONDAY), A_CHILD, key=key).reference
        for _ in range(3)
    }
    assert len(opened) == 1


def test_the_key_of_another_person_is_another_key(stage: Stage) -> None:
    key = uuid4()
    hers, his = stage.a_case(by="rosa"), stage.a_case(by="mira")
    first, second = tell(stage, "rosa", hers, key), tell(stage, "mira", his, key)
    assert first.key != second.key and not second.repeated
    assert second.reference == his
    bind(stage.mira, now=stage.moment(MONDAY))
    assert list(Answered.objects.values_list("fact", flat=True)) == [second.key], (
        "rows of others are not seen"
    )


def test_two_sent_at_once_are_one(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has looked for the key before the first had written it: the primary key decides."""
    case, key = stage.a_case(), uuid4()
    first = tell(stage, "rosa", case, key)
    looked, real = [], doing_module._answered

    def not_yet(doing: object, key: UUID) -> Done | None:
        looked.append(key)
        return None if len(looked) == 1 else real(doing, key)  # type: ignore[arg-type]

    monkeypatch.setattr(doing_module, "_answered", not_yet)
    second = tell(stage, "rosa", case, key)
    assert (second.key, second.repeated) == (first.key, True)
    assert len(stage.facts(case).of(Information)) == 1


def test_what_was_refused_may_be_sent_again(stage: Stage) -> None:
    case, key = stage.a_case(), uuid4()
    with pytest.raises(Refused):
        do(ACTS["contact.give_information"], stage.doing("rosa", MONDAY), {}, reference=case, key=key)
    assert not tell(stage, "rosa", case, key).repeated
    assert len(stage.facts(case).of(Information)) == 1
