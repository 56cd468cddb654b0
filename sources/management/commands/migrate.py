"""`migrate` as the owner of the database, then let the web role in and give it its half of the stamping key."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from sources.seals import stamping_key

_BLOCK = 64  # SHA-256's block, to which HMAC (RFC 2104) pads its key


class Command(Migrate):
    help = "Brings the database's tables up to date, as their owner."

    def add_arguments(self, parser: Any) -> None:
        """As Django's own, but the owner migrates unless told otherwise."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, and leave the web role able to sign in and to be stamped."""
        super().handle(*args, **options)
        if options["database"] == "owner" and not options.get("plan") and not options.get("check_unapplied"):
            let_in_the_web_role()


def let_in_the_web_role() -> None:
    """Make the web login (member of `improvement_app`) where there is none, and hand the database the pads."""
    web = settings.DATABASES["default"]
    key = stamping_key(settings.SECRET_KEY).ljust(_BLOCK, b"\0")
    pads = [bytes(k ^ pad for k in key) for pad in (0x36, 0x5C)]
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [web["USER"]])
        if cursor.fetchone() is None:
            name = connections["owner"].ops.quote_name(web["USER"])
            cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD %s IN ROLE improvement_app", [web["PASSWORD"]])
        cursor.execute("DELETE FROM sources_stampkey")
        cursor.execute("INSERT INTO sources_stampkey (inner_pad, outer_pad) VALUES (%s, %s)", pads)
