from django.db import migrations

import people.constraints
from people import migrating


class Migration(migrating.Migration):
    dependencies = [
        ("sources", "0005_sourceline"),
        ("people", "0005_chain"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="sealline",
            constraint=people.constraints.Chained(name="sealline_chained", without=()),
        ),
        migrations.AddConstraint(
            model_name="sourceline",
            constraint=people.constraints.Chained(name="sourceline_chained", without=("seal_id",)),
        ),
    ]
