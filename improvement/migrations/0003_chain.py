from django.db import migrations

import people.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("improvement", "0002_records_stay_sealed"),
        ("sources", "0006_chain"),
        ("people", "0005_chain"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="actionline",
            constraint=people.constraints.Chained(name="actionline_chained", without=("seal_id",)),
        ),
    ]
