"""The recipe of CONTRIBUTING.md, cooked: its pieces in a room that did not exist, and everything else is there."""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html import unescape
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.db import connection
from django.test import Client

import nrm
from nrm.audit.models import Entry
from nrm.casefile import story
from nrm.casefile.act import ACTS
from nrm.desk import handbook
from nrm.kernel import walls
from nrm.kernel.refusals import CATALOGUE
from nrm.kernel.signature import bind
from tests.stage import VIEWS, Stage

in_the_room = pytest.mark.usefixtures(
    "room"
)  # first of all: the connection must be made before its transaction
RECIPE = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"
ROOM = "visits"
ABOVE = {  # what stands at the top of each file
    "refusals": """
        from django.utils.translation import gettext_lazy as _
        from nrm.kernel.refusals import refusal
    """,
    "models": """
        from django.utils.translation import gettext_lazy as _
        from nrm.casefile.models import Fact, MayHearTheChild, Row
        from nrm.kernel.columns import may, must
        from nrm.kernel.handling import Handling
        O, S = Handling.ORDINARY, Handling.SENSITIVE
    """,
    "acts": """
        from collections.abc import Iterator
        from nrm.agencies.terms import Role
        from nrm.casefile.act import act, may
        from nrm.casefile.facts import Facts
        from nrm.kernel.refusals import Refusal
        from nrm.kernel.terms import Tern
        from nrm.visits import refusals
        from nrm.visits.models import Visit
    """,
    "apps": """
        from django.apps import AppConfig
        class VisitsConfig(AppConfig):
            name, label = "nrm.visits", "visits"
            def ready(self):
                from nrm.visits import acts
    """,
    "__init__": '"""The room of visits."""',
}
ANSWERS = {
    "on_0": "2", "on_1": "3", "on_2": "2026", "alone": "NO", **VIEWS,
    "seen-0-what": "A lock on the outside of her door", "seen-0-worrying": "YES",
}  # fmt: skip


def pieces() -> list[str]:
    """The indented pieces of the recipe, in order: a refusal, a fact, an act."""
    recipe = RECIPE.read_text().split("## Adding an act")[1].split("\n## ")[0]
    blocks = re.findall(r"(?:^ {7}.*\n|^\n+(?= {7}))+", recipe, re.MULTILINE)
    return [dedent(block) for block in blocks]


@pytest.fixture
def room(roles: Callable[[str], AbstractContextManager[None]], tmp_path: Path) -> Iterator[AppConfig]:
    """The recipe as a room: its files, its tables, and nothing registered by hand."""
    refusals, models, acts = pieces()
    home = tmp_path / ROOM
    home.mkdir()
    for name, said in (
        ("refusals", refusals),
        ("models", models),
        ("acts", acts),
        ("apps", ""),
        ("__init__", ""),
    ):
        (home / f"{name}.py").write_text(dedent(ABOVE[name]) + "\n\n" + said)
    nrm.__path__.append(str(tmp_path))
    before, known = set(ACTS), set(CATALOGUE)
    config = AppConfig.create(f"nrm.{ROOM}")
    apps.app_configs[ROOM], config.apps = config, apps
    try:
        config.import_models()
        apps.clear_cache()
        story.kinds.cache_clear()
        config.ready()
        with roles("nrm_owner"):
            make_tables(config)
        yield config
    finally:
        nrm.__path__.remove(str(tmp_path))
        for act in set(ACTS) - before:
            del ACTS[act]
        for code in set(CATALOGUE) - known:
            del CATALOGUE[code]
        del apps.app_configs[ROOM], apps.all_models[ROOM]
        for module in [name for name in sys.modules if name.startswith(f"nrm.{ROOM}")]:
            del sys.modules[module]
        if hasattr(nrm, ROOM):
            delattr(nrm, ROOM)
        apps.clear_cache()
        story.kinds.cache_clear()


def make_tables(config: AppConfig) -> None:
    """What `migrate` does: tables, walls, the story of a case."""
    with connection.schema_editor(atomic=False) as editor:
        for model in config.get_models():
            editor.create_model(model)
    with connection.cursor() as cursor:
        for model in config.get_models():
            for statement in walls.sql_for(model):
                cursor.execute(statement)
        for statement in story.story_sql():
            cursor.execute(statement)


@pytest.fixture
def case(room: AppConfig, stage: Stage) -> str:
    return stage.a_case(by="rosa")


@pytest.fixture
def rosa(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.people["rosa"], backend="config.accounts.Backend")
    return client


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def visits(stage: Stage, case: str) -> list[Any]:
    kind = importlib.import_module(f"nrm.{ROOM}.models").Visit
    return list(stage.facts(case, at="2027-01-01T09:00").of(kind))


@in_the_room
def test_it_has_its_page_its_check_page_and_a_place_in_the_timeline(
    stage: Stage, case: str, rosa: Client
) -> None:
    address = f"/cases/{case}/visits/record_visit/"
    assert f'href="{address}"' in text_of(rosa.get(f"/cases/{case}/"))
    page = text_of(rosa.get(address))
    for question in ("On which day?", "Did you go alone?", "What did you see there?", "Thing 1"):
        assert question in page
    checked = rosa.post(address, ANSWERS)
    check = text_of(checked)
    assert checked.status_code == 200 and visits(stage, case) == []
    assert "Thing 1: What did you see?" in check and "A lock on the outside of her door" in check
    assert "2 March 2026" in check
    done = rosa.post(address, {**ANSWERS, "sure": "1"})
    assert done.status_code == 302, text_of(done)
    (visit,) = visits(stage, case)
    page = text_of(rosa.get(f"/cases/{case}/"))
    assert "<b>Visited" in page and f"{address}?corrects={visit.pk}" in page


@in_the_room
def test_it_has_its_json_endpoint_and_its_description(stage: Stage, case: str, rosa: Client) -> None:
    told = {"on": "2026-03-02", "alone": "NO", "seen": [{"what": "A lock", "worrying": "YES"}], **VIEWS}
    done = rosa.post(f"/api/cases/{case}/visits/record_visit", told, content_type="application/json")
    assert done.status_code == 201, done.content
    described = rosa.get("/api/openapi.json").json()["paths"]["/api/cases/{reference}/visits/record_visit"][
        "post"
    ]
    assert described["summary"] == "Write down a visit to her"
    schema = described["requestBody"]["content"]["application/json"]["schema"]
    assert schema["required"] == ["on", "alone"]
    assert schema["properties"]["seen"]["items"]["required"] == ["what", "worrying"]


@in_the_room
def test_it_leaves_its_row_in_the_audit_and_no_word_of_the_answers(
    stage: Stage, case: str, rosa: Client
) -> None:
    rosa.post(f"/cases/{case}/visits/record_visit/", {**ANSWERS, "sure": "1"})
    doing = stage.doing("rosa", "2026-03-02T10:00")
    bind(doing.actor, now=doing.now)
    entry = Entry.objects.filter(act="visits.record_visit", outcome="DONE").get()
    assert (entry.case_reference, entry.table) == (case, "visits_visit")
    assert "NO" in entry.codes and not any("lock" in code for code in entry.codes)


@in_the_room
def test_it_has_its_row_in_the_matrix_and_its_entry_in_the_handbook(room: AppConfig) -> None:
    pages = handbook.pages()
    (row,) = [line for line in pages["permissions.md"].splitlines() if "`visits.record_visit`" in line]
    assert row.count("x") == len(ACTS["visits.record_visit"].who.roles) == 2
    entry = pages["acts.md"].split("## visits.record_visit")[1].split("\n## ")[0]
    assert "Write down a visit to her" in entry and "CETS 197 art. 12(2)" in entry
    assert "lines of what*, worrying*" in entry and "`who_knew`" in entry
    assert "## visits_visit" in pages["fields.md"] and "## visits_seen" in pages["fields.md"]


@in_the_room
def test_its_refusals_are_said_by_code_and_sentence(stage: Stage, case: str, rosa: Client) -> None:
    alone = {**ANSWERS, "alone": "YES", "sure": "1"}
    refused = rosa.post(f"/cases/{case}/visits/record_visit/", alone)
    text = text_of(refused)
    assert refused.status_code == 422 and visits(stage, case) == []
    assert "VISITED_ALONE" in text and "Nobody went with you." in text and 'href="#id_who_knew"' in text
    assert "Nobody went with you." in text_of(rosa.get("/help/VISITED_ALONE/"))
    said = rosa.post(
        f"/api/cases/{case}/visits/record_visit",
        {"on": "2026-03-02", "alone": "YES", **VIEWS},
        content_type="application/json",
    )
    assert said.status_code == 422 and said.json()["refused"][0]["code"] == "VISITED_ALONE"


@in_the_room
def test_whoever_may_not_is_refused_as_everywhere(stage: Stage, case: str, room: AppConfig) -> None:
    assert stage.refused("visits.record_visit", "omar", case=case, on="2026-03-02", alone="NO") == [
        "NOT_FOUND"
    ]
    stage.do(
        "casefile.share", "rosa", case=case, agency="office", grants=["FULL"], purpose="DECISION",
        basis="LEGAL_DUTY", note="Child Act",
    )  # fmt: skip
    assert stage.refused("visits.record_visit", "ida", case=case, on="2026-03-02", alone="NO") == [
        "ROLE_MISSING"
    ]


def test_nothing_of_it_is_left_behind() -> None:
    assert "visits.record_visit" not in ACTS and "VISITED_ALONE" not in CATALOGUE
    assert ROOM not in apps.app_configs and "visits_visit" not in story.kinds()
