"""By which words the API narrows and orders a list of actions: those of the page, as JSON says them."""

from typing import Any

from django_filters import ChoiceFilter
from drf_spectacular.utils import extend_schema_field

from monitoring.filters import DayFilter, StandingFilter
from monitoring.position import RATINGS

ON = {"type": "string", "format": "date", "description": "A day since the plan was adopted; left out, it is today."}
DELIVERY = {"type": "string", "enum": list(RATINGS), "description": "Delivery rating; “none” is a withdrawn action’s."}
SAID = (("true", "true"), ("false", "false"))


class ActionWords(StandingFilter):
    """The words of the page, with JSON's own words for yes and no."""

    on = extend_schema_field(ON)(DayFilter(label="The day to show"))
    delivery = extend_schema_field(DELIVERY)(ChoiceFilter(method="rated"))
    late = ChoiceFilter(label="Overdue", choices=SAID, method="so")
    stale = ChoiceFilter(label="Without a recent update", choices=SAID, method="so")
    mine = ChoiceFilter(label="Those that you lead or update", choices=SAID[:1], method="ours")

    def so(self, found: Any, name: str, value: str) -> Any:
        """By what is so, or is not."""
        return self.said(found, name, "yes" if value == "true" else "no")
