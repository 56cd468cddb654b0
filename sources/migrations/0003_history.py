from django.db import migrations

from sources import correction_sql


class Migration(migrations.Migration):
    """Apart from the second, whose foreign keys are made at its end and cannot look at rows past the seals."""

    dependencies = [("sources", "0002_correction")]

    operations = [migrations.RunSQL(correction_sql.as_keeper(correction_sql.HISTORY), migrations.RunSQL.noop)]
