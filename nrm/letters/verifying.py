"""Is a letter valid? The whole answer to a stranger with a code is yes or no: not which, about whom, by whom.

A letter is no longer valid when what it tells of was corrected, when a court set the decision aside, and a
certificate of protection when nothing bars removal any longer.
"""

from django.db import connection

from nrm.kernel import walls
from nrm.kernel.codes import hash_of

SQL = [
    """CREATE OR REPLACE FUNCTION letters_is_valid(asked text) RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  letter public.letters_letter%ROWTYPE;
  struck boolean := false;
BEGIN
  SELECT * INTO letter FROM public.letters_letter WHERE code_hash = asked;
  IF NOT FOUND THEN RETURN false; END IF;
  IF letter.table <> '' THEN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I WHERE case_id = $1 AND corrects = $2)', letter.table)
      INTO struck USING letter.case_id, letter.fact;
  END IF;
  IF struck THEN RETURN false; END IF;
  IF letter.kind = 'PROTECTION_CERTIFICATE' THEN
    RETURN EXISTS (SELECT 1 FROM public.casefile_headline h
                   WHERE h.case_id = letter.case_id AND 'REMOVAL_BARRED' = ANY (h.flags));
  END IF;
  RETURN NOT EXISTS (
    SELECT 1 FROM public.identification_appealdecided d JOIN public.identification_appeal a ON a.id = d.appeal
    WHERE d.case_id = letter.case_id AND a.challenged = letter.fact AND d.outcome = 'QUASHED');
END $$""",
    "ALTER FUNCTION letters_is_valid(text) OWNER TO nrm_keeper",
    "REVOKE ALL ON FUNCTION letters_is_valid(text) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION letters_is_valid(text) TO nrm_web, nrm_owner",
]
walls.MORE_SQL.append(lambda: SQL)


def is_valid(typed: str) -> bool:
    """Whether the letter with that code is one of ours and still holds. Anything else is simply not valid."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT letters_is_valid(%s)", [hash_of(typed.replace("\x00", ""))])
        return bool(cursor.fetchone()[0])
