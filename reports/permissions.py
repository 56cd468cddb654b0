"""Who may compose a paper and change its words: a sentence that says why not, or nothing."""

from datetime import date

from people.models import Body, Person
from people.roles import EVERYWHERE, Permission, out_of_reach, refusal
from reports.models import Paper


def compose_objection(person: Person, body: Body | None, *, on: date) -> str | None:
    """Why the person may not compose papers of the body, or None if they may."""
    if not person.may(Permission.COMPOSE_PAPERS, on=on):
        return refusal(Permission.COMPOSE_PAPERS)
    if not person.may(Permission.COMPOSE_PAPERS, on=on, scope=body.scope if body else EVERYWHERE):
        return out_of_reach(f"the papers of the body “{body}”" if body else "papers that go to no body")
    return None


def edit_objection(person: Person, paper: Paper, *, on: date) -> str | None:
    """Why the person may not change the paper's words, or None if they may."""
    return compose_objection(person, paper.body, on=on) or paper.change_objection()
