"""Who may change a paper: a sentence that says why not, or nothing."""

from datetime import date

from people.models import Person
from people.roles import Permission, refusal
from reports.models import Paper


def edit_objection(person: Person, paper: Paper, *, on: date) -> str | None:
    """Why the person may not change the paper's words, or None if they may."""
    if not person.may(Permission.COMPOSE_PAPERS, on=on):
        return refusal(Permission.COMPOSE_PAPERS)
    return paper.change_objection()
