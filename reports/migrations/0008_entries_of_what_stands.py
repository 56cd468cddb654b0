from django.db import migrations

from reports import search_sql


class Migration(migrations.Migration):
    """Apart from the fourth, at whose end alone the entries have their unique key."""

    dependencies = [("reports", "0007_words_under_seal"), ("sources", "0009_asked_once")]

    operations = [migrations.RunSQL(search_sql.entries_of_what_stands(), migrations.RunSQL.noop)]
