"""The watch over quotations, which asks first whether a row repeats anything at all: next to none does, and all pay."""

TO_SETTLE = """
CREATE OR REPLACE FUNCTION quotations_to_settle(place text, number bigint, stands bigint[], heard text)
RETURNS TABLE (seal_id bigint, words text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM runs_among(heard)) THEN RETURN; END IF;
    RETURN QUERY SELECT q.seal_id, q.words FROM quotations_among(heard) q
    WHERE q.seal_id <> ALL (stands) AND NOT EXISTS (SELECT FROM sources_quotation s
        WHERE s.stands_in = place AND s.key = number AND s.seal_id = q.seal_id AND s.words = q.words AND s.may_stand);
END $$;
"""
