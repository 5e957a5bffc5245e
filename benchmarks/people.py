"""Who sits at the desks while it is measured: one case worker in each of a few districts."""

from dataclasses import dataclass

from benchmarks import register


@dataclass(frozen=True)
class Worker:
    """A case worker, cases of her agency and names of children in them."""

    email: str
    references: tuple[str, ...]
    names: tuple[str, ...]
    items: int  # how many items the bare tables have


def workers(cases: int, *, how_many: int, cases_each: int) -> list[Worker]:
    """The case workers of the first districts, each with some of her agency's cases, in an order of chance."""
    with register.owner(register.name(cases)) as connection:
        connection.execute("SET ROLE nrm_keeper")
        people = connection.execute(
            "SELECT p.email, p.agency_id FROM agencies_person p WHERE p.key = 'mira' OR p.key LIKE 'mira-%%'"
            " ORDER BY p.id DESC LIMIT %s",
            [how_many],
        ).fetchall()
        found = []
        for email, agency in people:
            rows = connection.execute(
                "SELECT h.reference, split_part(h.called, ' ', 2) FROM casefile_access a"
                " JOIN casefile_headline h USING (case_id) WHERE a.agency_id = %s ORDER BY md5(h.reference) LIMIT %s",
                [agency, cases_each],
            ).fetchall()
            references, names = zip(*rows, strict=True)
            found.append(Worker(str(email), references, names, cases))
    return found
