"""The key of a deed that was done remembers what was sent with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_chain")]

    operations = [
        migrations.AddField(model_name="once", name="sent", field=models.BinaryField(default=b"")),
    ]
