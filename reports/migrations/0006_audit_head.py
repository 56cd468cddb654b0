from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_chain")]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="audit_head",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
