"""What was found, what was promised, and where each promise stands in its life."""

from improvement.models.action import Action, ActionLine, Answer, Milestone, Refused, Updater
from improvement.models.extension import Extension
from improvement.models.inspection import DayRange, Finding, Inspection, Judgement
from improvement.models.plan import BankHoliday, Lead, Plan, Theme
from improvement.models.revision import Revision

__all__ = [
    "Action",
    "ActionLine",
    "Answer",
    "BankHoliday",
    "DayRange",
    "Extension",
    "Finding",
    "Inspection",
    "Judgement",
    "Lead",
    "Milestone",
    "Plan",
    "Refused",
    "Revision",
    "Theme",
    "Updater",
]
