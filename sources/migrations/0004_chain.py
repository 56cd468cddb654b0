from django.db import migrations

import people.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0003_history"),
        ("people", "0002_chain"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="sealline",
            constraint=people.constraints.Chained(name="sealline_chained", without=()),
        ),
    ]
