"""What the API says of risks and resources: named fields, slugs and references, and never a key."""

from typing import Any

from rest_framework import serializers

from monitoring.models import Assessment, Resource
from monitoring.risks import Direction, Level
from monitoring.shapes import NamedShape


class AssessmentShape(serializers.ModelSerializer[Assessment]):
    """A judgement of a risk."""

    level = serializers.ChoiceField(choices=Level.choices)
    direction = serializers.ChoiceField(choices=Direction.choices, help_text="From the assessment before.")

    class Meta:
        model = Assessment
        fields: tuple[str, ...] = (
            "likelihood", "impact", "score", "was", "level", "direction", "target", "mitigation", "words", "review_on",
            "assessed_on",
        )  # fmt: skip


class RiskShape(AssessmentShape):
    """A risk as it was last assessed by the day."""

    reference = serializers.CharField(source="risk.reference")
    title = serializers.CharField(source="risk.title")
    cause = serializers.CharField(source="risk.cause")
    event = serializers.CharField(source="risk.event")
    effect = serializers.CharField(source="risk.effect")
    opened_on = serializers.DateField(source="risk.opened_on")
    closed_on = serializers.DateField(source="risk.closed_on", allow_null=True)
    lead = NamedShape(source="risk.lead")
    themes = serializers.SerializerMethodField()

    class Meta(AssessmentShape.Meta):
        fields: tuple[str, ...] = (
            "reference", "title", "cause", "event", "effect", "themes", "lead", "opened_on", "closed_on",
            *AssessmentShape.Meta.fields,
        )  # fmt: skip

    def get_themes(self, assessed: Assessment) -> list[str]:
        """By their slugs."""
        return [tie.theme.slug for tie in assessed.risk.theme_ties.all()]


class RiskWholeShape(RiskShape):
    """A risk, and the numbers of the actions that it bears upon."""

    actions = serializers.ListField(child=serializers.CharField())

    class Meta(RiskShape.Meta):
        fields: tuple[str, ...] = (*RiskShape.Meta.fields, "actions")


class PurchaseShape(serializers.Serializer[Any]):
    """What a resource had bought by a day."""

    words = serializers.CharField()
    bought_on = serializers.DateField()


class ResourceShape(serializers.ModelSerializer[Resource]):
    """Something secured."""

    lead = NamedShape()
    themes = serializers.SerializerMethodField()
    bought = PurchaseShape(many=True)

    class Meta:
        model = Resource
        fields: tuple[str, ...] = (
            "reference", "title", "kind", "amount", "posts", "funding", "purpose", "secured_on", "until_on", "themes",
            "lead", "bought",
        )  # fmt: skip

    def get_themes(self, resource: Resource) -> list[str]:
        """By their slugs."""
        return [tie.theme.slug for tie in resource.theme_ties.all()]


class ResourceWholeShape(ResourceShape):
    """A resource, and the numbers of the actions that it is for."""

    actions = serializers.ListField(source="numbers", child=serializers.CharField())

    class Meta(ResourceShape.Meta):
        fields: tuple[str, ...] = (*ResourceShape.Meta.fields, "actions")
