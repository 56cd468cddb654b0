"""A guest's access ends: those without an end are given one, and the database asks for one."""

from django.db import migrations, models

from people.guests_sql import GIVE_AN_END


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(GIVE_AN_END, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["adviser", "partner"]), _negated=True)
                | models.Q(ends_on__isnull=False),
                name="guests_access_ends",
            ),
        ),
    ]
