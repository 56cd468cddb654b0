"""What is known of each action and of the council's standing."""

from monitoring.models.assessment import Assessment
from monitoring.models.digest import Digest, Due, Notice, take_time, take_turn
from monitoring.models.evidence import Climb, Evidence
from monitoring.models.exhibit import Exhibit, unreferenced
from monitoring.models.facts import known_of, our_calendar
from monitoring.models.legend import Legend
from monitoring.models.measure import Gauge, Measure, Reading
from monitoring.models.reminding import Reminding, RemindingLine, Unwanted
from monitoring.models.resource import Purchase, Resource, ResourceAction, ResourceLine, ResourceTheme
from monitoring.models.risk import Risk, RiskAction, RiskLine, RiskTheme
from monitoring.models.saved_view import SavedView
from monitoring.models.scheme import Overtaken, Scheme, SchemeLine
from monitoring.models.standing import FOREVER, Standing, Tally
from monitoring.models.unreached import Unreached
from monitoring.models.update import Blocker, Override, Update
from monitoring.models.visit import Instrument, Letter, Visit

__all__ = [
    "FOREVER",
    "Assessment",
    "Blocker",
    "Climb",
    "Digest",
    "Due",
    "Evidence",
    "Exhibit",
    "Gauge",
    "Instrument",
    "Legend",
    "Letter",
    "Measure",
    "Notice",
    "Override",
    "Overtaken",
    "Purchase",
    "Reading",
    "Reminding",
    "RemindingLine",
    "Resource",
    "ResourceAction",
    "ResourceLine",
    "ResourceTheme",
    "Risk",
    "RiskAction",
    "RiskLine",
    "RiskTheme",
    "SavedView",
    "Scheme",
    "SchemeLine",
    "Standing",
    "Tally",
    "Unreached",
    "Unwanted",
    "Update",
    "Visit",
    "known_of",
    "our_calendar",
    "take_time",
    "take_turn",
    "unreferenced",
]
