from django.db import migrations

from people.sql import as_keeper
from reports.search_order_sql import FOUND_IN_ORDER


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_risks_and_resources_searched")]

    operations = [migrations.RunSQL(as_keeper(FOUND_IN_ORDER), migrations.RunSQL.noop)]
