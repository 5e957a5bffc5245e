"""How many children one guardian has, over all cases: a number, and nothing else, through the wall.

Which days a guardianship lasts is kept in `care_guarded` by a trigger; its constraint lets no two guardians
stand beside one child on one day. The web role reads only its own cases; a limit that counts only those
would be none. So this one question is answered by a function that nrm_keeper owns: it takes a person, a day
and the case asked about, which is not counted, and returns a number. It reads no name, no reference, and
tells of no single case. It waits for a second appointment of the same guardian that is being written, so
that two cannot both be the last. Closed cases and those of adults do not count: it asks the headline, which
is kept with every act.
"""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from nrm.kernel import walls

SQL = [
    """CREATE OR REPLACE FUNCTION care_keep_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM public.care_guarded WHERE case_id = NEW.case_id;
  INSERT INTO public.care_guarded (id, case_id, guardian_id, during)
  SELECT id, case_id, guardian_id, daterange(since, after)
  FROM (
    SELECT g.id, g.case_id, g.guardian_id, g.since,
           least(lead(g.since) OVER (ORDER BY g.since, g.at, g.id),
                 (SELECT min(e."on") + 1 FROM public.care_guardianshipend e WHERE e.guardianship_id = g.id
                  AND NOT EXISTS (SELECT 1 FROM public.care_guardianshipend c WHERE c.corrects = e.id))) AS after
    FROM public.care_guardianship g
    WHERE g.case_id = NEW.case_id
      AND NOT EXISTS (SELECT 1 FROM public.care_guardianship c WHERE c.corrects = g.id)
  ) lasting
  WHERE after IS NULL OR since < after;
  RETURN NULL;
END $$""",
    "ALTER FUNCTION care_keep_guarded() OWNER TO nrm_keeper",
    "DROP TRIGGER IF EXISTS care_keep_guarded ON care_guardianship",
    "CREATE TRIGGER care_keep_guarded AFTER INSERT ON care_guardianship"
    " FOR EACH ROW EXECUTE FUNCTION care_keep_guarded()",
    "DROP TRIGGER IF EXISTS care_keep_guarded ON care_guardianshipend",
    "CREATE TRIGGER care_keep_guarded AFTER INSERT ON care_guardianshipend"
    " FOR EACH ROW EXECUTE FUNCTION care_keep_guarded()",
    """CREATE OR REPLACE FUNCTION care_children_of_guardian(who bigint, on_day date, except_case bigint)
RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(who);
  RETURN (
    SELECT count(*)::integer FROM public.care_guarded g
    JOIN public.casefile_headline h ON h.case_id = g.case_id
    WHERE g.guardian_id = who AND g.during @> on_day AND g.case_id <> except_case
      AND h.treated_as_child AND h.stage NOT IN ('CLOSED', 'ERASED'));
END $$""",
    """CREATE OR REPLACE FUNCTION care_children_of_guardians(who bigint[], on_day date)
RETURNS TABLE (guardian bigint, children integer) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT g.guardian_id, count(*)::integer FROM public.care_guarded g
  JOIN public.casefile_headline h ON h.case_id = g.case_id
  WHERE g.guardian_id = ANY (who) AND g.during @> on_day
    AND h.treated_as_child AND h.stage NOT IN ('CLOSED', 'ERASED')
  GROUP BY g.guardian_id
$$""",
    "ALTER FUNCTION care_children_of_guardians(bigint[], date) OWNER TO nrm_keeper",
    "REVOKE ALL ON FUNCTION care_children_of_guardians(bigint[], date) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION care_children_of_guardians(bigint[], date) TO nrm_web, nrm_owner",
    "ALTER FUNCTION care_children_of_guardian(bigint, date, bigint) OWNER TO nrm_keeper",
    "REVOKE ALL ON FUNCTION care_children_of_guardian(bigint, date, bigint) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION care_children_of_guardian(bigint, date, bigint) TO nrm_web, nrm_owner",
]
walls.MORE_SQL.append(lambda: SQL)


def children_of(guardian: int, on: date, *, except_case: int) -> int:
    """In how many other cases that person is guardian on that day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT care_children_of_guardian(%s, %s, %s)", [guardian, on, except_case])
        return int(cursor.fetchone()[0])


def children_of_each(guardians: Sequence[int], on: date) -> dict[int, int]:
    """How many children each of these people is guardian of on that day, over all cases: a number, no child."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT guardian, children FROM care_children_of_guardians(%s, %s)", [list(guardians), on]
        )
        return dict(cursor.fetchall())
