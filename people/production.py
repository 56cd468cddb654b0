"""Why a council's own installation may not serve a database: anybody may know how to come in to a demonstration."""

from people.models import Council, Person

DOMAIN = "northmoor.example"
"""Where the demonstration's people, and nobody else, have their addresses."""


def demonstration_objection() -> str | None:
    """The sentence, or None if nobody of the demonstration can sign in."""
    if Council.ours().is_demonstration:
        return (
            "The product does not start in production: this database holds the demonstration council. "
            "Set DATABASE_URL to one of the council’s own."
        )
    if Person.objects.with_a_pass_phrase_at(DOMAIN):
        return (
            f"The product does not start in production: somebody at {DOMAIN} has a pass phrase here. "
            "Set DATABASE_URL to a database that the demonstration never was in."
        )
    return None
