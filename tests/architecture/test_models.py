"""What holds for every table of every room, whoever adds it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from nrm.casefile.models import Fact, Record, Row
from nrm.kernel.columns import column_of
from nrm.kernel.handling import Handling
from nrm.kernel.walls import Wall, wall_of, walled_models

ROOT = Path(__file__).resolve().parents[2]
MODELS = walled_models()
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


def the_path() -> list[str]:
    """Rooms along the child's path, first one first, as the import contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    path = next(one for one in contracts if one["name"].startswith("The path"))
    return [room.strip("()") for room in reversed(path["layers"])]


def relations_of(model: type[models.Model]) -> list[Any]:
    return [field for field in (*model._meta.concrete_fields, *model._meta.many_to_many) if field.is_relation]


def test_the_models_are_found() -> None:
    assert {"casefile_party", "contact_firstcontact", "audit_entry"} <= {
        model._meta.db_table for model in MODELS
    }


@every_model
def test_no_relation_points_ahead_along_the_path(model: type[models.Model]) -> None:
    path = the_path()
    here = path.index(model._meta.app_label)
    ahead = [
        field.name
        for field in relations_of(model)
        if field.related_model._meta.app_label in path
        and path.index(field.related_model._meta.app_label) > here
    ]
    assert ahead == []


@every_model
def test_nothing_that_others_point_at_can_be_deleted(model: type[models.Model]) -> None:
    loose = [
        field.name for field in relations_of(model) if field.remote_field.on_delete is not models.PROTECT
    ]
    assert loose == []


@every_model
def test_every_column_says_how_it_must_be_handled(model: type[models.Model]) -> None:
    privacy = getattr(model, "privacy", {})
    silent = [
        field.name
        for field in model._meta.concrete_fields
        if not isinstance(
            column_of(field).handling if column_of(field) else privacy.get(field.name), Handling
        )
    ]
    assert silent == []


@every_model
def test_every_table_has_a_wall(model: type[models.Model]) -> None:
    wall = wall_of(model)
    assert isinstance(wall, Wall)
    assert wall.free or wall.read, "walled, yet readable by nobody"


@every_model
def test_what_tells_of_a_case_is_never_free(model: type[models.Model]) -> None:
    about_a_case = any(
        field.name == "case" or (field.is_relation and field.related_model._meta.label == "casefile.Case")
        for field in model._meta.concrete_fields
    )
    assert not (about_a_case and wall_of(model).free)


@pytest.mark.parametrize(
    "model", [one for one in MODELS if issubclass(one, Record | Row)], ids=lambda model: model._meta.label
)
def test_facts_are_never_edited(model: type[models.Model]) -> None:
    wall = wall_of(model)
    assert wall.append_only and not wall.update and not wall.delete


@every_model
def test_constraints_begin_with_the_name_of_their_room(model: type[models.Model]) -> None:
    room = model._meta.app_label
    strange = [one.name for one in model._meta.constraints if not one.name.startswith(f"{room}_")]
    assert strange == []


@every_model
def test_no_column_hides_its_columns_in_json(model: type[models.Model]) -> None:
    inner = [
        field.base_field if isinstance(field, ArrayField) else field for field in model._meta.concrete_fields
    ]
    assert [field.name for field in inner if isinstance(field, models.JSONField)] == []


@every_model
def test_no_manager_hides_rows(model: type[models.Model]) -> None:
    """What an actor may see is the walls' business: a manager that filters would hide from tests what is there."""
    hiding = [
        manager.name
        for manager in model._meta.managers
        if type(manager).get_queryset is not models.Manager.get_queryset
        or manager.get_queryset().query.where.children
    ]
    assert hiding == []


@pytest.mark.parametrize(
    "model", [one for one in MODELS if issubclass(one, Fact)], ids=lambda model: model._meta.label
)
def test_every_fact_says_itself_in_the_timeline(model: type[Fact]) -> None:
    assert str(model.told).strip()
