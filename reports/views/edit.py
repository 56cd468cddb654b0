"""Editing one section of a draft."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from improvement.models import Refused
from people.access import allow
from people.models import Person
from people.roles import Permission
from reports.editing import Behind, mark_of, passages_of, revise, seals_in
from reports.forms import SectionForm
from reports.models import Paper, Section
from reports.permissions import edit_objection
from reports.views.which import moment, section_or_404
from sources.models import Seal
from sources.openly import Quoted, said_openly

BEHIND = (
    "Somebody changed this section after you opened it, so nothing of yours has been saved yet. What you wrote is kept "
    "below: bring it together with what is saved now, and save again."
)


@allow(Permission.COMPOSE_PAPERS)
@require_http_methods(["GET", "POST"])
def edit_section(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """A box for each passage, and what becomes of it."""
    paper, section = section_or_404(reference, number)
    _, today = moment()
    if sentence := edit_objection(request.user, paper, on=today):  # type: ignore[arg-type]
        raise PermissionDenied(sentence)
    form, behind = _form(section, request), False
    if request.method == "POST" and form.is_valid():
        try:
            _save(section, form, by=request.user)  # type: ignore[arg-type]
            if not form.errors:
                return redirect(f"{reverse('paper', args=[reference])}#section-{number}")
        except (Behind, Refused) as why:
            behind = isinstance(why, Behind)
            form.add_error(None, BEHIND if behind else str(why))
        except Quoted as quoted:
            form.ask_why_openly(str(quoted))
    return _shown(request, paper, section, form, behind=behind)


def _form(section: Section, request: HttpRequest | None = None) -> SectionForm:
    passages = passages_of(section)
    given = request.POST if request and request.method == "POST" else None
    return SectionForm(given, passages=passages, opened=mark_of(passages), seals=_seals(section))


def _seals(section: Section) -> list[Seal]:
    """The seals that the editor knows of in the whole paper: words put in may draw on any of them."""
    return seals_in(section.paper)


def _save(section: Section, form: SectionForm, *, by: Person) -> None:
    now, _ = moment()
    with said_openly(form.why_openly):
        if form.claim(by=by, at=now):
            revise(section, words=form.words, added=form.added, opened=form.cleaned_data["opened"], by=by, at=now)


def _shown(request: HttpRequest, paper: Paper, section: Section, form: SectionForm, *, behind: bool) -> HttpResponse:
    shown = {"paper": paper, "section": section, "form": form, "now_saved": [], "tables": _tables(form)}
    if form.is_bound:
        current = _form(section)
        form.renew(opened=current.fields["opened"].initial)
        shown["now_saved"] = current.passages if behind else []
    status = 409 if behind or form.is_stopped else 400 if form.errors else 200
    return render(request, "reports/edit.html", shown, status=status)


def _tables(form: SectionForm) -> list[str]:
    return [p.table["caption"] for p in form.passages if p.table]
