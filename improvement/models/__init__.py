"""What was found, what was promised, and where each promise stands in its life."""

from improvement.models.action import Action, ActionLine, Milestone, Updater, keys_of
from improvement.models.answer import Answer
from improvement.models.extension import Extension
from improvement.models.finding import Finding, FindingLine
from improvement.models.inspection import DayRange, Inspection, Judgement
from improvement.models.plan import BankHoliday, Lead, Plan, Theme
from improvement.models.refused import Refused
from improvement.models.response import Response
from improvement.models.revision import Revision

__all__ = [
    "Action",
    "ActionLine",
    "Answer",
    "BankHoliday",
    "DayRange",
    "Extension",
    "Finding",
    "FindingLine",
    "Inspection",
    "Judgement",
    "Lead",
    "Milestone",
    "Plan",
    "Refused",
    "Response",
    "Revision",
    "Theme",
    "Updater",
    "keys_of",
]
