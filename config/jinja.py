"""The Jinja2 environment that every page is drawn with: loaders, globals, and words for dates and numbers."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from json import dumps
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined
from jinja2.utils import missing

from people.days import days

LONDON = ZoneInfo("Europe/London")


class Unsaid(Undefined):
    """A name that no view gave: it may be asked about, never printed, for a blank is read as a fact.

    A key that a mapping lacks prints as nothing, because the design system's macros leave most of theirs out.
    """

    __slots__ = ()

    def _given_up(self) -> bool:
        return self._undefined_obj is missing or isinstance(self._undefined_obj, Mapping)

    def _refuse(self) -> NoReturn:
        self._fail_with_undefined_error()
        raise AssertionError("unreachable")

    def __str__(self) -> str:
        named_at_the_top = self._undefined_obj is missing and self._undefined_name is not None
        if named_at_the_top or not self._given_up():
            self._refuse()
        return ""

    def __html__(self) -> str:
        return str(self)


def environment(*, loader: BaseLoader, auto_reload: bool = False, **_django_choices: Any) -> Environment:
    env = Environment(
        loader=ChoiceLoader([loader, design_system()]),
        auto_reload=auto_reload,
        autoescape=True,
        undefined=Unsaid,
        extensions=["jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(static=static, url=address)
    env.filters.update(
        {
            word.__name__: word
            for word in (day, days, short_day, instant, iso, plural, percent, initials, thousands, json)
        }
    )
    return env


def design_system() -> PrefixLoader:
    return PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})


def address(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def day(when: date | None) -> str:
    """7 March 2026; an instant is read by the clock in London."""
    return f"{(here := in_london(when)).day} {here:%B %Y}" if when else ""


def short_day(when: date | None) -> str:
    """7 Mar 2026."""
    return f"{(here := in_london(when)).day} {here:%b %Y}" if when else ""


def instant(when: date | None) -> str:
    """7 March 2026 at 9:30 am; a date without a time is only its day."""
    if not isinstance(when, datetime):
        return day(when)
    here = in_london(when)
    if (here.hour, here.minute) == (0, 0):
        return f"the start of {day(here)}"  # of midnight nobody is sure which day it belongs to
    half = "am" if here.hour < 12 else "pm"
    clock = "midday" if (here.hour, here.minute) == (12, 0) else f"{here.hour % 12 or 12}:{here:%M} {half}"
    return f"{day(here)} at {clock}"


def iso(when: date | None) -> str:
    """What a machine reads in a time element."""
    return in_london(when).isoformat() if when else ""


def in_london(when: Any) -> Any:
    aware = isinstance(when, datetime) and when.tzinfo is not None
    return when.astimezone(LONDON) if aware else when


def plural(count: int, one: str, many: str = "") -> str:
    """1 action, 3 actions, 2 bodies ("body" | "bodies")."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def thousands(n: int) -> str:
    """1,200."""
    return f"{n:,}"


def percent(share: float | Decimal, places: int = 0) -> str:
    """0.425 is 43%: halves go up, as a reader expects, and not to the even number."""
    exact = (Decimal(str(share)) * 100).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{exact}%"


def json(said: Any) -> str:
    """As a script reads it, in an attribute."""
    return dumps(said, cls=DjangoJSONEncoder)


def initials(name: str) -> str:
    """AO for Amina Osei: the first and the last word speak for the rest."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in dict.fromkeys((words[:1] + words[-1:]) if words else []))
