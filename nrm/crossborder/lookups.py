"""Messages from other States, which have no case, as the walls let them through; what binds us, beyond the wall.

Everyone on a case that came of such a message must know its conditions, though only the focal point reads
the message. One function in the database, owned by nrm_keeper, gives away the conditions and nothing else,
and only to an agency on a case that was opened from that report or to which it was added.
"""

from collections.abc import Sequence

from django.db import connection

from nrm.crossborder.models import IncomingMessage, OurAcknowledgement, OurReply
from nrm.crossborder.terms import conditions_in_words
from nrm.kernel import walls
from nrm.kernel.walls import AGENCY, NOW

_BINDING = f"""CREATE OR REPLACE FUNCTION crossborder_binding(asked bigint[])
RETURNS TABLE (codes text[], own_words text, delete_by date) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT m.handling::text[], m.handling_other::text, m.delete_by
    FROM public.crossborder_incomingmessage m
    WHERE m.report = ANY (asked) AND EXISTS (
      SELECT 1 FROM public.casefile_access a
      WHERE a.agency_id = public.nrm_actor({AGENCY}) AND a.until >= to_timestamp(public.nrm_actor({NOW}))
        AND (a.case_id IN (SELECT f.case_id FROM public.contact_firstcontact f WHERE f.report = m.report)
          OR a.case_id IN (SELECT r.case_id FROM public.contact_reportadded r WHERE r.report = m.report)))
    ORDER BY m.at, m.id;
END $$"""


def sql() -> list[str]:
    """Made after each migration."""
    name = "crossborder_binding(bigint[])"
    return [
        _BINDING,
        f"ALTER FUNCTION {name} OWNER TO nrm_keeper",
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name} TO nrm_web, nrm_owner",
    ]


walls.MORE_SQL.append(sql)


def conditions_of(reports: Sequence[int]) -> list[str]:
    """What binds us in a case that came of these reports, a line each."""
    if not reports:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT codes, own_words, delete_by FROM crossborder_binding(%s)", [list(reports)])
        found = cursor.fetchall()
    lines = [line for codes, own, day in found for line in conditions_in_words(codes, own, day)]
    return list(dict.fromkeys(lines))


def incoming(key: int | None) -> IncomingMessage | None:
    """A message from another State."""
    return IncomingMessage.objects.filter(pk=key).first() if key is not None else None


def is_acknowledged(key: int) -> bool:
    """Whether we told the other State that we have its message."""
    return OurAcknowledgement.objects.filter(message=key).exists()


def receipts(key: int) -> list[int]:
    """Keys of our receipts of a message."""
    return list(OurAcknowledgement.objects.filter(message=key).values_list("pk", flat=True))


def replies(key: int) -> list[int]:
    """Keys of our answers to a message."""
    return list(OurReply.objects.filter(message=key).values_list("pk", flat=True))
