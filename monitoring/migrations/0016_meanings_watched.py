from django.db import migrations

import sources.guarding


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0015_unreached")]

    operations = [
        migrations.RemoveConstraint(model_name="schemeline", name="schemeline_watched"),
        migrations.AddConstraint(
            model_name="schemeline",
            constraint=sources.guarding.Watched(
                columns=("says", "reason"), is_source=False, kept={}, name="schemeline_watched", seals=("seal_id",)
            ),
        ),
    ]
