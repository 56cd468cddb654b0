from django.db import migrations

from monitoring import exhibit_sql


class Migration(migrations.Migration):
    """Apart from the sixth, whose policies are made at its end."""

    dependencies = [("monitoring", "0006_evidence_files")]

    operations = [migrations.RunSQL(exhibit_sql.KEPT, migrations.RunSQL.noop)]
