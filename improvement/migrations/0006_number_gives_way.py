from django.db import migrations

from improvement.numbering_sql import GIVES_WAY


class Migration(migrations.Migration):
    dependencies = [("improvement", "0005_extension")]

    operations = [migrations.RunSQL(GIVES_WAY, migrations.RunSQL.noop)]
