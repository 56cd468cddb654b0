"""The page of the search: what was asked, what it can be narrowed to, and twenty-five hits at a time."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from people.access import allow
from people.roles import Permission
from reports.hits import PAGE
from reports.search import COUNTED, FURTHEST, KINDS
from reports.search import search as found_for
from reports.views.which import moment


@allow(Permission.READ_PLAN)
def search(request: HttpRequest) -> HttpResponse:
    """Whatever holds the words, of what the reader may see."""
    now, today = moment()
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    number = _number(request.GET.get("page", ""), last=FURTHEST // PAGE)
    deep = number * PAGE > COUNTED
    found = found_for(request.GET.get("q", ""), by=request.user, on=today, kind=kind, deep=deep)  # type: ignore[arg-type]
    number = min(number, max(1, -(-found.count // PAGE)))
    begins = (number - 1) * PAGE
    shown = {
        "found": found,
        "hits": found[begins : begins + PAGE],
        "kind": KINDS.get(kind),
        "ways": [(share, _address(found.words, kind=share.facet.value)) for share in found.shares],
        "everything": _address(found.words),
        "begins": begins,
        "previous": _address(found.words, kind=kind, page=number - 1) if number > 1 else "",
        "next": _address(found.words, kind=kind, page=number + 1) if begins + PAGE < found.count else "",
        "counted": COUNTED,
        "furthest": FURTHEST,
        "now": now,
    }
    return render(request, "reports/search.html", shown)


def _number(asked: str, *, last: int) -> int:
    """The page asked for, or the nearest that there is."""
    return min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _address(words: str, *, kind: str = "", page: int = 1) -> str:
    said = {"q": words, **({"kind": kind} if kind else {}), **({"page": page} if page > 1 else {})}
    return f"{reverse('search')}?{urlencode(said)}"
