"""The watch over quotations, which asks first whether a row says and repeats anything: next to none does."""

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

WATCH = """
CREATE OR REPLACE FUNCTION watch_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    is_source boolean := TG_ARGV[2] = 'source';
    parts text[];
    stands bigint[];
    found record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM put_down(TG_TABLE_NAME, OLD.id), settle_what_went(TG_TABLE_NAME, OLD.id, '');
        RETURN NULL;
    END IF;
    parts := said_in(to_jsonb(NEW), TG_ARGV[1]::text[]);
    -- Where nothing is said, as in most lines of history, nothing is repeated and nothing is taken up.
    IF TG_OP = 'INSERT' AND NOT is_source AND array_to_string(parts, '') = '' THEN RETURN NULL; END IF;
    IF NOT is_source AND NOT anything_held() THEN RETURN NULL; END IF;
    stands := seals_of(to_jsonb(NEW), TG_ARGV[0]::text[]);
    IF TG_OP = 'UPDATE' THEN
        IF parts = said_in(to_jsonb(OLD), TG_ARGV[1]::text[])
            AND held(stands) = held(seals_of(to_jsonb(OLD), TG_ARGV[0]::text[])) THEN RETURN NULL; END IF;
        PERFORM put_down(TG_TABLE_NAME, NEW.id), settle_what_went(TG_TABLE_NAME, NEW.id, letters_in(parts));
    END IF;
    -- A document received under a seal of its own may say what another does: a letter, and its draft before it.
    IF NOT is_source OR held(stands) = '{}' THEN
        FOR found IN SELECT * FROM quotations_to_settle(TG_TABLE_NAME, NEW.id, stands, letters_in(parts)) LOOP
            PERFORM stop_or_tell(found.seal_id, TG_TABLE_NAME, NEW.id, found.words);
        END LOOP;
    END IF;
    -- The seal of what is open holds nothing, and most rows stand under no other.
    IF is_source OR (NOT stands <@ '{0}' AND cardinality(held(stands)) > 0 AND to_jsonb(NEW) @> TG_ARGV[3]::jsonb) THEN
        PERFORM take_up(TG_TABLE_NAME, NEW.id, stands, parts, coalesce(to_jsonb(NEW) ->> 'title', ''), is_source);
    END IF;
    RETURN NULL;
END $$;
"""
