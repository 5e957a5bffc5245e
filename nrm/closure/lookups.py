"""What must be known or opened beyond a wall, and no more than that.

Each is a function in the database, owned by nrm_keeper: whether a complaint about a case has no answer, and
the door through which a closed case is reopened or held.
"""

from django.db import connection

from nrm.kernel import walls

_COMPLAINT = """CREATE OR REPLACE FUNCTION closure_complaint_waits(asked bigint) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT 1 FROM public.casefile_access a WHERE a.case_id = asked AND a.agency_id = public.nrm_actor(2))
     AND EXISTS (SELECT 1 FROM public.contact_complaint c WHERE c.about_case_id = asked
                   AND NOT EXISTS (SELECT 1 FROM public.closure_complaintanswer w WHERE w.complaint_id = c.id))
$$"""
# Access through a door ends with the moment of the act: `until` is the actor's own now.
_DOOR = """CREATE OR REPLACE FUNCTION closure_door(asked text, errand text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE wanted bigint; mine bigint := public.nrm_actor(2); mandates text[] := public.nrm_mandates();
BEGIN
  SELECT c.id INTO wanted FROM public.casefile_case c WHERE c.reference = asked;
  IF wanted IS NULL OR coalesce(mine, 0) = 0 OR 'IMMIGRATION_ENFORCEMENT' = ANY (mandates) THEN RETURN false; END IF;
  IF NOT EXISTS (SELECT 1 FROM public.closure_closure s WHERE s.case_id = wanted AND NOT EXISTS (
       SELECT 1 FROM public.closure_reopening r WHERE r.case_id = wanted AND (r.at, r.id) > (s.at, s.id)))
  THEN RETURN false; END IF;
  IF NOT (
       (errand = 'reopen' AND ('FIRST_RESPONDER' = ANY (mandates)
         OR EXISTS (SELECT 1 FROM public.casefile_party p WHERE p.case_id = wanted AND p.agency_id = mine)))
       OR (errand = 'hold' AND 'OVERSIGHT' = ANY (mandates)))
  THEN RETURN false; END IF;
  INSERT INTO public.casefile_access (case_id, agency_id, grants, purposes, until)
    VALUES (wanted, mine, ARRAY['EXISTENCE'], ARRAY['OVERSIGHT'], to_timestamp(public.nrm_actor(3)))
    ON CONFLICT (case_id, agency_id) DO UPDATE SET until = greatest(public.casefile_access.until, EXCLUDED.until);
  RETURN true;
END $$"""


def sql() -> list[str]:
    """Made after each migration."""
    made = [_COMPLAINT, _DOOR]
    for name in ("closure_complaint_waits(bigint)", "closure_door(text, text)"):
        made += [f"ALTER FUNCTION {name} OWNER TO nrm_keeper", f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"]
        made += [f"GRANT EXECUTE ON FUNCTION {name} TO nrm_web, nrm_owner"]
    return made


walls.MORE_SQL.append(sql)


def complaint_waits(case_id: int) -> bool:
    """Whether a complaint about this case has no answer; says nothing about a case that is not the actor's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT closure_complaint_waits(%s)", [case_id])
        return bool(cursor.fetchone()[0])


def _through(reference: str, errand: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT closure_door(%s, %s)", [reference, errand])
        return bool(cursor.fetchone()[0])


def door_to_reopen(reference: str) -> bool:
    """Lets in an agency that once had a share, or a first responder who meets her, to a closed case."""
    return _through(reference, "reopen")


def door_to_hold(reference: str) -> bool:
    """Lets in an oversight officer to a closed case."""
    return _through(reference, "hold")
