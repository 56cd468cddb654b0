"""How the database holds everyone to the ladder: no rung is recorded and no action closed but as the tables say.

The triggers see what the writer sees, which is enough: the climbs, the evidence and the updaters of an action stand
under its seal. How long an impact must last is the council's own setting, so the rule alone asks for that.
"""

from typing import Any

from monitoring.ladder import STEPS, Who
from people.constraints import SQLConstraint

Row = tuple[str, str, tuple[str, ...], bool, bool]
"""A step: from, to, the kinds of evidence that it accepts, whether it is a judge's, whether it needs a reason."""


def steps() -> tuple[Row, ...]:
    """The table of steps as migrations write it."""
    return tuple(
        (str(leaves), str(to), tuple(sorted(step.accepts)), step.made_by == Who.JUDGE, step.needs_reason)
        for (leaves, to), step in STEPS.items()
    )


class ClimbsByTheTable(SQLConstraint):
    """A trigger: each climb is a step of the table, taken as the table asks, after the one before it."""

    def __init__(self, *, name: str, steps: tuple[Row, ...]) -> None:
        super().__init__(name=name)
        self.steps = steps

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As migrations write it."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"steps": self.steps}

    def _make(self, table: str) -> str:
        return f"""
CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    before record;
    step record;
    shown record;
BEGIN
    -- Two climbs of an action, or a climb and a close, come one after the other.
    PERFORM FROM improvement_action WHERE id = NEW.action_id FOR NO KEY UPDATE;
    SELECT rung, at INTO before FROM {table} WHERE action_id = NEW.action_id ORDER BY at DESC, id DESC LIMIT 1;
    SELECT * INTO step FROM (VALUES
        {_values(self.steps)}
    ) AS steps (leaves, arrives, accepts, is_judged, needs_reason)
    WHERE leaves = coalesce(before.rung, 'none') AND arrives = NEW.rung;
    IF NOT FOUND THEN
        {_refuse(self.name, "The ladder is climbed one rung at a time, and left by falling to a lower one.")}
    END IF;
    IF NEW.at < before.at THEN
        {_refuse(self.name, "A rung is recorded after the one before it.")}
    END IF;
    IF step.needs_reason AND NEW.reason !~ '[^[:space:]]' THEN
        {_refuse(self.name, "A fall down the ladder needs its reason.")}
    END IF;
    IF step.is_judged AND (NEW.by_id IS NULL
        OR EXISTS (SELECT FROM improvement_updater WHERE action_id = NEW.action_id AND person_id = NEW.by_id)
        OR EXISTS (SELECT FROM improvement_action a JOIN improvement_lead l ON l.id = a.lead_id
            WHERE a.id = NEW.action_id AND l.person_id = NEW.by_id)
    ) THEN
        {_refuse(self.name, "Evidence is judged by somebody who neither leads nor updates the action.")}
    END IF;
    SELECT kind, dated_on INTO shown FROM monitoring_evidence
    WHERE id = NEW.evidence_id AND action_id = NEW.action_id;
    IF NEW.evidence_id IS NOT NULL AND NOT FOUND THEN
        {_refuse(self.name, "What shows a rung is evidence of the same action.")}
    END IF;
    IF cardinality(step.accepts) > 0 AND (shown.kind = ANY (step.accepts)
        AND shown.dated_on <= (NEW.at AT TIME ZONE 'Europe/London')::date) IS NOT TRUE
    THEN
        {_refuse(self.name, "A step up needs evidence of an accepted kind, dated that day or before.")}
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER {self.name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {self.name}();
"""  # noqa: S608

    def _unmake(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON {table}; DROP FUNCTION {self.name}();"


class ClosesOnARung(SQLConstraint):
    """A trigger on actions, made here since they know of no ladder: each is closed from one of these rungs.

    PostgreSQL fires triggers by their names, so this one's should follow that of the table of moves.
    """

    def __init__(self, *, name: str, rungs: tuple[str, ...]) -> None:
        super().__init__(name=name)
        self.rungs = rungs

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As migrations write it."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"rungs": self.rungs}

    def _make(self, table: str) -> str:
        return f"""
CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT rung FROM {table} WHERE action_id = NEW.id ORDER BY at DESC, id DESC LIMIT 1)
        = ANY ({_array(self.rungs)}) THEN
        RETURN NEW;
    END IF;
    {_refuse(self.name, "An action is closed only once its evidence is verified.")}
END $$;

CREATE TRIGGER {self.name} BEFORE UPDATE OF status ON improvement_action FOR EACH ROW
WHEN (NEW.status = 'closed' AND OLD.status <> 'closed') EXECUTE FUNCTION {self.name}();
"""  # noqa: S608

    def _unmake(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON improvement_action; DROP FUNCTION {self.name}();"


def _values(steps: tuple[Row, ...]) -> str:
    return ",\n        ".join(
        f"('{leaves}', '{to}', {_array(accepts)}, {judged}, {reasoned})"
        for leaves, to, accepts, judged, reasoned in steps
    )


def _array(words: tuple[str, ...]) -> str:
    return f"'{{{','.join(words)}}}'::text[]"


def _refuse(name: str, sentence: str) -> str:
    return f"RAISE EXCEPTION USING MESSAGE = '{sentence}', ERRCODE = 'check_violation', CONSTRAINT = '{name}';"
