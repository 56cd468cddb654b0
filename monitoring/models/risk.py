"""What could go wrong with the plan: a risk, what it bears upon, and the verbs that change it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from improvement.models import Action, Lead, Plan, Refused, Theme
from improvement.timing import written
from monitoring.models.tie import ActionTie, ThemeTie, Tied, seal_among
from monitoring.risks import assessment_objection, said, score
from people.constraints import Chained
from people.days import day_of
from people.models import Person
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models import Line
from sources.reads import SealedQuerySet


class RiskQuerySet(SealedQuerySet["Risk"]):
    """Words for picking risks."""

    def of(self, plan: Plan | None) -> "RiskQuerySet":
        """A plan's."""
        return self.filter(plan=plan)


class Risk(Tied):
    """Something that may happen, in three parts: because of a cause, an event, with an effect on children."""

    cause = models.TextField()
    event = models.TextField()
    effect = models.TextField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    """None while it is open. Whether it was open on a former day its history says."""
    themes = models.ManyToManyField(Theme, through="RiskTheme", related_name="risks")
    actions = models.ManyToManyField(Action, through="RiskAction", related_name="risks")

    objects = RiskQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("opened_on", "id")
        constraints = (
            Guarded(name="risk_guarded"),
            Stays(name="risk_stays"),
            Watched(name="risk_watched", columns=("title", "cause", "event", "effect")),
            Parent(name="risk_seal"),
        )

    @classmethod
    @transaction.atomic(savepoint=False)
    def enter(
        cls, plan: Plan, *, title: str, cause: str, event: str, effect: str, lead: Lead, themes: Sequence[Theme],
        actions: Sequence[Action], by: Person | None, at: datetime, **judged: Any,
    ) -> "Risk":  # fmt: skip
        """Raise a risk with its first assessment. Raises Refused with the sentence of either."""
        risk = cls.objects.create(
            plan=plan, seal_id=seal_among(actions), title=title, cause=cause, event=event, effect=effect, lead=lead,
            opened_on=day_of(at),
        )  # fmt: skip
        risk.tie_to(themes, actions)
        assessed = risk.judge(by=by, at=at, **judged)
        risk.record(verb="raise", says=f"raised it, scored {said(assessed.score, before=None)}", by=by, at=at)
        return risk

    @transaction.atomic(savepoint=False)
    def assess(self, *, by: Person | None, at: datetime, **judged: Any) -> Any:
        """Judge it anew, with what is done about it as that now stands. Raises Refused with the rule's sentence."""
        if self.closed_on:
            raise Refused(f"This risk was closed on {written(self.closed_on)}. Reopen it first.")
        assessed = self.judge(by=by, at=at, **judged)
        says = f"assessed it at {said(assessed.score, before=assessed.was)}"
        self.record(verb="assess", says=says, by=by, at=at, reason=assessed.words)
        return assessed

    def close(self, *, reason: str, by: Person | None, at: datetime) -> None:
        """Take it off the register. Raises Refused where it is off already, or without a reason."""
        if self.closed_on:
            raise Refused(f"This risk was closed on {written(self.closed_on)} already.")
        if not reason.strip():
            raise Refused("Say why it is closed: because it has passed, or because it has happened.")
        self.record(verb="close", says="closed it", by=by, at=at, reason=reason, closed_on=day_of(at))

    def reopen(self, *, reason: str, by: Person | None, at: datetime) -> None:
        """Put it on the register again. Raises Refused where it is on it, or without a reason."""
        if not self.closed_on:
            raise Refused("This risk is open already.")
        if not reason.strip():
            raise Refused("Say why it is open again.")
        self.record(verb="reopen", says="reopened it", by=by, at=at, reason=reason, closed_on=None)

    def judge(
        self, *, likelihood: int, impact: int, mitigation: str, review_on: date, by: Person | None, at: datetime,
        words: str = "", target: int | None = None,
    ) -> Any:  # fmt: skip
        """Add a judgement, without its line. Raises Refused with the rule's sentence."""
        if sentence := assessment_objection(
            likelihood=likelihood, impact=impact, mitigation=mitigation, review_on=review_on, on=day_of(at),
            target=target,
        ):  # fmt: skip
            raise Refused(sentence)
        former = self.assessments.first()
        return self.assessments.create(
            seal_id=self.seal_id, likelihood=likelihood, impact=impact, score=score(likelihood, impact),
            was=former.score if former else None, target=target, mitigation=mitigation, review_on=review_on,
            words=words, assessed_on=day_of(at), by=by, at=at,
        )  # fmt: skip


class RiskTheme(ThemeTie):
    """That a risk bears upon a theme."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="theme_ties")

    class Meta:
        ordering = ("theme__number",)
        constraints = (
            Guarded(name="risktheme_guarded"),
            Stays(name="risktheme_stays"),
            Follows(name="risktheme_follows", parent="monitoring_risk", column="risk_id"),
            models.UniqueConstraint(fields=("risk", "theme"), name="risk_theme_once"),
        )


class RiskAction(ActionTie):
    """That a risk bears upon an action."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="action_ties")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="risk_ties")

    class Meta:
        constraints = (
            Guarded(name="riskaction_guarded", columns=("seal_id", "action_seal_id")),
            Stays(name="riskaction_stays", columns=("seal_id", "action_seal_id")),
            Follows(name="riskaction_follows_risk", parent="monitoring_risk", column="risk_id"),
            Follows(
                name="riskaction_follows_action", parent="improvement_action", column="action_id",
                seal="action_seal_id",
            ),
            models.UniqueConstraint(fields=("risk", "action"), name="risk_action_once"),
        )  # fmt: skip


class RiskLine(Line):
    """A line of a risk's history."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="lines")

    class Meta(Line.Meta):
        constraints = (
            Guarded(name="riskline_guarded", append_only=True),
            Chained(name="riskline_chained", without=("seal_id",)),
            Watched(name="riskline_watched", columns=("reason",)),
            Follows(name="riskline_follows", parent="monitoring_risk", column="risk_id"),
        )
        indexes = (models.Index(fields=("risk", "at")),)
