"""The council's rating scheme by the API: what each rating is called, means and looks like here, and the thresholds."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from monitoring.models import Scheme
from monitoring.position import RATINGS
from monitoring.scheme import UNRATED
from people.collection import Collection
from people.roles import Permission


class RatingShape(serializers.Serializer[dict[str, object]]):
    """A rating as the key prints it, the worst first."""

    rating = serializers.ChoiceField(choices=RATINGS)
    name = serializers.CharField()
    meaning = serializers.CharField()
    colour = serializers.CharField(allow_null=True, help_text="As #rrggbb; null for what nobody rates.")


@extend_schema_serializer(many=False)
class RatingSchemeShape(serializers.Serializer[dict[str, object]]):
    """The scheme."""

    ratings = RatingShape(many=True)
    cycle_days = serializers.IntegerField()
    stale_cycles_amber = serializers.IntegerField()
    stale_cycles_red = serializers.IntegerField()
    milestone_grace_working_days = serializers.IntegerField()
    due_soon_days = serializers.IntegerField()
    evidence_days = serializers.IntegerField(help_text="0 where no evidence is asked for.")
    sustained_cycles = serializers.IntegerField()


class RatingScheme(Collection):
    """By what rule actions are rated here."""

    permission = Permission.READ_PLAN
    pagination_class = None
    filter_backends = []
    queryset = Scheme.objects.none()
    serializer_class = RatingSchemeShape
    lists = ()

    @extend_schema(responses=RatingSchemeShape)
    def list(self, request: Request) -> Response:
        """The names, meanings and colours of the ratings, and the thresholds between them."""
        scheme = Scheme.ours().as_rule()
        ratings = [
            {
                "rating": code,
                "name": word,
                "meaning": meaning,
                "colour": None if code == UNRATED else scheme.colour(code),
            }
            for code, word, meaning in scheme.whole_key()
        ]
        return Response(RatingSchemeShape(asdict(scheme) | {"ratings": ratings}).data)
