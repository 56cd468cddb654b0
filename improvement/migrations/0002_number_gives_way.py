from django.db import migrations

from improvement.numbering_sql import GIVES_WAY


class Migration(migrations.Migration):
    dependencies = [("improvement", "0001_initial"), ("sources", "0003_history")]

    operations = [migrations.RunSQL(GIVES_WAY, migrations.RunSQL.noop)]
