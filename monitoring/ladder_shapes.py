"""What the API says of an action's evidence and of its ladder, and what it lets be said of them."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from monitoring.ladder import Rung
from monitoring.models import Climb, Evidence, Exhibit
from monitoring.questions import MOST_WORDS, WEB
from people.wanted import Choice, Day, Wanted, Words


class VersionShape(serializers.ModelSerializer[Exhibit]):
    """One version of the file behind a piece of evidence."""

    size = serializers.IntegerField(min_value=0, help_text="In bytes.")
    digest = serializers.CharField(help_text="SHA-256 of the content, in hexadecimal.")
    file = serializers.SerializerMethodField(help_text="Where it is fetched.")

    class Meta:
        model = Exhibit
        fields = ("version", "name", "size", "digest", "added_at", "file")

    def get_file(self, exhibit: Exhibit) -> str:
        """The address of the page's own link."""
        return reverse("exhibit", args=[exhibit.evidence.reference, exhibit.version])


class EvidenceShape(serializers.ModelSerializer[Evidence]):
    """What shows that it was done or that it helped."""

    link = serializers.CharField(help_text="Where it can be read, or nothing.")
    versions = VersionShape(source="exhibits", many=True)

    class Meta:
        model = Evidence
        fields = ("reference", "kind", "title", "words", "dated_on", "link", "versions")


class ClimbShape(serializers.ModelSerializer[Climb]):
    """A rung climbed on evidence, or fallen to for a reason."""

    by = serializers.CharField(source="by.name", allow_null=True)
    evidence = serializers.CharField(source="evidence.reference", allow_null=True, help_text="Its reference.")

    class Meta:
        model = Climb
        fields = ("rung", "by", "at", "evidence", "reason")


class ClimbWanted(Wanted):
    """A rung, with the evidence that reaches it or the reason why it is lost."""

    rung = Choice(choices=Rung.choices)
    evidence = Words(
        required=False, default="", allow_blank=True, max_length=12,
        help_text="The reference of an item of the action’s evidence: needed to go up.",
    )  # fmt: skip
    reason = Words(
        required=False, default="", allow_blank=True, max_length=MOST_WORDS, help_text="Needed to go down."
    )  # fmt: skip


class WebLink(serializers.URLField):
    """A link to a page."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self.validators = [*self.validators[:-1], WEB]


class EvidenceWanted(Wanted):
    """Something that can be shown, and where it can be read. Sent as a form, it may carry a file."""

    kind = Choice(choices=Evidence.Kind.choices)
    title = Words(max_length=200)
    dated_on = Day(help_text="The day that it speaks of, not the day on which it is added.")
    words = Words(max_length=MOST_WORDS, help_text="What it shows. Name no child.")
    link = WebLink(required=False, default="", allow_blank=True, max_length=500)


class ShownWanted(EvidenceWanted):
    """Something that can be shown, with the file that shows it."""

    file = serializers.FileField(
        required=False, default=None, max_length=255, allow_empty_file=True,
        help_text="PDF, Word (docx), Excel (xlsx), PNG or JPG, 20 MB at most.",
    )  # fmt: skip
