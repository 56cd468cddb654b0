"""How many questions the API answers to one person in a minute."""

from django.conf import settings
from django.core.cache import caches
from rest_framework.throttling import UserRateThrottle


class Unhurried(UserRateThrottle):
    """So many questions a minute from one person, counted by each worker for itself: far more than anybody needs."""

    cache = caches["throttles"]

    def get_rate(self) -> str | None:
        """The setting; none is no limit."""
        return settings.API_RATE or None
