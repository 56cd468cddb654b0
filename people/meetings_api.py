"""Meetings by the API, and who it is that asks."""

from typing import Any

import django_filters as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.response import Response

from people.collection import Collection
from people.models import Body, Meeting, Person
from people.roles import Permission, permits
from people.shapes import MeetingShape, MeShape


class MeetingWords(filters.FilterSet):
    """Whose meetings, and from which day to which."""

    body = filters.ModelChoiceFilter(queryset=Body.objects.all(), to_field_name="slug", label="The body’s slug")
    from_day = filters.DateFilter(field_name="held_on", lookup_expr="gte", label="Held on this day or later")
    before = filters.DateFilter(field_name="held_on", lookup_expr="lt", label="Held before this day")


class Meetings(mixins.ListModelMixin, Collection):
    """When the council's bodies meet."""

    permission = Permission.READ_PAPERS
    queryset = Meeting.objects.select_related("body").order_by("held_on", "body__slug")
    serializer_class = MeetingShape
    filterset_class = MeetingWords


class Me(Collection):
    """Whoever asks."""

    pagination_class = None
    filter_backends = []
    queryset = Person.objects.none()
    serializer_class = MeShape
    lists = ()

    @extend_schema(responses=MeShape)
    def list(self, request: Request) -> Response:
        """Who you are here, your roles, and what they let you do today."""
        person: Any = request.user
        held = [holding for holding in person.holdings if holding.holds(on=self.today)]
        may = [permission for permission in Permission if permits(person.holdings, permission, on=self.today)]
        shown = {
            "email": person.email,
            "name": person.name,
            "post": person.post,
            "roles": held,
            "permissions": may,
        }
        return Response(MeShape(shown).data)
