"""The SQL of a search's order: what has been, the newest first, and then what is still to come."""

FOUND_IN_ORDER = """
-- The entries that hold the words, of some kinds and themes, or of one's own, and that the actor may see. What is still
-- to come stands last, as the many steps of a plan do, so that the newest need not be looked for past it.
CREATE OR REPLACE FUNCTION entries_found(asked tsquery, kinds text[], themes bigint[], own bigint[], most bigint)
RETURNS TABLE (id bigint, kind text, rank real) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 101
SET search_path = public, pg_temp AS $$
DECLARE
    seen bigint[] := ARRAY(SELECT open_seals());
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    -- Planned anew each time: a rare word is looked up in the index of words, a common one met soon among the newest.
    question text := 'SELECT e.id, e.kind::text, ts_rank(e.lexemes, $1) FROM (SELECT * FROM reports_entry %s) e
        WHERE e.lexemes @@ $1 AND e.seal_id = ANY ($2) AND e.own_seal_id = ANY ($2) AND e.kind = ANY ($3)
            AND (e.theme_id IS NULL OR e.theme_id = ANY ($4) OR e.id = ANY ($5) OR e.above_id = ANY ($5))
        ORDER BY e.day DESC, e.id DESC OFFSET $6 LIMIT $7';
    come bigint := 0;
    more bigint;
BEGIN
    -- How often words stand together cannot be foretold as that of one can, so the newest are looked through first.
    IF asked::text ~ '&|<' THEN
        RETURN QUERY EXECUTE format(question, 'WHERE day <= $8 ORDER BY day DESC, id DESC LIMIT 2500')
        USING asked, seen, kinds, themes, own, come, most, today;
        GET DIAGNOSTICS come = ROW_COUNT;
    END IF;
    IF come < most THEN
        RETURN QUERY EXECUTE format(question, 'WHERE day <= $8')
        USING asked, seen, kinds, themes, own, come, most - come, today;
        GET DIAGNOSTICS more = ROW_COUNT;
        come := come + more;
    END IF;
    IF come < most THEN
        RETURN QUERY EXECUTE format(question, 'WHERE day > $8')
        USING asked, seen, kinds, themes, own, 0, most - come, today;
    END IF;
END $$;
"""
