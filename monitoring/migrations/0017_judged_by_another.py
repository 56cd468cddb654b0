"""Nobody judges the evidence that they put forward themselves."""

from django.db import migrations

import monitoring.second_person_sql


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0016_meanings_watched")]

    operations = [
        migrations.AddConstraint(
            model_name="climb",
            constraint=monitoring.second_person_sql.JudgedByAnother(
                name="judged_by_another",
                steps=(("evidenced", "verified"), ("verified", "impact_shown"), ("impact_shown", "sustained")),
            ),
        ),
    ]
