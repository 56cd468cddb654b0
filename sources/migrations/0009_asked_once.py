from django.db import migrations

from sources import asked_once_sql
from sources.correction_sql import as_keeper


class Migration(migrations.Migration):
    dependencies = [("sources", "0008_words_under_seal")]

    operations = [migrations.RunSQL(as_keeper(asked_once_sql.OPEN_SEALS), migrations.RunSQL.noop)]
