from django.db import migrations

from sources import unquoted_sql
from sources.correction_sql import as_keeper


class Migration(migrations.Migration):
    dependencies = [("sources", "0009_asked_once")]

    operations = [migrations.RunSQL(as_keeper(unquoted_sql.TO_SETTLE + unquoted_sql.WATCH), migrations.RunSQL.noop)]
