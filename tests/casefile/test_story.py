"""Which tables hold something of a case is said to the agencies on it, and to nobody else."""

from django.db import connection

from nrm.casefile.models import Case
from nrm.kernel.signature import bind
from tests.stage import Stage


def tables(stage: Stage, by: str, case: int) -> list[str]:
    doing = stage.doing(by, "2026-03-02T10:00")
    bind(doing.actor, now=doing.now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT casefile_tables(%s)", [case])
        return sorted(name for (name,) in cursor.fetchall())


def test_an_outsider_does_not_learn_which_facts_a_case_has(stage: Stage) -> None:
    stage.a_case()
    case = Case.objects.get().pk
    assert tables(stage, "rosa", case) == ["casefile_party", "contact_firstcontact"]
    assert tables(stage, "omar", case) == []
    assert tables(stage, "public", case) == []


def test_a_new_fact_is_in_the_story_at_once(stage: Stage) -> None:
    case = stage.a_case()
    before = len(stage.facts(case).everything)
    done = stage.do("contact.record_immediate_safety", "rosa", case=case, measures=["POLICE_CALLED"],
                    done_at="2026-03-02T09:00")  # fmt: skip
    after = stage.facts(case).everything
    assert len(after) == before + 1
    assert done.key in {fact.pk for fact in after}
