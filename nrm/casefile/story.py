"""A case read in one statement: every fact of every room, through the walls, with the case locked if asked.

A function in the database unites all fact tables; it is made from the list of models after each
migration, so a new kind of fact is part of every story from its first row on. Who is on the case is
asked once for all tables behind the same wall; row-level security answers for each other one.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models

from nrm.casefile.facts import Facts
from nrm.casefile.models import Case, Fact, Row
from nrm.kernel import packs, walls
from nrm.kernel.packs import Pack
from nrm.kernel.walls import AGENCY, NOW, PERSON, THE_CLOCK


@cache
def kinds() -> dict[str, type[models.Model]]:
    """Table name -> model, of everything a story is made of."""
    found: dict[str, type[models.Model]] = {"casefile_case": Case}
    for model in apps.get_models():
        if issubclass(model, Fact | Row):
            found[model._meta.db_table] = model
    return found


def key_of(model: type[models.Model]) -> str:
    """The column that says to which case a row of the story belongs."""
    return "id" if model is Case else "case_id"


def is_behind_the_case(model: type[models.Model]) -> bool:
    """Whether its rows are there for exactly those who are on the case, and for the clock of that case."""
    key = key_of(model)
    wall = walls.wall_of(model)
    return wall.read == walls.on_the_case(key) and walls.case_column(model) == key and "SELECT" in wall.clock


def story_sql() -> list[str]:
    """The function `casefile_story(reference, lock)`: rows of (table, row as JSON).

    Asking some ninety tables through their policies costs more than everything else in an act, and all of them would
    ask the same. So the tables whose wall is exactly that of the case (`is_behind_the_case`) are read past their
    policies by `casefile_facts`, which nobody may call but its owner, through one of two doors: each asks once what
    the policies of one role ask. Every other table is read with the caller's rights.
    `casefile_told` is STABLE: all of it is seen at one instant, after the lock. See docs/decisions/0012.
    """
    behind = [table for table, model in sorted(kinds().items()) if is_behind_the_case(model)]
    others = [table for table in sorted(kinds()) if table not in behind]

    def read(table: str) -> str:
        key = key_of(kinds()[table])
        return f"SELECT '{table}'::text, row_to_json(t)::text FROM public.{table} t WHERE t.{key} = wanted"

    keeper = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
    rows = "RETURNS TABLE (kind text, told text)"
    union = "\n  UNION ALL ".join(read(table) for table in behind)
    doors = {
        "casefile_facts_on_a_share": (
            f"EXISTS (SELECT 1 FROM public.casefile_access a WHERE a.case_id = wanted"
            f" AND a.agency_id = public.nrm_actor({AGENCY}) AND a.until >= to_timestamp(public.nrm_actor({NOW})))",
            "nrm_web, nrm_owner",
        ),
        "casefile_facts_for_the_clock": (
            f"public.nrm_actor({PERSON}) = {THE_CLOCK} AND public.nrm_actor({AGENCY}) = wanted",
            "nrm_clock",
        ),
    }
    made = [
        "DROP FUNCTION IF EXISTS casefile_story(text, boolean)",
        f"CREATE OR REPLACE FUNCTION casefile_facts(wanted bigint) {rows} {keeper}"
        f" SET plan_cache_mode = force_generic_plan AS $$\nBEGIN\n  RETURN QUERY {union};\nEND $$",
        *_kept_by_the_keeper("casefile_facts(bigint)"),
    ]
    for door, (asked, roles) in doors.items():
        made += [
            f"CREATE OR REPLACE FUNCTION {door}(wanted bigint) {rows} {keeper} AS $$\nBEGIN\n"
            f"  IF {asked} THEN RETURN QUERY SELECT * FROM public.casefile_facts(wanted); END IF;\nEND $$",
            *_kept_by_the_keeper(f"{door}(bigint)"),
            f"GRANT EXECUTE ON FUNCTION {door}(bigint) TO {roles}",
        ]
    by_policy = "".join(f"  RETURN QUERY {read(table)};\n" for table in others)
    return [
        *made,
        f"CREATE OR REPLACE FUNCTION casefile_told(wanted bigint) {rows} LANGUAGE plpgsql STABLE"
        " SET plan_cache_mode = force_generic_plan AS $$\nBEGIN\n"
        "  IF current_user = 'nrm_clock' THEN RETURN QUERY SELECT * FROM casefile_facts_for_the_clock(wanted);\n"
        "  ELSE RETURN QUERY SELECT * FROM casefile_facts_on_a_share(wanted); END IF;\n"
        f"{by_policy}END $$",
        "GRANT EXECUTE ON FUNCTION casefile_told(bigint) TO nrm_web, nrm_clock",
        f"CREATE FUNCTION casefile_story(asked text, lock boolean) {rows} LANGUAGE plpgsql AS $$\n"
        "DECLARE wanted bigint;\nBEGIN\n"
        "  SELECT id INTO wanted FROM casefile_case WHERE reference = asked;\n"
        "  IF wanted IS NULL THEN RETURN; END IF;\n"
        "  IF lock THEN PERFORM pg_advisory_xact_lock(wanted); END IF;\n"
        "  RETURN QUERY SELECT * FROM casefile_told(wanted);\nEND $$",
        "GRANT EXECUTE ON FUNCTION casefile_story(text, boolean) TO nrm_web, nrm_clock",
    ]


def _kept_by_the_keeper(function: str) -> list[str]:
    return [
        f"ALTER FUNCTION {function} OWNER TO nrm_keeper",
        f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC",
    ]


def access_sql() -> list[str]:
    """The keeper of access: adds up the standing shares of one agency in one case, those over by then left out.

    Called after each share and each end; for the clock, after a last day has passed. A last day ends at
    midnight in the country of the pack.
    """
    zone = packs.load(settings.COUNTRY_PACK).calendar.zone.key
    over = f"((p.until + 1)::timestamp AT TIME ZONE '{zone}')"
    return [
        f"""CREATE OR REPLACE FUNCTION casefile_add_up_access(wanted bigint, whose bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM public.casefile_access WHERE case_id = wanted AND agency_id = whose;
  INSERT INTO public.casefile_access (case_id, agency_id, grants, purposes, until)
  SELECT wanted, whose, array_agg(DISTINCT granted), array_agg(DISTINCT p.purpose),
         max(coalesce({over}, '9999-12-30 00:00+00'))
  FROM public.casefile_party p CROSS JOIN LATERAL unnest(p.grants) AS granted
  WHERE p.case_id = wanted AND p.agency_id = whose
    AND (p.until IS NULL OR {over} > coalesce(to_timestamp(public.nrm_actor({NOW})), now()))
    AND NOT EXISTS (SELECT 1 FROM public.casefile_partyend e WHERE e.share_id = p.id)
  HAVING count(*) > 0
$$""",
        "ALTER FUNCTION casefile_add_up_access(bigint, bigint) OWNER TO nrm_keeper",
        "REVOKE ALL ON FUNCTION casefile_add_up_access(bigint, bigint) FROM PUBLIC",
        """CREATE OR REPLACE FUNCTION casefile_keep_access() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE whose bigint;
BEGIN
  IF TG_TABLE_NAME = 'casefile_party' THEN whose := NEW.agency_id;
  ELSE SELECT agency_id INTO whose FROM public.casefile_party WHERE id = NEW.share_id; END IF;
  PERFORM public.casefile_add_up_access(NEW.case_id, whose);
  RETURN NULL;
END $$""",
        "ALTER FUNCTION casefile_keep_access() OWNER TO nrm_keeper",
        "DROP TRIGGER IF EXISTS keep_access ON casefile_party",
        "CREATE TRIGGER keep_access AFTER INSERT ON casefile_party"
        " FOR EACH ROW EXECUTE FUNCTION casefile_keep_access()",
        "DROP TRIGGER IF EXISTS keep_access ON casefile_partyend",
        "CREATE TRIGGER keep_access AFTER INSERT ON casefile_partyend"
        " FOR EACH ROW EXECUTE FUNCTION casefile_keep_access()",
        f"""CREATE OR REPLACE FUNCTION casefile_renew_access() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
  IF public.nrm_actor({PERSON}) = {THE_CLOCK} THEN
    PERFORM public.casefile_add_up_access(a.case_id, a.agency_id) FROM public.casefile_access a
    WHERE a.case_id = public.nrm_actor({AGENCY});
  END IF;
END $$""",
        "ALTER FUNCTION casefile_renew_access() OWNER TO nrm_keeper",
        "REVOKE ALL ON FUNCTION casefile_renew_access() FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTION casefile_renew_access() TO nrm_clock",
    ]


NEWBORN_SQL = [
    # A case that the actor's agency has just opened and that nobody has a share of yet: the first share is its own.
    """CREATE OR REPLACE FUNCTION casefile_is_newborn(wanted bigint) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT 1 FROM public.casefile_case c WHERE c.id = wanted
                   AND c.opened_by_agency_id = public.nrm_actor(2))
     AND NOT EXISTS (SELECT 1 FROM public.casefile_party p WHERE p.case_id = wanted)
$$""",
    "ALTER FUNCTION casefile_is_newborn(bigint) OWNER TO nrm_keeper",
]

walls.EARLY_SQL.append(lambda: NEWBORN_SQL)
walls.MORE_SQL.append(access_sql)
walls.MORE_SQL.append(story_sql)


def _reader(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat
    if isinstance(field, models.DateField):
        return date.fromisoformat
    if isinstance(field, models.DecimalField):
        return lambda value: Decimal(str(value))
    return None


@cache
def _shape(model: type[models.Model]) -> tuple[list[str], list[tuple[str, Callable[[Any], Any]]]]:
    fields = model._meta.concrete_fields
    readers = [(str(field.column), reader) for field in fields if (reader := _reader(field)) is not None]
    return [field.attname for field in fields], readers


def made_from(model: type[models.Model], told: dict[str, Any], using: str) -> Any:
    """A model instance from one JSON row; columns are named as in the database."""
    names, readers = _shape(model)
    for column, reader in readers:
        if told[column] is not None:
            told[column] = reader(told[column])
    return model.from_db(using, names, [told[name] for name in names])


def read(
    reference: str, *, now: datetime, pack: Pack, lock: bool = False, using: str = "default"
) -> Facts | None:
    """The facts of the case with that reference; None if it is absent or not this actor's: nobody can tell which."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT kind, told FROM casefile_story(%s, %s)", [reference, lock])
        told = cursor.fetchall()
    return _as_facts(told, now, pack, using)


def read_several(
    references: Iterable[str], *, now: datetime, pack: Pack, using: str = "default"
) -> dict[str, Facts]:
    """Reference -> facts of the cases that are there for this actor, in one statement."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT asked, kind, told FROM unnest(%s::text[]) AS asked CROSS JOIN LATERAL casefile_story(asked, false)",
            [sorted(set(references))],
        )
        told: dict[str, list[tuple[str, str]]] = {}
        for asked, kind, row in cursor.fetchall():
            told.setdefault(asked, []).append((kind, row))
    read = {asked: _as_facts(rows, now, pack, using) for asked, rows in told.items()}
    return {asked: facts for asked, facts in read.items() if facts is not None}


def _as_facts(told: Iterable[tuple[str, str]], now: datetime, pack: Pack, using: str) -> Facts | None:
    case: Case | None = None
    facts: list[Fact] = []
    lines: dict[int, list[Row]] = {}
    for kind, row in told:
        model = kinds()[kind]
        made = made_from(model, json.loads(row), using)
        if isinstance(made, Case):
            case = made
        elif isinstance(made, Row):
            lines.setdefault(made.of, []).append(made)
        else:
            facts.append(made)
    if case is None:
        return None
    in_order = {key: tuple(sorted(rows, key=lambda row: row.position)) for key, rows in lines.items()}
    return Facts(case=case, now=now, pack=pack, everything=tuple(facts), lines=in_order)
