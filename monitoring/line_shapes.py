"""What the API says of what was said and done of an action: its updates, its lines of history, its dates."""

from rest_framework import serializers

from improvement.models import ActionLine, Revision
from monitoring.models import Update
from people.openapi import Fault
from people.shapes import MeetingShape


class UpdateShape(serializers.ModelSerializer[Update]):
    """An officer's words."""

    by = serializers.CharField(source="by.name")

    class Meta:
        model = Update
        fields = ("by", "at", "effective_on", "words", "no_change")


class RevisionShape(serializers.ModelSerializer[Revision]):
    """One move of a due date."""

    by = serializers.SerializerMethodField(help_text="A name, or “The system”.")
    meeting = MeetingShape(allow_null=True, help_text="Where it was agreed, if at a meeting.")

    class Meta:
        model = Revision
        fields = ("from_on", "to_on", "reason", "words", "by", "at", "meeting")

    def get_by(self, revision: Revision) -> str:
        """Who moved it."""
        return str(revision.by or "The system")


class LineShape(serializers.ModelSerializer[ActionLine]):
    """A line of an action's history: who did what, when and why."""

    by = serializers.SerializerMethodField(help_text="A name, or “The system”.")

    class Meta:
        model = ActionLine
        fields = ("by", "at", "says", "reason")

    def get_by(self, line: ActionLine) -> str:
        """Who did it."""
        return str(line.by or "The system")


class OvertakenShape(Fault):
    """A change that came too late: what was sent, beside what others have done and said since it was begun."""

    yours = serializers.DictField(help_text="What you sent, field by field.")
    since = LineShape(many=True, help_text="What others have done since the version that you read, the latest first.")
    last_update = UpdateShape(allow_null=True, help_text="The last update, as it now stands.")
