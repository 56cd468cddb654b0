"""What the API says of actions, and what it lets be said: named fields, numbers and references, and never a key."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from improvement.lifecycle import MOVES, Status, Who
from improvement.models import Action, ActionLine, Milestone
from monitoring.ladder import Rung
from monitoring.ladder_shapes import EvidenceShape
from monitoring.models import Blocker, Update
from monitoring.position import RATINGS
from monitoring.questions import MOST_WORDS
from monitoring.scheme import UNRATED
from people.collection import Wanted, Words, YesNo
from sources.models import Seal

COLUMNS = (
    "action__number", "action__title", "action__starts_on", "action__first_due_on", "action__lead__slug",
    "action__lead__name", "theme__slug", "theme__title", "status", "delivery", "because", "rung", "due_on", "late",
    "stale", "seal_id",
)  # fmt: skip
"""Of a standing: what an action's shape is made of."""


class NamedShape(serializers.Serializer[Any]):
    """A theme or a lead by its slug."""

    slug = serializers.CharField()
    name = serializers.CharField()


class DeliveryShape(serializers.Serializer[Any]):
    """How an action is going, by the published rule or a named person's override, and why."""

    rating = serializers.ChoiceField(choices=RATINGS)
    because = serializers.CharField()


class TermsShape(serializers.Serializer[Any]):
    """The seal that a record stands under, for those who may see it at all."""

    kind = serializers.ChoiceField(choices=Seal.Kind.choices)
    until = serializers.DateTimeField(allow_null=True)


class LinksShape(serializers.Serializer[Any]):
    """Where to go from an action."""

    self = serializers.CharField()
    updates = serializers.CharField()
    moves = serializers.CharField()
    evidence = serializers.CharField()
    climbs = serializers.CharField()
    history = serializers.CharField()
    findings = serializers.CharField()
    page = serializers.CharField()


class ActionShape(serializers.Serializer[Any]):
    """An action as it stood on the day asked about."""

    number = serializers.CharField(source="action__number")
    title = serializers.CharField(source="action__title")
    theme = serializers.SerializerMethodField()
    lead = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=Status.choices)
    delivery = serializers.SerializerMethodField()
    rung = serializers.ChoiceField(choices=Rung.choices)
    late = serializers.BooleanField()
    stale = serializers.BooleanField()
    starts_on = serializers.DateField(source="action__starts_on")
    due_on = serializers.DateField()
    first_due_on = serializers.DateField(source="action__first_due_on")
    terms = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()

    @extend_schema_field(NamedShape)
    def get_theme(self, row: dict[str, Any]) -> dict[str, str]:
        """The theme's slug and title."""
        return {"slug": row["theme__slug"], "name": row["theme__title"]}

    @extend_schema_field(NamedShape)
    def get_lead(self, row: dict[str, Any]) -> dict[str, str]:
        """The post, team or partner answerable."""
        return {"slug": row["action__lead__slug"], "name": row["action__lead__name"]}

    @extend_schema_field(DeliveryShape)
    def get_delivery(self, row: dict[str, Any]) -> dict[str, str]:
        """The rating as it can be asked for: “none” for a withdrawn action."""
        return {"rating": row["delivery"] or UNRATED, "because": row["because"]}

    @extend_schema_field(TermsShape(allow_null=True))
    def get_terms(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """Nothing where everyone may see it."""
        seal = self._held.get(row["seal_id"])
        if seal is None:
            return None
        return {"kind": seal.kind, "until": seal.embargo_until and seal.embargo_until.isoformat()}

    @cached_property
    def _held(self) -> dict[int, Seal]:
        return Seal.objects.held()

    @extend_schema_field(LinksShape)
    def get_links(self, row: dict[str, Any]) -> dict[str, str]:
        """Addresses, for whoever would rather not make them up."""
        number = row["action__number"]
        here = reverse("api-actions-detail", args=[number])
        below = {name: f"{here}{name}/" for name in ("updates", "moves", "evidence", "climbs", "history", "findings")}
        return {"self": here, **below, "page": reverse("action", args=[number])}


class MilestoneShape(serializers.ModelSerializer[Milestone]):
    """A step on the way."""

    class Meta:
        model = Milestone
        fields = ("words", "due_on", "done_on")


class BlockerShape(serializers.ModelSerializer[Blocker]):
    """What the action waits for, or waited for."""

    class Meta:
        model = Blocker
        fields = ("waiting_for", "from_whom", "since_on", "cleared_on")


class ActionWholeShape(ActionShape):
    """An action as it stands today, whole."""

    words = serializers.CharField()
    success = serializers.CharField(help_text="How anyone will know that it helped.")
    advice = serializers.CharField(help_text="What would put its rating right; empty where nothing is asked.")
    times_moved = serializers.IntegerField(min_value=0, help_text="How often its due date was moved.")
    milestones = MilestoneShape(many=True)
    blockers = BlockerShape(many=True)
    evidence = EvidenceShape(many=True)
    findings = serializers.ListField(child=serializers.CharField(), help_text="References of what it answers.")


def whole(action: Action, standing: dict[str, Any]) -> dict[str, Any]:
    """What ActionWholeShape shows: the standing of a day, and the action's own words and records."""
    answered: Any = action.findings
    return standing | {
        "words": action.words,
        "success": action.success,
        "times_moved": action.times_moved,
        "milestones": action.milestones.all(),
        "blockers": action.blockers.all(),
        "evidence": action.evidence.prefetch_related("exhibits"),
        "findings": [finding.reference for finding in answered.in_order()],
    }


class UpdateShape(serializers.ModelSerializer[Update]):
    """An officer's words."""

    by = serializers.CharField(source="by.name")

    class Meta:
        model = Update
        fields = ("by", "at", "effective_on", "words", "no_change")


class LineShape(serializers.ModelSerializer[ActionLine]):
    """A line of an action's history: who did what, when and why."""

    by = serializers.SerializerMethodField(help_text="A name, or “The system”.")

    class Meta:
        model = ActionLine
        fields = ("by", "at", "says", "reason")

    def get_by(self, line: ActionLine) -> str:
        """Who did it."""
        return str(line.by or "The system")


class MoveWanted(Wanted):
    """One move of the table, and why."""

    move = serializers.ChoiceField(choices=[(move.key, move.label) for move in MOVES.values()])
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
    move = serializers.ChoiceField(
        required=False,
        choices=[(move.key, move.label) for move in MOVES.values() if move.made_by == Who.UPDATER],
        help_text="A move that the action’s updater may make; others are made at its moves.",
    )
