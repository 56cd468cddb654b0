"""What the API lets be said of an action, each deed in its own fields."""

from typing import Any

from rest_framework import serializers

from improvement.lifecycle import MOVES, Who
from improvement.models import Lead, Revision
from monitoring.lead_forms import NO_LEAD, WHICH_KIND
from monitoring.questions import MOST_WORDS
from monitoring.scheme import RATED_BY_HAND
from people.wanted import Choice, Day, Strict, Wanted, Whole, Words, YesNo


def _words(**more: Any) -> Words:
    return Words(max_length=MOST_WORDS, **more)


def _may_be_empty(most: int = MOST_WORDS, **more: Any) -> Words:
    return Words(required=False, default="", allow_blank=True, max_length=most, **more)


MOST_ROWS = 10_000
"""No action has more milestones or blockers."""


class MoveWanted(Wanted):
    """One move of the table, and why."""

    move = Choice(choices=[(move.key, move.label) for move in MOVES.values()])
    reason = Words(required=False, default="", allow_blank=True, max_length=MOST_WORDS)


class References(serializers.ListField):
    """References of findings; what is wrong with one of them is said of the whole list."""

    child = Words(max_length=12)

    def to_internal_value(self, data: Any) -> Any:
        """The references."""
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as wrong:
            if isinstance(wrong.detail, dict):
                raise serializers.ValidationError("Send the references of findings, each as text.") from wrong
            raise


class TiesWanted(Wanted):
    """Every finding that the action answers, by reference."""

    findings = References(max_length=200, help_text="Those left out are answered no longer.")


class UpdateWanted(Wanted):
    """What has changed or why nothing has, and perhaps a move."""

    words = Words(
        max_length=MOST_WORDS,
        error_messages=dict.fromkeys(
            ("required", "blank", "null"), "Write what has changed, or set no_change and say why nothing has."
        ),
    )
    no_change = YesNo(required=False, default=False)
    reached = serializers.ListField(
        child=Whole(min_value=1, max_value=MOST_ROWS), required=False, max_length=100,
        help_text="The numbers of the milestones that have been reached.",
    )  # fmt: skip
    move = Choice(
        required=False,
        choices=[(move.key, move.label) for move in MOVES.values() if move.made_by == Who.UPDATER],
        help_text="A move that the action’s updater may make; others are made at its moves.",
    )


class MilestoneWanted(Wanted):
    """A step on the way."""

    words = Words(max_length=300, help_text="What will have been done.")
    due_on = Day(help_text="No later than the action itself.")


class BlockerWanted(Wanted):
    """What the action waits for."""

    waiting_for = _words()
    from_whom = Words(max_length=200, help_text="A person, team or partner.")


class BlockerOverWanted(Wanted):
    """Which wait is over."""

    blocker = Whole(min_value=1, max_value=MOST_ROWS, help_text="The number of one of the action’s blockers.")


class MeetingNamed(Strict):
    """A meeting, as the list of meetings has it."""

    body = Words(max_length=50, help_text="The body’s slug.")
    held_on = Day()


class _AtMeeting(Wanted):
    meeting = MeetingNamed(
        required=False, default=None, allow_null=True, help_text="Where it was agreed, if at a meeting."
    )


class ExtensionWanted(Wanted):
    """A later date, asked of the theme lead."""

    to_on = Day()
    reason = Choice(choices=Revision.Reason.choices)
    words = _words(help_text="Why more time is needed. The board reads it.")


class RevisionWanted(ExtensionWanted, _AtMeeting):
    """Another due date, by whoever may agree to it."""


class ExtensionAnswerWanted(_AtMeeting):
    """Whether the date moves as it was asked."""

    agreed = YesNo()
    words = _may_be_empty(help_text="Needed if the date stays.")


class _Led(Wanted):
    lead = _may_be_empty(50, help_text="The slug of a lead that is known.")
    new_lead = _may_be_empty(160, help_text="Or the name of one that is not; then say its kind.")
    kind = Choice(choices=Lead.Kind.choices, required=False, default="", allow_blank=True)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """A new lead needs its kind."""
        if said["new_lead"] and not said["kind"]:
            raise serializers.ValidationError({"kind": [WHICH_KIND]})
        return said


class LeadWanted(_Led):
    """Who answers for the action, and who updates it. What is left out stays as it is."""

    updaters = serializers.ListField(
        child=Words(max_length=254), required=False, max_length=100,
        help_text="The e-mail addresses of all who update it beside its lead.",
    )  # fmt: skip
    reason = _may_be_empty(help_text="Kept in its history.")


class WordsWanted(Wanted):
    """An action put otherwise; the former words stay in its history."""

    title = Words(max_length=200)
    words = _words(help_text="What will be done.")
    success = _words(allow_blank=True, help_text="How anyone will know that it helped.")
    reason = _words(help_text="Why it is put otherwise.")


class ActionWanted(_Led):
    """An action that is not in the plan yet. It is given the next number of its theme."""

    theme = Words(max_length=50, help_text="The theme’s slug.")
    title = Words(max_length=200)
    words = _words(help_text="What will be done.")
    success = _words(help_text="How anyone will know that it helped.")
    starts_on = Day()
    due_on = Day()
    findings = References(required=False, default=list, max_length=200, help_text="References of what it answers.")

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Somebody has to lead it."""
        if not said["lead"] and not said["new_lead"]:
            raise serializers.ValidationError({"lead": [NO_LEAD]})
        return super().validate(said)


class OverrideWanted(Wanted):
    """A rating in place of the rule's, for a while."""

    delivery = Choice(choices=[(rating.value, rating.value) for rating in RATED_BY_HAND])
    until_on = Day(help_text="On the day after, the rule speaks again.")
    reason = _words(help_text="Why the rule does not fit. The board reads it beside the rating.")


class OverrideOverWanted(Wanted):
    """Why the rule rates it again."""

    reason = _words()
