from django.db import migrations

import people.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_papers_stay"),
        ("sources", "0004_chain"),
        ("people", "0002_chain"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="paperline",
            constraint=people.constraints.Chained(name="paperline_chained", without=("seal_id",)),
        ),
    ]
