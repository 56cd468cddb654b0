import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import people.constraints
import sources.guarding
from sources import reads_sql, sql


class Migration(migrations.Migration):
    dependencies = [("sources", "0006_chain")]

    operations = [
        migrations.CreateModel(
            name="SealRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "seal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.seal",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["seal", "-at"], name="sources_sea_seal_id_95d7c4_idx")],
                "constraints": [
                    sources.guarding.Guarded(append_only=True, columns=("seal_id",), name="sealread_guarded"),
                    people.constraints.Chained(name="sealread_chained", without=()),
                ],
            },
        ),
        migrations.RunSQL(sql.kept("sources_sealread", grants="SELECT, INSERT"), migrations.RunSQL.noop),
        migrations.RunSQL(reads_sql.FUNCTIONS, migrations.RunSQL.noop),
    ]
