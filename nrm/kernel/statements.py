"""What every page asks, as plain SQL: Django works out the text of its own queries anew each time they are asked.

Only the text is spared. A statement goes over the same connection in the same transaction, so it meets the same
walls and the same signed actor as any other.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connections, models

M = TypeVar("M", bound=models.Model)


def rows(statement: str, values: Sequence[Any], *, using: str = "default") -> list[tuple[Any, ...]]:
    """Every row that a statement with %s in the places of its values finds."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def run(statement: str, values: Sequence[Any], *, using: str = "default") -> None:
    """A statement that only changes something."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)


def columns(model: type[models.Model], table: str) -> str:
    """The columns of a model in the order in which `from_db` takes them; `table` is what the statement calls it."""
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


def made_from(model: type[M], told: Sequence[Any]) -> M:
    """A row of a model from the values of its `columns`."""
    return model.from_db("default", [field.attname for field in model._meta.concrete_fields], told)


@cache
def _insert(model: type[models.Model]) -> str:
    fields = model._meta.concrete_fields
    named = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({named}) VALUES ({", ".join(["%s"] * len(fields))})'


def insert(row: models.Model, *, using: str = "default") -> None:
    """Write a row whose key is known and whose table nobody listens to: what `save(force_insert=True)` then does."""
    fields, connection = row._meta.concrete_fields, connections[using]
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    run(_insert(type(row)), values, using=using)
    row._state.adding, row._state.db = False, using


def update(
    model: type[models.Model], key: Any, changed: Mapping[str, Any], *, using: str = "default"
) -> None:
    """Change columns, named as fields, of the row with that primary key, if it is there for the actor."""
    meta, connection = model._meta, connections[using]
    fields = [meta.get_field(name) for name in changed]
    values = [field.get_db_prep_save(changed[field.name], connection) for field in fields]  # type: ignore[union-attr]
    named = ", ".join(f'"{field.column}" = %s' for field in fields)  # type: ignore[union-attr]
    where = f'"{meta.pk.column}" = %s'
    run(f'UPDATE "{meta.db_table}" SET {named} WHERE {where}', [*values, key], using=using)
