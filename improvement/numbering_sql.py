"""How the database keeps a number from telling that a hidden action has it, as the sixth migration makes it.

A unique index sees past the seals: whoever numbered a new action 1.4 would be refused if a hidden one were 1.4 already,
and would know that there is one. So the hidden action gives way, and its history says so to those who may read it.
"""

from sources.sql import owned_by_keeper

_FUNCTION = """
CREATE FUNCTION number_gives_way() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    hidden record;
    other text;
    n int := 0;
BEGIN
    SELECT id, seal_id INTO hidden FROM improvement_action
    WHERE plan_id = NEW.plan_id AND number = NEW.number AND seal_id NOT IN (SELECT open_seals());
    IF NOT FOUND THEN RETURN NEW; END IF;
    LOOP
        n := n + 1;
        other := left(NEW.number, 9) || '-S' || n;
        EXIT WHEN NOT EXISTS (SELECT FROM improvement_action WHERE plan_id = NEW.plan_id AND number = other);
    END LOOP;
    UPDATE improvement_action SET number = other, version = version + 1 WHERE id = hidden.id;
    INSERT INTO improvement_actionline (action_id, seal_id, at, verb, says, reason, before, after)
    VALUES (hidden.id, hidden.seal_id, clock_timestamp(), 'renumber',
        'gave its number, ' || NEW.number || ', to an action made by somebody who may not know of this one',
        '', jsonb_build_object('number', NEW.number), jsonb_build_object('number', other));
    RETURN NEW;
END $$;

CREATE TRIGGER number_gives_way BEFORE INSERT ON improvement_action
FOR EACH ROW EXECUTE FUNCTION number_gives_way();

GRANT SELECT, UPDATE ON improvement_action TO improvement_keeper;
GRANT INSERT ON improvement_actionline TO improvement_keeper;
CREATE POLICY improvement_action_keeper ON improvement_action TO improvement_keeper USING (true) WITH CHECK (true);
"""
GIVES_WAY = _FUNCTION + owned_by_keeper("number_gives_way()", private=("number_gives_way()",))
