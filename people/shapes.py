"""What the API says of people's own roles and of meetings."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from people.models import Body, Meeting
from people.roles import Permission, Role


class RoleShape(serializers.Serializer[Any]):
    """A role in force."""

    role = serializers.ChoiceField(choices=Role.choices)
    scope = serializers.CharField(
        help_text="“all”, or “theme:” and the slug of a theme, or “body:” and the slug of a body."
    )
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="The first day without it.")


@extend_schema_serializer(many=False)
class MeShape(serializers.Serializer[Any]):
    """Whoever asks, and what their roles let them do today."""

    email = serializers.CharField()
    name = serializers.CharField()
    post = serializers.CharField()
    roles = RoleShape(many=True)
    permissions = serializers.ListField(child=serializers.ChoiceField(choices=Permission.choices))


class BodyShape(serializers.ModelSerializer[Body]):
    """A committee or board."""

    class Meta:
        model = Body
        fields = ("slug", "name", "kind")


class MeetingShape(serializers.ModelSerializer[Meeting]):
    """A body meeting on a day."""

    body = BodyShape()

    class Meta:
        model = Meeting
        fields = ("body", "held_on", "starts_at", "place")
