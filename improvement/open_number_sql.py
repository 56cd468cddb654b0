"""How a number that everybody can see is given: whatever stands under seal gives its own way to it.

As in `numbering_sql.py`, and besides where somebody who knows of the hidden action makes one in the open: had theirs to
take the next number, everybody would see the gap.
"""

GIVES_WAY = """
CREATE OR REPLACE FUNCTION number_gives_way() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    hidden record;
    other text;
    n int := 0;
BEGIN
    SELECT a.id, a.seal_id INTO hidden FROM improvement_action a JOIN sources_seal s ON s.id = a.seal_id
    WHERE a.plan_id = NEW.plan_id AND a.number = NEW.number AND s.kind <> 'open' AND s.released_at IS NULL
        AND (a.seal_id NOT IN (SELECT open_seals())
            OR EXISTS (SELECT FROM sources_seal WHERE id = NEW.seal_id AND (kind = 'open' OR released_at IS NOT NULL)));
    IF NOT FOUND THEN RETURN NEW; END IF;
    LOOP
        n := n + 1;
        other := left(NEW.number, 10 - length(n::text)) || '-S' || n;
        EXIT WHEN NOT EXISTS (SELECT FROM improvement_action WHERE plan_id = NEW.plan_id AND number = other);
    END LOOP;
    UPDATE improvement_action SET number = other, version = version + 1 WHERE id = hidden.id;
    INSERT INTO improvement_actionline (action_id, seal_id, at, verb, says, reason, before, after)
    VALUES (hidden.id, hidden.seal_id, clock_timestamp(), 'renumber',
        'gave its number, ' || NEW.number || ', to an action that people may see who may not know of this one',
        '', jsonb_build_object('number', NEW.number), jsonb_build_object('number', other));
    RETURN NEW;
END $$;
"""
