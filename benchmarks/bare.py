"""The bare views: the same rows and fields by hand-written SQL, in the same stamped transaction and the same base page.

They show what the work costs when nothing is done but the work: no model, no form, no component, no filter panel.
Nothing here is part of the product; it is the yardstick that the product is held against.
"""

from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe

from benchmarks import statements
from improvement.lifecycle import Status
from monitoring.models import our_calendar
from monitoring.rating import Facts, Milestone, spans
from monitoring.scheme import Scheme
from people.access import allow
from people.days import day_of
from people.roles import Permission

FOREVER = date.max


@allow(Permission.READ_PLAN)
def actions(request: HttpRequest) -> HttpResponse:
    """A page of the list: 25 rows, how many there are, and the days late."""
    today = day_of(timezone.now())
    asked = _asked(request, on=today)
    [(count,)] = _read(statements.COUNT, asked)
    [(holidays,)] = _read(statements.HOLIDAYS, {"on": today})
    printed = [_row(*row, on=today, holidays=holidays) for row in _read(statements.LIST, asked)]
    heads = "".join(f"<th>{word}</th>" for word in ("Action", "Delivery", "Impact", "Status", "Due"))
    return _page(request, "Actions", f"<p>{count} actions</p><table><tr>{heads}</tr>{''.join(printed)}</table>")


def _row(
    number: str, title: str, theme_number: int, theme: str, lead: str, status: str, delivery: str, because: str,
    rung: str, due_on: date, first_due_on: date, late: bool, stale: bool, terms: dict[str, Any] | None,
    *, on: date, holidays: list[date],
) -> str:  # fmt: skip
    note = f"Overdue by {_working_days(due_on, on, holidays)} working days" if late else ""
    was = f"Originally {first_due_on:%d %b %Y}" if first_due_on != due_on else ""
    return (
        f'<tr><th scope="row"><a href="/actions/{number}/">{number} {escape(title)}</a>'
        f"<span>{theme_number}. {escape(theme)}, {escape(lead)}</span><span>{escape(because)}</span></th>"
        f"<td>{delivery}</td><td>{rung}</td><td>{status}</td><td>{due_on:%d %b %Y} {note} {was} {terms or ''}</td></tr>"
    )


def _working_days(after: date, until: date, holidays: list[date]) -> int:
    weeks, rest = divmod((until - after).days, 7)
    days = weeks * 5 + sum((after + timedelta(n)).weekday() < 5 for n in range(1, rest + 1))
    return days - sum(after < day for day in holidays)


@allow(Permission.UPDATE_OWN)
def my_actions(request: HttpRequest) -> HttpResponse:
    """What the officer leads or updates, the most pressing first, each with its last words and what it waits for."""
    today = day_of(timezone.now())
    [(holidays,)] = _read(statements.HOLIDAYS, {"on": today})
    found = _read(statements.MINE, {"on": today, "by": request.user.pk})
    printed = "".join(_mine(*row, on=today, holidays=holidays) for row in found)
    return _page(request, "My actions", f"<p>{len(found)} actions</p><ol>{printed}</ol>")


def _mine(
    number: str, title: str, theme: str, status: str, delivery: str, because: str, advice: str, due_on: date,
    first_due_on: date, late: bool, stale: bool, words: str | None, at: datetime | None, by: str | None,
    waits_for: str | None, *, on: date, holidays: list[date],
) -> str:  # fmt: skip
    note = f"Overdue by {_working_days(due_on, on, holidays)} working days" if late else "Stale" if stale else ""
    was = f"Originally {first_due_on:%d %b %Y}" if first_due_on != due_on else ""
    said = f"{escape((words or '')[:220])} {escape(by or '')} {at:%d %b %Y}" if at else ""
    return (
        f"<li><h3>{number} {escape(title)}</h3><p>{escape(theme)}</p><p>{delivery} {escape(because)} {escape(advice)}"
        f"</p><p>{said}</p><p>{status} {due_on:%d %b %Y} {note} {was} {escape(waits_for or '')}</p>"
        f'<a href="/actions/{number}/update/">Update</a></li>'
    )


@allow(Permission.READ_PLAN)
def action(request: HttpRequest, number: str) -> HttpResponse:
    """One action with all that is known of it, gathered by the database in one statement."""
    [(found,)] = _read(statements.ACTION, {"number": number, "on": day_of(timezone.now())})
    parts = [f"<h2>{escape(name)}</h2>{_shown(value)}" for name, value in found.items()]
    return _page(request, f"Action {number}", "".join(parts))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "<ul>" + "".join(f"<li>{_shown(item)}</li>" for item in value) + "</ul>"
    if isinstance(value, dict):
        return " ".join(f"<span>{escape(str(words))}</span>" for words in value.values())
    return f"<p>{escape(str(value))}</p>"


@allow(Permission.UPDATE_OWN)
def update(request: HttpRequest, number: str) -> HttpResponse:
    """An update: the same rows written by hand, rated by the same rule; a form sent twice is done once."""
    now = timezone.now()
    on = day_of(now)
    asked: dict[str, Any] = {"number": number, "now": now, "on": on, "by": request.user.pk, **request.POST.dict()}
    with connection.cursor() as cursor:
        cursor.execute(statements.HELD, asked)
        pk, theme, place, version, status, starts_on, due_on, blocked, rung, steps, override = cursor.fetchone()
        cursor.execute(statements.ONCE, asked)
        if cursor.rowcount and version == int(request.POST["version"]) and override is None:
            asked |= {
                "place": place,
                "action": pk,
                "theme": theme,
                "rung": rung or "none",
                "due_on": due_on,
                "status": status,
            }
            cursor.execute(statements.UPDATE, asked)
            facts = _facts(status, starts_on=starts_on, due_on=due_on, blocked=blocked, steps=steps, on=on)
            cursor.execute(statements.STAND, asked | _foretold(facts, on=on))
    request.session["saved"] = number
    return redirect("action", number=number)


def _facts(status: str, *, starts_on: date, due_on: date, blocked: bool, steps: list[list[str]], on: date) -> Facts:
    return Facts(
        status=Status(status),
        starts_on=starts_on,
        due_on=due_on,
        last_word_on=on,
        blocked=blocked,
        milestones=tuple(Milestone(*(day and date.fromisoformat(day) for day in step)) for step in steps),  # type: ignore[arg-type]
    )


def _foretold(facts: Facts, *, on: date) -> dict[str, list[Any]]:
    ahead = spans(facts, since=on, scheme=Scheme(), calendar=our_calendar())
    return {
        "from_on": [span.from_on for span in ahead],
        "to_on": [span.to_on or FOREVER for span in ahead],
        "delivery": [span.rating.delivery or "" for span in ahead],
        "because": [span.rating.because for span in ahead],
        "advice": [span.rating.advice for span in ahead],
        "late": [span.rating.late for span in ahead],
        "stale": [span.rating.stale for span in ahead],
    }


@allow(Permission.READ_DASHBOARD)
def dashboard(request: HttpRequest) -> HttpResponse:
    """A day's counts by theme, and their trend of two years, as plain tables."""
    on = date.fromisoformat(request.GET["on"])
    first = (on.replace(day=1) - timedelta(days=31 * 22 + 15)).replace(day=1)
    themes = _read(statements.THEMES)
    [(asked, answered)] = _read(statements.COVERAGE)
    words = {"on": on, "first": first, "month": on.replace(day=1)}
    by_theme: dict[Any, dict[str, int]] = {}
    by_month: dict[Any, dict[str, int]] = {}
    for theme, month, facet, value, n in _read(statements.COUNTS, words):
        of = by_month.setdefault(month, {}) if theme is None else by_theme.setdefault(theme, {})
        of[f"{facet}={value}"] = int(n)
    rows = [_figures(title, by_theme.get(pk, {}), on=on) for pk, title in themes]
    sums: dict[str, int] = {}
    for month in sorted(by_month):
        sums = {key: sums.get(key, 0) + by_month[month].get(key, 0) for key in {**sums, **by_month[month]}}
        rows.append(_figures(f"{month:%B %Y}", sums, on=on))
    body = f"<table>{''.join(rows)}</table><p>{answered} of {asked} findings are answered.</p>"
    return _page(request, f"Where the plan stood on {on:%d %B %Y}", body)


def _figures(title: str, counts: dict[str, int], *, on: date) -> str:
    cells = (f'<td><a href="/actions/?on={on}&amp;{key}">{counts[key]}</a></td>' for key in sorted(counts))
    return f'<tr><th scope="row">{escape(title)}</th>{"".join(cells)}</tr>'


@allow(Permission.READ_PLAN)
def api_actions(request: HttpRequest) -> HttpResponse:
    """A page of the list as JSON with the API's own fields."""
    today = day_of(timezone.now())
    asked = _asked(request, on=today)
    [(count,)] = _read(statements.COUNT, asked)
    results = [_fields(*row) for row in _read(statements.API_LIST, asked)]
    return JsonResponse({"count": min(count, 1000), "counted_in_full": count <= 1000, "results": results})


def _fields(
    number: str, title: str, starts_on: date, first_due_on: date, lead: str, lead_name: str, theme: str,
    theme_name: str, status: str, delivery: str, because: str, rung: str, due_on: date, late: bool, stale: bool,
    terms: dict[str, Any] | None,
) -> dict[str, Any]:  # fmt: skip
    here = f"/api/actions/{number}/"
    below = {
        name: f"{here}{name}/"
        for name in ("updates", "moves", "evidence", "climbs", "revisions", "history", "findings")
    }
    return {
        "number": number,
        "title": title,
        "theme": {"slug": theme, "name": theme_name},
        "lead": {"slug": lead, "name": lead_name},
        "status": status,
        "delivery": {"rating": delivery or "none", "because": because},
        "rung": rung,
        "late": late,
        "stale": stale,
        "starts_on": starts_on,
        "due_on": due_on,
        "first_due_on": first_due_on,
        "terms": terms,
        "links": {"self": here, **below, "page": f"/actions/{number}/"},
    }


def _asked(request: HttpRequest, *, on: date) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(statements.THEME, [request.GET["theme"]])
        (theme,) = cursor.fetchone()
    return {"on": on, "theme": theme, "status": request.GET["status"]}


def _page(request: HttpRequest, heading: str, body: str) -> HttpResponse:
    return render(request, "bare.html", {"heading": heading, "body": mark_safe(body)})


def _read(statement: str, words: dict[str, Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, words or {})
        return list(cursor.fetchall())
