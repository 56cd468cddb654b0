from django.db import migrations

import people.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_entry"),
        ("sources", "0006_chain"),
        ("people", "0005_chain"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="paperline",
            constraint=people.constraints.Chained(name="paperline_chained", without=("seal_id",)),
        ),
    ]
