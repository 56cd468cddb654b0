"""The operations of a migration are done in runs, and what a run makes is changed by the next."""

from typing import Any

from django.db import migrations, models
from django.db.migrations.state import ProjectState

from people.migrating import Migration

KEY = ("id", models.BigAutoField(primary_key=True))


class Mixed(Migration):
    operations = [
        migrations.CreateModel(name="Letter", fields=[KEY]),
        migrations.CreateModel(name="Visit", fields=[KEY]),
        migrations.AddField(model_name="letter", name="visit", field=models.ForeignKey("people.Visit", models.CASCADE)),
        migrations.AddField(model_name="visit", name="made_on", field=models.DateField(null=True)),
        migrations.RunSQL("SELECT 1"),
        migrations.AlterField(model_name="visit", name="made_on", field=models.DateField()),
    ]


def test_what_a_run_makes_is_changed_in_the_next_and_plain_sql_stands_between() -> None:
    runs = Mixed("0001_mixed", "people").operations
    assert [run.describe() for run in runs] == [
        "Create model Letter; Create model Visit",
        "Add field visit to letter; Add field made_on to visit",
        "Raw SQL operation",
        "Alter field made_on on visit",
    ]


def test_the_models_of_a_run_are_drawn_as_single_operations_draw_them() -> None:
    assert _drawn(Mixed("0001_mixed", "people").operations) == _drawn(Mixed.operations)


def _drawn(operations: list[Any]) -> dict[str, tuple[set[str], set[str]]]:
    """Each model's fields and what points to it, as the operation after the last would find them."""
    state = ProjectState()
    state.apps.get_models()  # drawn from here on
    for operation in operations:
        operation.state_forwards("people", state)
    return {
        model.__name__: (
            {field.name for field in model._meta.get_fields()},
            {other.related_model.__name__ for other in model._meta.related_objects},
        )
        for model in state.apps.get_models()
    }
