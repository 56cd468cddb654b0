"""What each worker looks at once before it serves: the database that it would serve."""

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from config.fitness import refuse, version_objection
from people.production import demonstration_objection


def refuse_unfit_database() -> None:
    """End the process if the database is too old or, in production, if the demonstration's people could come in."""
    connection = connections["default"]
    assert isinstance(connection, DatabaseWrapper)
    try:
        refuse(version_objection(connection.pg_version), demonstration_objection() if settings.PRODUCTION else None)
    except ProgrammingError:
        refuse("The product does not start in production: this database has no tables yet. Run manage.py migrate.")
    except OperationalError:
        # It is away for the moment. A worker that ended for this would take the whole site down with it; this one
        # answers that the service is away until the database is back, and the next worker looks again.
        return
    finally:
        connection.close()
