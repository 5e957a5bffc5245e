"""Which bed is taken when, over all cases: kept by triggers, held by constraints, asked through the wall.

The web role reads only its own cases; a bed that is free in those only would be given twice. So the days
of every placement are kept in `care_stay`, whose constraints let no two children into one bed and no child
into two homes; two small functions that nrm_keeper owns answer yes or no, or name beds, never a child.
A closed case holds no bed from the day after its last entry.
"""

from datetime import date

from django.db import connection

from nrm.kernel import walls

SQL = [
    """CREATE OR REPLACE FUNCTION care_keep_stay() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE following date; struck daterange;
BEGIN
  DELETE FROM public.care_stay WHERE id = NEW.corrects RETURNING during INTO struck;
  UPDATE public.care_stay s SET during = daterange(lower(s.during), upper(struck))
   WHERE s.case_id = NEW.case_id AND upper(s.during) = lower(struck)
     AND NOT EXISTS (SELECT 1 FROM public.care_placementend e WHERE e.placement_id = s.id);
  DELETE FROM public.care_stay WHERE case_id = NEW.case_id AND lower(during) = NEW.since;
  UPDATE public.care_stay SET during = daterange(lower(during), NEW.since)
   WHERE case_id = NEW.case_id AND during @> NEW.since;
  SELECT min(lower(during)) INTO following FROM public.care_stay
   WHERE case_id = NEW.case_id AND lower(during) > NEW.since;
  INSERT INTO public.care_stay (id, case_id, bed_id, during)
  VALUES (NEW.id, NEW.case_id, NEW.registered_id, daterange(NEW.since, following));
  RETURN NULL;
END $$""",
    """CREATE OR REPLACE FUNCTION care_end_stay() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE following date;
BEGIN
  SELECT min(lower(s.during)) INTO following FROM public.care_stay s
    JOIN public.care_stay mine ON mine.id = NEW.placement_id
   WHERE s.case_id = NEW.case_id AND lower(s.during) > lower(mine.during);
  DELETE FROM public.care_stay WHERE id = NEW.placement_id AND lower(during) > NEW."on";
  UPDATE public.care_stay SET during = daterange(lower(during), least(following, NEW."on" + 1))
   WHERE id = NEW.placement_id;
  RETURN NULL;
END $$""",
    """CREATE OR REPLACE FUNCTION care_free_beds_of_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE last_day date := (NEW.last_fact_at AT TIME ZONE 'UTC')::date;
BEGIN
  DELETE FROM public.care_stay WHERE case_id = NEW.case_id AND lower(during) > last_day;
  UPDATE public.care_stay SET during = daterange(lower(during), last_day + 1)
   WHERE case_id = NEW.case_id AND during @> (last_day + 1);
  RETURN NULL;
END $$""",
    """CREATE OR REPLACE FUNCTION care_register_bed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.agencies_bed (id, agency_id, key, for_children, adult_strangers, for_sex, step_free,
                                   free_from, free_until, confirmed_at)
  VALUES (NEW.id, NEW.by_agency_id, NEW.bed, NEW.for_children = 'YES', NEW.adult_strangers <> 'NO',
          CASE NEW.suits WHEN 'ANY' THEN '' ELSE NEW.suits END, NEW.step_free, NEW.free_from, NEW.free_until, NEW.at)
  ON CONFLICT (agency_id, key) DO UPDATE SET for_children = EXCLUDED.for_children,
    adult_strangers = EXCLUDED.adult_strangers, for_sex = EXCLUDED.for_sex, step_free = EXCLUDED.step_free,
    free_from = EXCLUDED.free_from, free_until = EXCLUDED.free_until, confirmed_at = EXCLUDED.confirmed_at;
  RETURN NULL;
END $$""",
    # Looks first, so that a bed long taken makes nobody wait; then again, alone.
    """CREATE OR REPLACE FUNCTION care_bed_is_taken(wanted bigint, from_day date, except_case bigint)
RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  FOR look IN 1..2 LOOP
    IF EXISTS (SELECT 1 FROM public.care_stay s WHERE s.bed_id = wanted AND s.case_id <> except_case
               AND s.during && daterange(from_day, NULL)) THEN RETURN true; END IF;
    IF look = 1 THEN PERFORM pg_advisory_xact_lock(wanted); END IF;
  END LOOP;
  RETURN false;
END $$""",
    """CREATE OR REPLACE FUNCTION care_beds_taken(from_day date) RETURNS SETOF bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT s.bed_id FROM public.care_stay s
  WHERE s.bed_id IS NOT NULL AND s.during && daterange(from_day, NULL)
$$""",
    # Whether a child she belongs with lives elsewhere on that day. Two beds of one house are one home.
    """CREATE OR REPLACE FUNCTION care_lives_apart(me bigint, on_day date, house bigint, place text, kind text)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT ON (r.other) r.other, r.keep_together FROM (
        SELECT other_case_id AS other, keep_together, at, id FROM public.contact_relationship WHERE case_id = me
        UNION ALL
        SELECT case_id, keep_together, at, id FROM public.contact_relationship WHERE other_case_id = me
      ) r
      WHERE NOT EXISTS (SELECT 1 FROM public.contact_relationship c WHERE c.corrects = r.id)
      ORDER BY r.other, r.at DESC, r.id DESC
    ) belongs
    JOIN public.care_stay s ON s.case_id = belongs.other AND s.during @> on_day
    JOIN public.care_placement p ON p.id = s.id
    LEFT JOIN public.agencies_bed b ON b.id = s.bed_id
    WHERE belongs.keep_together = 'YES'
      AND NOT (coalesce(b.agency_id = house, false)
               OR (place <> '' AND lower(btrim(p.address)) = lower(btrim(place)))
               OR (kind = 'WITH_PARENTS' AND p.type = 'WITH_PARENTS')))
$$""",
]
TRIGGERS = {
    "care_keep_stay": "AFTER INSERT ON care_placement",
    "care_end_stay": "AFTER INSERT ON care_placementend",
    "care_register_bed": "AFTER INSERT ON care_bedconfirmed",
    "care_free_beds_of_closed": "AFTER UPDATE OF stage ON casefile_headline",
}
ONLY_WHEN = {
    "care_free_beds_of_closed": "WHEN (NEW.stage IN ('CLOSED', 'ERASED') AND OLD.stage <> NEW.stage)"
}
ASKED = (
    "care_bed_is_taken(bigint, date, bigint)",
    "care_beds_taken(date)",
    "care_lives_apart(bigint, date, bigint, text, text)",
)


def sql() -> list[str]:
    """Functions, their owner, who may ask them, and the triggers."""
    made = list(SQL)
    for name, when in TRIGGERS.items():
        table = when.split(" ON ")[1]
        made += [
            f"ALTER FUNCTION {name}() OWNER TO nrm_keeper",
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} {when} FOR EACH ROW {ONLY_WHEN.get(name, '')} EXECUTE FUNCTION {name}()",
        ]
    for function in ASKED:
        made += [
            f"ALTER FUNCTION {function} OWNER TO nrm_keeper",
            f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {function} TO nrm_web, nrm_owner",
        ]
    return made


walls.MORE_SQL.append(sql)


def _said(statement: str, *values: int | str | date | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.fetchone()[0])


def is_taken(bed: int, since: date, *, except_case: int) -> bool:
    """Whether another child has that bed on that day or later. The asker waits for one who is just taking it."""
    return _said("SELECT care_bed_is_taken(%s, %s, %s)", bed, since, except_case)


def beds_taken(since: date) -> set[int]:
    """Keys of the beds that somebody has on that day or later."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT care_beds_taken(%s)", [since])
        return {key for (key,) in cursor.fetchall()}


def lives_apart(case: int, on: date, *, provider: int | None, address: str, kind: str) -> bool:
    """Whether a child with whom she must stay together lives elsewhere on that day."""
    return _said("SELECT care_lives_apart(%s, %s, %s, %s, %s)", case, on, provider, address, kind)
