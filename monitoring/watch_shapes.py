"""What the API says of visits and measures: named fields, slugs and references, and never a key."""

from rest_framework import serializers

from improvement.shapes import FindingShape, SourceShape
from monitoring.models import Letter, Measure, Reading, Visit


class LetterShape(serializers.ModelSerializer[Letter]):
    """What the inspectors wrote after a visit, on its way from draft to final."""

    source = SourceShape()  # type: ignore[assignment]

    class Meta:
        model = Letter
        fields = ("state", "draft_received_on", "final_received_on", "source")


class VisitShape(serializers.ModelSerializer[Visit]):
    """A monitoring visit."""

    class Meta:
        model = Visit
        fields: tuple[str, ...] = (
            "reference",
            "ordinal",
            "starts_on",
            "ends_on",
            "focus",
            "areas",
            "inspectors",
            "ofsted_publishes",
        )


class VisitWholeShape(VisitShape):
    """A visit, and what came of it."""

    letter = LetterShape(allow_null=True)
    findings = FindingShape(many=True)

    class Meta(VisitShape.Meta):
        fields: tuple[str, ...] = (*VisitShape.Meta.fields, "letter", "findings")


class MeasureShape(serializers.ModelSerializer[Measure]):
    """Something counted the same way every month."""

    theme = serializers.CharField(source="theme.slug")

    class Meta:
        model = Measure
        fields = ("slug", "name", "definition", "numerator", "denominator", "unit", "better", "target", "theme")


class ReadingShape(serializers.ModelSerializer[Reading]):
    """One month's figure."""

    value = serializers.FloatField(help_text="The percentage, or the number where there is nothing to divide by.")

    class Meta:
        model = Reading
        fields = ("period_on", "value", "numerator", "denominator", "provisional")
