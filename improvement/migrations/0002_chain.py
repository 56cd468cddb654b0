from django.db import migrations

import people.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("improvement", "0001_initial"),
        ("sources", "0004_chain"),
        ("people", "0002_chain"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="actionline",
            constraint=people.constraints.Chained(name="actionline_chained", without=("seal_id",)),
        ),
    ]
