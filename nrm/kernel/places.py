"""Countries and languages by their codes, with names in the reader's language (CLDR, through Babel).

Countries: ISO 3166-1 alpha-3, XXA stateless, XXX unknown, and codes that a country pack invents.
Languages: ISO 639-2, three letters.
"""

from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.utils.translation import get_language
from django.utils.translation import gettext as _

STATELESS, UNKNOWN = "XXA", "XXX"

# Offered first, by number of children referred in the United Kingdom in 2023, and Ukraine and Syria for the years
# since. House rule; a country's own languages and countries come before them.
OFTEN_FROM = ("ALB", "SDN", "ERI", "VNM", "AFG", "ROU", "UKR", "SYR")
OFTEN_SPOKEN = ("sqi", "ara", "tir", "vie", "pus", "fas", "ron", "ukr", "som", "amh", "rus", "fra")
# The bibliographic twins of ISO 639-2: understood, never offered, so that one language is kept under one code.
BIBLIOGRAPHIC = frozenset(
    (
        *("alb", "arm", "baq", "bur", "chi", "cze", "dut", "fre", "geo", "ger"),
        *("gre", "ice", "mac", "mao", "may", "per", "rum", "slo", "tib", "wel"),
    )
)


@cache
def _alpha_2() -> dict[str, str]:
    """alpha-3 -> alpha-2, of territories that exist today."""
    names = Locale("en").territories
    return {
        code: aliases[0]
        for code, aliases in get_global("territory_aliases").items()
        if len(code) == 3 and code.isalpha() and len(aliases) == 1 and aliases[0] in names
    }


@cache
def _short() -> dict[str, str]:
    """Three letters -> the tag under which CLDR names the language."""
    names = Locale("en").languages
    found = {
        str(code): str(tag)
        for code, tag in get_global("language_aliases").items()
        if len(code) == 3 and tag.split("_")[0] in names
    }
    return found | {str(tag): str(tag) for tag in names if len(str(tag)) == 3}


def _locale() -> Locale:
    try:
        return Locale.parse((get_language() or "en").split("-")[0])
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def is_country(code: str, invented: Mapping[str, str]) -> bool:
    return code in invented or code in (STATELESS, UNKNOWN) or code in _alpha_2()


def is_language(code: str) -> bool:
    return code in _short()


def country_name(code: str, invented: Mapping[str, str]) -> str:
    """The name in the reader's language; an unknown code as it is."""
    if code in invented:
        return invented[code]
    if code == STATELESS:
        return _("stateless")
    if code == UNKNOWN:
        return _("not known")
    return str(_locale().territories.get(_alpha_2().get(code, code), code))


def language_name(code: str) -> str:
    """The name in the reader's language; an unknown code as it is."""
    if code == "NOT_KNOWN":
        return _("not known")
    return str(_locale().languages.get(_short().get(code, code), code))


def countries(invented: Mapping[str, str]) -> list[tuple[str, str]]:
    """Codes and names, by name, for lists to choose from; the two special codes last."""
    named = {code: country_name(code, invented) for code in (*invented, *_alpha_2())}
    return sorted(named.items(), key=lambda pair: pair[1]) + [
        (code, country_name(code, invented)) for code in (STATELESS, UNKNOWN)
    ]


def languages() -> list[tuple[str, str]]:
    """Codes and names, by name; each language once."""
    once: dict[str, str] = {}
    for code in sorted(_short().keys() - BIBLIOGRAPHIC):
        once.setdefault(language_name(code), code)
    return sorted(((code, name) for name, code in once.items()), key=lambda pair: pair[1])
