import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("improvement", "0007_coverage")]

    operations = [
        migrations.AlterField(
            model_name="action",
            name="plan",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="improvement.plan",
            ),
        ),
    ]
