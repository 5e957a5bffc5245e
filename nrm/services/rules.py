"""Which words tie help to helping the police, and when a child is of school age."""

import re

SCHOOL_AGE = 6  # years; a house rule: the youngest age at which schooling is a duty in most States

# Beginnings of words for police, witness, prosecution and co-operating, in the languages of the packs.
_OF_TESTIMONY = re.compile(
    r"\b(polic|poliz|polis|testif|testim|testig|t[ée]moi|witness|zeug|vittn|aussag|prosecut|fiscal|staatsanw"
    r"|[åa]klag|denunc|anzeig|investigat|ermittl|utred|cooperat|co-operat|collabor|colabor|mitwirk|samarbet)",
    re.IGNORECASE,
)


def ties_to_testimony(conditions: str) -> bool:
    """Whether the conditions of a service speak of helping the police or the courts.

    Source: CETS 197 art. 12(6): assistance is not made conditional on a victim's willingness to act as a
    witness. The list of words is a house rule; it refuses rather a word too many.
    """
    return _OF_TESTIMONY.search(conditions) is not None


def may_do_without_school(*, child: bool, oldest_possible: int | None) -> bool:
    """Whether education may be marked as not needed.

    child: she is treated as one. oldest_possible: her age in years as known, the higher end of an estimate;
    None when nothing is known, and then she is of school age. Source: CETS 197 art. 12(1)(f); CRC art. 28.
    """
    return not child or (oldest_possible is not None and oldest_possible < SCHOOL_AGE)
