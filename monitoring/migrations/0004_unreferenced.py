from django.db import migrations

from monitoring import exhibit_sql


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_exhibit")]

    operations = [migrations.RunSQL(exhibit_sql.KEPT, migrations.RunSQL.noop)]
