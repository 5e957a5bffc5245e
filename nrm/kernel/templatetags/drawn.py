"""Lists of many rows, drawn here: the template language takes ten times as long for each of fifty rows.

The components of the same names call these and say what a row is made of. Whatever a row says is escaped.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from nrm.kernel.refusals import Refusal
from nrm.kernel.templatetags.said import moment

Row = Mapping[str, Any]
register = template.Library()


def tag(text: object, tone: str) -> str:
    """As components/tag.html."""
    return f'<span class="{safe(f"tag {tone}".strip())}">{safe(capfirst(str(text)))}</span>'


@register.simple_tag
def tasks(rows: Iterable[Row]) -> SafeString:
    """components/tasks.html"""
    return mark_safe(f'<ul class="tasks">{"".join(map(_task, rows))}</ul>')  # noqa: S308 each part is escaped


def _task(row: Row) -> str:
    title, url, given = safe(row["title"]), row.get("url"), row.get
    parts = [f'<a href="{safe(url)}">{title}</a>' if url else f'<b class="soft">{title}</b>']
    about, reference = given("about"), given("reference")
    if about or reference:
        known = f"<bdi>{safe(about)}</bdi> " if about else ""
        parts.append(f'<p>{known}<bdi class="num soft">{safe(reference or "")}</bdi></p>')
    if why := given("why"):
        parts.append(f'<p class="soft">{safe(why)}</p>')
    if open_parts := given("parts"):
        tone = "urgent" if given("tone") == "urgent" else ""
        listed = "".join(f"<li>{tag(part, tone)}</li>" for part in open_parts)
        parts.append(f'<ul class="tags">{listed}</ul>')
    if why_not := given("why_not"):
        parts.append(f"<ul>{''.join(map(_reason, why_not))}</ul>")
    state = tag(given("tag"), given("tone") or "") if given("tag") else ""
    return f"<li><div>{''.join(parts)}</div>{state}</li>"


def _reason(reason: Refusal | Row) -> str:
    """A refusal, or its text and code."""
    row = reason if isinstance(reason, Mapping) else {"text": str(reason), "code": reason.code}
    text, code = row["text"], row["code"]
    word = safe(_("Code"))  # a catalogue finds no words inside an f-string
    said = f' <span class="code">{word} <bdi>{safe(code)}</bdi></span>' if code else ""
    return f"<li>{safe(text)}{said}</li>"


@register.simple_tag
def facts(rows: Iterable[Row]) -> SafeString:
    """components/facts.html"""
    return mark_safe(f'<dl class="facts">{"".join(map(_fact, rows))}</dl>')  # noqa: S308 each part is escaped


def _fact(row: Row) -> str:
    label, given = safe(row["label"]), row.get
    if given("withheld"):
        withheld = safe(_("Not shared with you"))
        said = f'<span class="soft">{withheld}</span>'
    elif values := given("values"):
        said = "".join(f"<div><bdi>{safe(moment(value))}</bdi></div>" for value in values)
    else:
        unknown = safe(_("Not known yet"))
        said = f'<span class="soft">{unknown}</span> '
    note, url = given("note"), given("url")
    noted = f'<div class="small soft">{safe(note)}</div>' if note else ""
    way = f'<a href="{safe(url)}">{safe(row["link"])}<span class="vh">: {label}</span></a>' if url else ""
    return f"<div><dt>{label}</dt><dd>{said}{noted}{way}</dd></div>"


@register.simple_tag
def timeline(rows: Iterable[Row]) -> SafeString:
    """components/timeline.html"""
    return mark_safe(  # noqa: S308 each part is escaped
        f'<ol class="timeline" reversed>{"".join(map(_happened, rows))}</ol>'
    )


def _happened(row: Row) -> str:
    given, title = row.get, safe(row["title"])
    where = "".join(f" · {safe(one)}" for one in (given("step"), given("who")) if one)
    struck = ' class="struck"' if given("struck") else ""
    state = " " + tag(_("Corrected later"), "") if struck else ""
    parts = [f'<p class="soft">{safe(moment(row["when"]))}{where}</p><p><b>{title}</b>{state}</p>']
    if by := given("struck_by"):
        parts.append(f'<p class="small">{safe(by)}</p>')
    parts += [f'<p class="soft">{safe(line)}</p>' for line in given("lines") or ()]
    if url := given("correct_url"):
        correct = safe(_("Correct this"))
        way = f'<a href="{safe(url)}">{correct}<span class="vh">: {title}</span></a>'
        parts.append(f'<p class="small noprint">{way}</p>')
    return f"<li{struck}>{''.join(parts)}</li>"
