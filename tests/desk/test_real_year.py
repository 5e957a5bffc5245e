"""The real year as a measure: read whole, played in part through the acts, stopped, resumed, counted."""

from collections import Counter
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nrm.agencies.models import Agency, Bed, Person, Training
from nrm.casefile.models import Answered
from nrm.desk.management.commands import load
from nrm.desk.real_year import cast, counting, playing, reading
from nrm.desk.real_year.nationalities import COUNTRIES, codes_of
from nrm.desk.real_year.reading import Age, Kind, Referral
from nrm.kernel import packs
from nrm.kernel.places import is_country
from nrm.kernel.signature import bind
from tests.stage import Stage

PACK = packs.load("gb")
SMALLEST = "Q2/ngo"  # the smallest group of first responders in any quarter: 198 people


@pytest.fixture
def empty_register(db: None) -> None:
    """A register without the cast that every other test stands on."""
    for table in (Training, Person, Bed, Agency):
        table.objects.all().delete()


def loaded(*options: str) -> str:
    out = StringIO()
    call_command("load", "uk-2023", "--only", SMALLEST, *options, stdout=out)
    return out.getvalue()


def children(several: list[Referral]) -> int:
    return sum(one.age is Age.CHILD for one in several)


def test_the_table_is_read_to_the_unit_and_into_its_quarters() -> None:
    year = list(reading.referrals(PACK.calendar))
    quarters = Counter(one.quarter for one in year)
    assert [quarters[f"Q{n}"] for n in range(1, 5)] == [4746, 3998, 4138, 4141]
    assert children(year) == 7450
    assert [one.row for one in year] == list(range(17023))
    days = {(one.quarter, (PACK.calendar.local_date(one.at).month + 2) // 3) for one in year}
    assert days == {("Q1", 1), ("Q2", 2), ("Q3", 3), ("Q4", 4)}
    assert year == list(reading.referrals(PACK.calendar)), "the drawn days are the same in every run"


def test_every_nationality_is_a_country_that_forms_take() -> None:
    assert [code for code in COUNTRIES.values() if not is_country(code, PACK.invented_countries)] == []
    assert codes_of("Congolese (Drc) UK") == ("COD", "GBR")
    assert codes_of("Central African Congolese (Drc)") == ("CAF", "COD")
    assert codes_of("Russian UKrainian") == ("RUS", "UKR")
    with pytest.raises(ValueError, match="Atlantean"):
        codes_of("Atlantean UK")


def test_a_part_is_played_stopped_resumed_and_counted(
    empty_register: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = list(reading.referrals(PACK.calendar, SMALLEST))
    acts = playing.acts_of(part)

    # Given a run that is stopped within a referral of four acts
    def stop(shown: Any, progress: Any) -> None:
        if progress.acts >= 7:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(load.Shown, "tell", stop)
        with pytest.raises(CommandError, match="Stopped after 7 acts") as stopped:
            loaded()
    assert stopped.value.returncode == 130
    with pytest.raises(CommandError, match="does not hold what the table counts"):
        loaded("--check")

    # When the same command is given again, it does the rest and nothing twice
    said = loaded()
    assert f"{acts - 7:,} acts in" in said
    assert "holds exactly what the table counts" in said
    assert "0 acts in" in loaded()
    assert keys_answered() == {playing.key_of(one, step) for one in part for step in playing.steps_of(one)}

    # And one referral more than the table counts is found
    people = cast.present()
    again = next(one for one in part if one.age is Age.CHILD)
    playing.play([replace(again, row=-1)], people, PACK, lambda _: None)
    out = StringIO()
    with pytest.raises(CommandError, match="does not hold"):
        call_command("load", "uk-2023", "--only", SMALLEST, "--check", stdout=out)
    assert f"quarter Q2 {len(part)} {len(part) + 1}" in " ".join(out.getvalue().split())


def keys_answered() -> set[Any]:
    found: set[Any] = set()
    for actor in cast.present().actors.values():
        bind(actor, now=timezone.now())
        found |= set(Answered.objects.filter(person_id=actor.person_id).values_list("key", flat=True))
    return found


def test_a_wrong_count_is_found_and_small_cells_are_not_shown() -> None:
    table = Counter({("age", "many"): 40, ("nationality", "AAA"): 3, ("nationality", "BBB"): 200})
    register = Counter({("age", "many"): 39, ("nationality", "AAA"): 4, ("nationality", "BBB"): 200})
    said = "\n".join(load.as_lines(counting.differences(table, register)))
    assert "many" in said
    assert "40" in said
    assert "39" in said
    assert "nationality  1 with fewer than 10 people" in said
    assert "AAA" not in said
    assert counting.differences(table, table) == []


def test_a_register_of_others_is_never_loaded_into(stage: Stage) -> None:
    with pytest.raises(CommandError, match="use a database of its own"):
        loaded()
    assert not Agency.objects.filter(key__startswith=cast.PREFIX).exists()


def test_a_register_that_was_told_of_a_child_is_never_loaded_into(empty_register: None) -> None:
    told = {"what": "A worry", "danger_now": "NO", "child_is_me": "NO", "may_we_contact": "NO"}
    Stage().do("contact.submit_public_report", "public", **told)
    with pytest.raises(CommandError, match="use a database of its own"):
        loaded()
    assert not Agency.objects.exists()


def test_nothing_loaded_cannot_be_checked(empty_register: None) -> None:
    with pytest.raises(CommandError, match="Nothing has been loaded here"):
        loaded("--check")


def test_without_a_name_it_says_what_there_is() -> None:
    out = StringIO()
    call_command("load", stdout=out)
    assert out.getvalue().startswith("uk-2023  17,023 referrals")


def test_every_kind_of_first_responder_has_an_agency_that_may_do_its_acts() -> None:
    assert set(cast.BY_KIND) == set(Kind)
    assert all("FIRST_RESPONDER" in cast.AGENCIES[key]["mandates"] for key in cast.BY_KIND.values())
