from django.db import migrations, models

import people.constraints
from people import audit_sql, migrating, sql


class Migration(migrating.Migration):
    dependencies = [("people", "0004_signing_in")]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("txid", models.BigIntegerField()),
                ("actor", models.BigIntegerField(null=True)),
                ("verb", models.CharField(max_length=24)),
                ("kind", models.CharField(max_length=63)),
                ("key", models.BigIntegerField()),
                ("digest", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(audit_sql.FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(
            sql.owned_by_keeper(*audit_sql.PRIVATE, *audit_sql.PUBLIC, private=audit_sql.PRIVATE) + audit_sql.KEPT,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="personline",
            constraint=people.constraints.Chained(name="personline_chained", without=()),
        ),
    ]
