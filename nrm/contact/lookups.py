"""What must be known beyond a wall, and no more than that: which report a receipt code names, how many are linked.

Each is a function in the database, owned by nrm_keeper, that gives away one answer.
"""

from django.db import connection

from nrm.kernel import walls

_BY_RECEIPT = """CREATE OR REPLACE FUNCTION contact_by_receipt(asked text)
RETURNS TABLE (report bigint, about_case bigint) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT r.id, (SELECT f.case_id FROM public.contact_firstcontact f WHERE f.report = r.id LIMIT 1)
    FROM public.contact_report r WHERE asked <> '' AND r.receipt_hash = asked;
END $$"""
_LINKED = """CREATE OR REPLACE FUNCTION contact_linked(asked bigint, but bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN (SELECT count(DISTINCT l.case_id) FROM public.contact_eventlink l
          WHERE l.event_id = asked AND l.case_id IS DISTINCT FROM but
            AND NOT EXISTS (SELECT 1 FROM public.contact_eventlink c WHERE c.corrects = l.id));
END $$"""
_TRIAGED = """CREATE OR REPLACE FUNCTION contact_triaged() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM public.casefile_waiting
  WHERE case_id IS NULL AND report = NEW.report AND code IN ('REPORT_TRIAGE', 'REPORT_TRIAGE_URGENT');
  RETURN NULL;
END $$"""


def sql() -> list[str]:
    """Made after each migration."""
    made = [_BY_RECEIPT, _LINKED, _TRIAGED]
    for name in ("contact_by_receipt(text)", "contact_linked(bigint, bigint)", "contact_triaged()"):
        made += [f"ALTER FUNCTION {name} OWNER TO nrm_keeper", f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"]
        made += [f"GRANT EXECUTE ON FUNCTION {name} TO nrm_web, nrm_owner"]
    return [
        *made,
        "DROP TRIGGER IF EXISTS triaged ON contact_triage",
        "CREATE TRIGGER triaged AFTER INSERT ON contact_triage FOR EACH ROW EXECUTE FUNCTION contact_triaged()",
    ]


walls.MORE_SQL.append(sql)


def by_receipt(kept: str) -> tuple[int | None, int | None]:
    """Key of the report with that receipt, and of the case that was opened from it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT report, about_case FROM contact_by_receipt(%s)", [kept])
        found = cursor.fetchone()
    return (found[0], found[1]) if found else (None, None)


def linked(event: int, *, but: int | None = None) -> int:
    """How many children's cases are linked to an event, whoever may see them; `but`: one that is not counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_linked(%s, %s)", [event, but])
        return int(cursor.fetchone()[0])
