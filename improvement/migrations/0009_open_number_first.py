from django.db import migrations

from improvement.open_number_sql import GIVES_WAY
from people.sql import as_keeper


class Migration(migrations.Migration):
    dependencies = [("improvement", "0008_one_index_of_plans")]

    operations = [migrations.RunSQL(as_keeper(GIVES_WAY), migrations.RunSQL.noop)]
