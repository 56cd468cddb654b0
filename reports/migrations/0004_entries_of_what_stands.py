from django.db import migrations

from reports import search_sql


class Migration(migrations.Migration):
    """Apart from the third, at whose end alone the entries have their unique key."""

    dependencies = [("reports", "0003_entry"), ("monitoring", "0002_list_of_a_theme"), ("sources", "0004_asked_once")]

    operations = [migrations.RunSQL(search_sql.entries_of_what_stands(), migrations.RunSQL.noop)]
