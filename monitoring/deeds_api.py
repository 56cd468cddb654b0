"""What else is done to an action by the API, each by the page's own deed: its steps, waits, dates, lead and rating."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_200_OK

from improvement.models import Action, Refused
from monitoring import deeds_shapes as asked
from monitoring import line_shapes, progress
from monitoring.named import blocker_numbered, lead_named, meeting_named, people_named
from monitoring.one_action import CHANGED, DONE, SETTLED, Objection, OneAction
from monitoring.permissions import (
    AMENDING,
    ANSWERING_A_REQUEST,
    HANDING_OVER,
    LETTING_THE_RULE_RATE,
    MOVING_A_DATE,
    SETTING_ASIDE,
    steer_objection,
    update_objection,
)
from people.wanted import Wanted


def _steers(deed: str) -> Objection:
    return partial(steer_objection, deed=deed)


def changes(
    wanted: type[Wanted], *, method: Literal["post", "put"] = "post", path: str | None = None
) -> Callable[[Any], Any]:
    """A route by which an action is changed: all of it, once, on the version that was read."""

    def to(view: Any) -> Any:
        answers = DONE if method == "post" else SETTLED
        told = extend_schema(request=wanted, responses=answers, parameters=CHANGED)
        return told(route(detail=True, methods=[method], url_path=path or view.__name__)(transaction.atomic(view)))

    return to


class Deeds(OneAction):
    """What is done to one action."""

    @changes(asked.MilestoneWanted)
    def milestones(self, request: Request, number: str) -> Response:
        """Add a step on the way; an update says that one has been reached."""
        return self._change(number, asked.MilestoneWanted, progress.plan_step, unless=update_objection)

    @changes(asked.BlockerWanted)
    def blockers(self, request: Request, number: str) -> Response:
        """Say what the action waits for."""
        return self._change(number, asked.BlockerWanted, progress.block, unless=update_objection)

    @changes(asked.BlockerOverWanted, path="blockers/over")
    def blocker_over(self, request: Request, number: str) -> Response:
        """Say that a wait is over."""

        def unblock(action: Action, *, blocker: int, **told: Any) -> None:
            progress.unblock(blocker_numbered(blocker, action), **told)

        return self._change(number, asked.BlockerOverWanted, unblock, unless=update_objection)

    @extend_schema(responses=line_shapes.RevisionShape(many=True))
    @route(detail=True)
    def revisions(self, request: Request, number: str) -> Response:
        """Every move of the action's due date, the latest first."""
        moved = self._action(number).revisions.select_related("by", "meeting__body").order_by("-at", "-id")
        return self._page(moved, shape=line_shapes.RevisionShape)

    @extend_schema(request=asked.RevisionWanted, responses=DONE, parameters=CHANGED)
    @revisions.mapping.post
    @transaction.atomic
    def revise(self, request: Request, number: str) -> Response:
        """Move the due date, with its reason and perhaps the meeting where it was agreed."""
        return self._change(
            number, asked.RevisionWanted, self._at_meeting(progress.revise), unless=_steers(MOVING_A_DATE)
        )

    @changes(asked.ExtensionWanted, path="extensions")
    def ask_extension(self, request: Request, number: str) -> Response:
        """Ask the theme lead for a later date; until it is agreed, the date stays."""
        return self._change(number, asked.ExtensionWanted, progress.ask_extension, unless=update_objection)

    @changes(asked.ExtensionAnswerWanted, path="extensions/answer")
    def answer_extension(self, request: Request, number: str) -> Response:
        """Agree to the later date that was asked for, or decline it."""

        def answer(action: Action, *, agreed: bool, **told: Any) -> None:
            waiting = action.extensions.waiting().select_related("asked_by").first()
            if waiting is None:
                raise Refused("Nobody is waiting for an answer: no later date has been asked for.")
            progress.answer_extension(waiting, agreed="yes" if agreed else "no", **told)

        deed = self._at_meeting(answer)
        return self._change(number, asked.ExtensionAnswerWanted, deed, unless=_steers(ANSWERING_A_REQUEST))

    @changes(asked.LeadWanted, method="put")
    def lead(self, request: Request, number: str) -> Response:
        """Say who leads the action, and who updates it beside its lead."""

        def hand_over(action: Action, *, reason: str, updaters: list[str] | None = None, **said: Any) -> None:
            told = {"reason": reason, "by": said.pop("by"), "at": said.pop("at")}
            lead = lead_named(said) if said["lead"] or said["new_lead"] else action.lead
            people = [each.person for each in action.updaters.select_related("person")]
            if updaters is not None:
                people = people_named(updaters, on=self.today)
            progress.hand_over(action, lead=lead, updaters=people, **told)

        return self._change(number, asked.LeadWanted, hand_over, unless=_steers(HANDING_OVER), code=HTTP_200_OK)

    @changes(asked.WordsWanted, method="put", path="words")
    def amend(self, request: Request, number: str) -> Response:
        """Put the action's title, words or success otherwise."""
        return self._change(number, asked.WordsWanted, Action.amend, unless=_steers(AMENDING), code=HTTP_200_OK)

    @changes(asked.OverrideWanted)
    def overrides(self, request: Request, number: str) -> Response:
        """Set the rule's rating aside for a while."""
        return self._change(number, asked.OverrideWanted, progress.override, unless=_steers(SETTING_ASIDE))

    @changes(asked.OverrideOverWanted, path="overrides/over")
    def override_over(self, request: Request, number: str) -> Response:
        """Let the rule rate the action again, before the day agreed."""
        deed = progress.end_override
        return self._change(number, asked.OverrideOverWanted, deed, unless=_steers(LETTING_THE_RULE_RATE))

    def _at_meeting(self, deed: Callable[..., Any]) -> Callable[..., Any]:
        """The deed, told of the meeting itself."""

        def told_where(action: Action, *, meeting: dict[str, Any] | None, **told: Any) -> None:
            deed(action, meeting=meeting_named(meeting, on=self.today), **told)

        return told_where
