"""How many children one guardian has, over all cases: a number, and nothing else, through the wall.

The web role reads only its own cases; a limit that counts only those would be none. So this one question
is answered by a function that nrm_keeper owns: it takes a person, a day and the case asked about, which
is not counted, and returns a number. It reads no name, no reference, and tells of no single case. It
waits for a second appointment of the same guardian that is being written, so that two cannot both be the
last. Closed cases and those of adults do not count: it asks the headline, which is kept with every act.
"""

from datetime import date

from django.db import connection

from nrm.kernel import walls

SQL = [
    """CREATE OR REPLACE FUNCTION care_children_of_guardian(who bigint, on_day date, except_case bigint)
RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(who);
  RETURN (
    SELECT count(*)::integer FROM (
      SELECT DISTINCT ON (g.case_id) g.case_id, g.id, g.guardian_id
      FROM public.care_guardianship g
      WHERE g.since <= on_day
        AND NOT EXISTS (SELECT 1 FROM public.care_guardianship c WHERE c.corrects = g.id)
        AND g.case_id IN (SELECT w.case_id FROM public.care_guardianship w WHERE w.guardian_id = who)
      ORDER BY g.case_id, g.since DESC, g.at DESC, g.id DESC
    ) newest
    WHERE newest.guardian_id = who AND newest.case_id <> except_case
      AND NOT EXISTS (SELECT 1 FROM public.care_guardianshipend e
                      WHERE e.guardianship_id = newest.id AND e."on" < on_day
                        AND NOT EXISTS (SELECT 1 FROM public.care_guardianshipend c WHERE c.corrects = e.id))
      AND EXISTS (SELECT 1 FROM public.casefile_headline h WHERE h.case_id = newest.case_id
                  AND h.treated_as_child AND h.stage NOT IN ('CLOSED', 'ERASED')));
END $$""",
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
