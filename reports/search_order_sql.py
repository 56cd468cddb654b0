"""The SQL of a search's order: what has been, the newest first, and then what is still to come."""

from sources.sql import owned_by_keeper

_FUNCTION = """
-- Made anew, since the first databases had one that answered otherwise.
DROP FUNCTION entries_found(tsquery, text[], bigint[], bigint[], bigint);
-- The entries that hold the words, of some kinds and themes, or of one's own, and that the actor may see. What is still
-- to come stands last, as the many steps of a plan do, so that the newest need not be looked for past it.
CREATE FUNCTION entries_found(asked tsquery, kinds text[], themes bigint[], own bigint[], most bigint)
RETURNS TABLE (id bigint, kind text, rank real) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 101
SET search_path = public, pg_temp AS $$
DECLARE
    seen bigint[] := ARRAY(SELECT open_seals());
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    -- Found apart and then sorted, or a word that few texts hold would be looked for in each, the newest first, to the
    -- last of them: how many hold a word that is rare or unfinished cannot be foretold.
    question text := 'WITH found AS MATERIALIZED (
            SELECT e.id, e.day FROM %s e
            WHERE e.lexemes @@ $1 AND e.seal_id = ANY ($2) AND e.own_seal_id = ANY ($2) AND e.kind = ANY ($3)
                AND (e.theme_id IS NULL OR e.theme_id = ANY ($4) OR e.id = ANY ($5) OR e.above_id = ANY ($5))
        ), shown AS (SELECT id FROM found ORDER BY day > $8, day DESC, id DESC OFFSET $6 LIMIT $7)
        SELECT e.id, e.kind::text, ts_rank(e.lexemes, $1) FROM reports_entry e WHERE e.id IN (SELECT id FROM shown)
        ORDER BY e.day > $8, e.day DESC, e.id DESC';
    newest text := '(SELECT * FROM reports_entry WHERE day <= $8 ORDER BY day DESC, id DESC LIMIT 2500)';
    come bigint := 0;
BEGIN
    -- A common word is met soon among the newest; only what is not is looked up in the index of words.
    RETURN QUERY EXECUTE format(question, newest) USING asked, seen, kinds, themes, own, come, most, today;
    GET DIAGNOSTICS come = ROW_COUNT;
    IF come < most THEN
        RETURN QUERY EXECUTE format(question, 'reports_entry')
        USING asked, seen, kinds, themes, own, come, most - come, today;
    END IF;
END $$;
"""
FOUND_IN_ORDER = _FUNCTION + owned_by_keeper("entries_found(tsquery, text[], bigint[], bigint[], bigint)")
