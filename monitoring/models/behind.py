"""Actions that are rated by an earlier scheme, since whoever settled the next one may not see them."""

from django.db import connection, models

from improvement.models import Action, Plan
from sources.guarding import Follows, Guarded
from sources.models import Sealed

# Whatever somebody else is changing is passed over: that deed rates it anew itself.
TAKE = """
    WITH held AS (
        SELECT a.id FROM improvement_action a JOIN monitoring_behind b ON b.action_id = a.id
        ORDER BY a.id LIMIT %s FOR NO KEY UPDATE OF a SKIP LOCKED
    )
    DELETE FROM monitoring_behind WHERE action_id IN (SELECT id FROM held) RETURNING action_id
"""


class Behind(Sealed):
    """That an action is; a row under its seal, there until somebody who may see it is at work."""

    action = models.OneToOneField(Action, on_delete=models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name_plural = "behind"
        constraints = (
            Guarded(name="behind_guarded"),
            Follows(name="behind_follows", parent="improvement_action", column="action_id"),
        )

    def __str__(self) -> str:
        return f"{self.action} is rated by an earlier scheme"

    @classmethod
    def leave(cls, plan: Plan) -> None:
        """Those of the plan that whoever acts may not see: the database knows which, and tells nobody."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT leave_behind(%s)", [plan.pk])

    @classmethod
    def take(cls, most: int) -> list[Action]:
        """So many of those that whoever acts may see, held against others, and behind no longer.

        They are named and not read, since nobody is shown anything of them by this.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM monitoring_behind)")  # a tenth of the time, and mostly enough
            if cursor.fetchone() == (False,):
                return []
            cursor.execute(TAKE, [most])
            return [Action(pk=number) for (number,) in cursor.fetchall()]
