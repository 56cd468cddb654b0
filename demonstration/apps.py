"""How Django knows this storey of the house."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "demonstration"
    default_auto_field = "django.db.models.BigAutoField"
