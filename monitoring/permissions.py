"""Who may do what with an action, a letter, a risk or a resource (R16): a sentence that says why not, or nothing."""

from collections.abc import Iterable
from datetime import date

from improvement.lifecycle import Move, Who, open_moves
from improvement.models import Action, Theme
from improvement.permissions import theme_objection
from monitoring import ladder
from monitoring.ladder import Rung
from monitoring.models import Letter
from monitoring.rungs import leads_or_updates
from people.models import Person
from people.roles import Permission, out_of_reach, refusal

MOVING_A_DATE = "Moving a due date"
HANDING_OVER = "Handing an action over"
SETTING_ASIDE = "Setting a rating aside"
LETTING_THE_RULE_RATE = "Letting the rule rate an action again"
ANSWERING_A_REQUEST = "Answering a request for a later date"
ADDING = "Adding an action"
AMENDING = "Amending an action"
TYING = "Saying what an action answers"


def update_objection(person: Person, action: Action, *, on: date) -> str | None:
    """Why the person may not give this action an update, or None if they may."""
    if person.may(Permission.UPDATE_THEME, on=on, scope=action.theme.scope):
        return None
    if not person.may(Permission.UPDATE_OWN, on=on):
        return refusal(Permission.UPDATE_OWN)
    if not leads_or_updates(person, action):
        return (
            f"You neither lead action {action.number} nor update it, so you cannot give its update. "
            f"Tell its lead, {action.lead}, what you know."
        )
    if not person.may(Permission.UPDATE_OWN, on=on, scope=action.theme.scope):
        return out_of_reach(f"the theme “{action.theme.title}”")
    return None


def move_objection(person: Person, action: Action, move: Move, *, on: date) -> str | None:
    """Why this move is not the person's to make, whatever the table of moves says of it, or None if it is."""
    if move.made_by == Who.THEME_LEAD:
        if person.may(Permission.STEER_THEME, on=on, scope=action.theme.scope):
            return None
        return f"“{move.label}” is for the lead of the theme “{action.theme.title}” or a director. Ask one."
    if leads_or_updates(person, action):
        return update_objection(person, action, on=on)
    return f"“{move.label}” is for {Who(move.made_by).label}. Ask its lead, {action.lead}."


def moves_of(person: Person, action: Action, *, on: date) -> tuple[Move, ...]:
    """The moves that leave the action's status and are the person's to make, in the order of the table."""
    return tuple(m for m in open_moves(action.status) if move_objection(person, action, m, on=on) is None)


def letter_objection(person: Person, letter: Letter, *, on: date) -> str | None:
    """Why the person may not say how far a letter that they see has come, or None if they may.

    Who sees what is under seal is cleared on it.
    """
    if not letter.seal.is_open or person.may(Permission.RECEIVE_DOCUMENTS, on=on):
        return None
    return refusal(Permission.RECEIVE_DOCUMENTS)


def steer_objection(person: Person, action: Action, *, deed: str, on: date) -> str | None:
    """Why a deed that is the theme lead's is not the person's to do, or None if it is (R16)."""
    return theme_objection(person, action.theme, deed=deed, on=on)


def rung_objection(person: Person, action: Action, rung: str, *, current: str, on: date) -> str | None:
    """Why this rung is not the person's to record, or None if it is (R8).

    Those who update put evidence forward, and may admit that it no longer holds; that it is enough, others judge.
    """
    if ladder.made_by(Rung(current), Rung(rung)) == ladder.Who.UPDATER:
        return update_objection(person, action, on=on)
    deed = f"“{Rung(rung).label}”"
    if sentence := steer_objection(person, action, deed=deed, on=on):
        return sentence
    if leads_or_updates(person, action):
        return f"You lead or update this action, so {deed} is for a theme lead or director who does neither. Ask one."
    return None


def rungs_of(person: Person, action: Action, *, current: str, on: date) -> tuple[Rung, ...]:
    """The next rung and those below, as far as they are the person's to record."""
    offered = ladder.offered_from(Rung(current))
    return tuple(r for r in offered if rung_objection(person, action, r, current=current, on=on) is None)


def tied_objection(person: Person, themes: Iterable[Theme], *, deed: str, on: date) -> str | None:
    """Why a deed on a risk or a resource is not the person's to do, or None if it is.

    The lead of any one of its themes may do it: whoever sees it grow must be able to say so, and its history says who.
    """
    if any(person.may(Permission.STEER_THEME, on=on, scope=theme.scope) for theme in themes):
        return None
    return f"{deed} is for the lead of one of its themes or a director. Ask one."
