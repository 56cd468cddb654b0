"""Who may say what of a theme's findings and actions (R16): a sentence that says why not, or nothing."""

from datetime import date

from improvement.models import Theme
from people.models import Person
from people.roles import Permission


def theme_objection(person: Person, theme: Theme, *, deed: str, on: date) -> str | None:
    """Why a deed that is the theme lead's is not the person's to do, or None if it is."""
    if person.may(Permission.STEER_THEME, on=on, scope=theme.scope):
        return None
    return f"{deed} is for the lead of the theme “{theme.title}” or a director. Ask one."


def steers(person: Person, themes: "list[Theme]", *, on: date) -> list[Theme]:
    """Of some themes, those that the person leads, or directs."""
    return [theme for theme in themes if theme_objection(person, theme, deed="", on=on) is None]
