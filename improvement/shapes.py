"""What the API says of themes and findings: named fields, slugs and references, and never a key."""

from rest_framework import serializers

from improvement.models import Finding, Theme
from sources.models import Source


class ThemeShape(serializers.ModelSerializer[Theme]):
    """A part of the plan."""

    class Meta:
        model = Theme
        fields = ("slug", "number", "title", "aim")


class SourceShape(serializers.ModelSerializer[Source]):
    """A document received."""

    class Meta:
        model = Source
        fields = ("reference", "kind", "title", "from_whom", "dated_on", "received_on")


class FindingShape(serializers.ModelSerializer[Finding]):
    """What inspectors said, in their own words."""

    theme = serializers.CharField(source="theme.slug")
    answered_by = serializers.IntegerField(
        min_value=0, help_text="How many actions answer it, those withdrawn left out."
    )

    class Meta:
        model = Finding
        fields: tuple[str, ...] = (
            "reference", "number", "kind", "polarity", "words", "paragraph", "theme", "answered_by",
        )  # fmt: skip


class FindingWholeShape(FindingShape):
    """A finding, where it was said, and the actions that answer it."""

    source = SourceShape()  # type: ignore[assignment]
    answers = serializers.ListField(
        source="answers_",
        child=serializers.CharField(),
        help_text="The numbers of the actions, those withdrawn left out.",
    )

    class Meta(FindingShape.Meta):
        fields: tuple[str, ...] = (*FindingShape.Meta.fields, "source", "answers")
