"""What the API says of themes and findings: named fields, slugs and references, and never a key."""

from rest_framework import serializers

from improvement.models import Finding, Response, Theme
from people.wanted import Choice, Day, Wanted, Words
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


class ResponseShape(serializers.ModelSerializer[Response]):
    """What the council says to a finding, until when, and why."""

    by = serializers.SerializerMethodField(help_text="A name, or “The system”.")

    class Meta:
        model = Response
        fields = ("reply", "until_on", "reason", "by", "at")

    def get_by(self, given: Response) -> str:
        """Who said it."""
        return str(given.by or "The system")


class ResponseWanted(Wanted):
    """A reply to a finding."""

    reply = Choice(choices=Response.Reply.choices)
    reason = Words(
        required=False, default="", allow_blank=True, max_length=4000, help_text="Needed unless it is accepted whole."
    )
    until_on = Day(
        required=False, default=None, allow_null=True,
        help_text="The last day on which it holds; needed unless it is accepted whole.",
    )  # fmt: skip


class FindingWholeShape(FindingShape):
    """A finding, where it was said, and the actions that answer it."""

    source = SourceShape()  # type: ignore[assignment]
    answers = serializers.ListField(
        source="answers_",
        child=serializers.CharField(),
        help_text="The numbers of the actions, those withdrawn left out.",
    )

    responses = ResponseShape(many=True, help_text="The latest, which counts, first.")

    class Meta(FindingShape.Meta):
        fields: tuple[str, ...] = (*FindingShape.Meta.fields, "source", "answers", "responses")
