"""How the database holds everyone to a second person: nobody judges the evidence that they put forward themselves."""

from typing import Any

from monitoring.ladder import STEPS, Who
from people.constraints import SQLConstraint


def judged() -> tuple[tuple[str, str], ...]:
    """The steps that are a judge's, from rung to rung, as migrations write them."""
    return tuple((str(leaves), str(to)) for (leaves, to), step in STEPS.items() if step.made_by == Who.JUDGE)


class JudgedByAnother(SQLConstraint):
    """A trigger beside the ladder's own, which fires before it by its name and keeps others from the action."""

    def __init__(self, *, name: str, steps: tuple[tuple[str, str], ...]) -> None:
        super().__init__(name=name)
        self.steps = steps

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As migrations write it."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"steps": self.steps}

    def _make(self, table: str) -> str:
        steps = ", ".join(f"('{leaves}', '{to}')" for leaves, to in self.steps)
        return f"""
CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (coalesce((SELECT rung FROM {table} WHERE action_id = NEW.action_id ORDER BY at DESC, id DESC LIMIT 1), 'none'),
        NEW.rung) IN ({steps})
        AND EXISTS (SELECT FROM monitoring_evidence WHERE id = NEW.evidence_id AND added_by_id = NEW.by_id)
    THEN
        RAISE EXCEPTION USING MESSAGE = 'Evidence is judged by somebody who has not added it.',
            ERRCODE = 'check_violation', CONSTRAINT = '{self.name}';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER {self.name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {self.name}();
"""  # noqa: S608

    def _unmake(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON {table}; DROP FUNCTION {self.name}();"
