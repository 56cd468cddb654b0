"""Actions that the scheme in force has not reached, since whoever settled it may not see them."""

from django.db import connection, models

from improvement.models import Action, Plan
from sources.guarding import Follows, Guarded
from sources.models import Sealed

# Whatever somebody else is changing is passed over: that deed rates it anew itself.
TAKE = """
    WITH held AS (
        SELECT a.id FROM improvement_action a JOIN monitoring_unreached u ON u.action_id = a.id
        ORDER BY a.id LIMIT %s FOR NO KEY UPDATE OF a SKIP LOCKED
    )
    DELETE FROM monitoring_unreached WHERE action_id IN (SELECT id FROM held) RETURNING action_id
"""


class Unreached(Sealed):
    """An action still rated by an earlier scheme; a row under its seal, until somebody who may see it is at work."""

    action = models.OneToOneField(Action, on_delete=models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name_plural = "unreached"
        constraints = (
            Guarded(name="unreached_guarded"),
            Follows(name="unreached_follows", parent="improvement_action", column="action_id"),
        )

    def __str__(self) -> str:
        return f"{self.action} is rated by an earlier scheme"

    @classmethod
    def note(cls, plan: Plan) -> None:
        """Note those of the plan that whoever acts may not see: the database knows which, and tells nobody."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT note_unreached(%s)", [plan.pk])

    @classmethod
    def take(cls, most: int) -> list[Action]:
        """So many of those that whoever acts may see, held against others, and noted no longer.

        They are named and not read, since nobody is shown anything of them by this.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM monitoring_unreached)")  # a tenth of the time, and mostly enough
            if cursor.fetchone() == (False,):
                return []
            cursor.execute(TAKE, [most])
            return [Action(pk=number) for (number,) in cursor.fetchall()]
