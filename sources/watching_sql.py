"""How the database stops words that repeat words under seal, or tells the cleared of them: the fourth migration’s part.

A trigger asks it of every row that people write, so that no view can forget to.
"""

from sources.quotation_sql import FINDING, LETTERS
from sources.sql import owned_by_keeper

QUOTED = "QT001"
"""The state of what is stopped because its words repeat words under seal."""

STOP = f"RAISE EXCEPTION USING ERRCODE = '{QUOTED}', MESSAGE = 'Words that repeat words under seal were stopped.';"
"""After the sentence has been told to whoever asked: an error's own words would stand in the server's log."""

KEEPING = """
-- Takes up the words of a row: their runs where they stand under a held seal, their letters where they are a source.
CREATE FUNCTION take_up(place text, number bigint, stands bigint[], parts text[], named text, is_source boolean)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    under bigint[] := held(stands);
    heard text;
BEGIN
    IF is_source THEN
        INSERT INTO sources_spelling (kept_in, key, seal_id, title, letters)
        VALUES (place, number, stands[1], named, letters_in(parts));
        IF under = '{}' AND NOT is_flagged(place, number) THEN
            PERFORM forget_what_is_open(letters_in(parts));
        END IF;
    END IF;
    IF under = '{}' THEN RETURN; END IF;
    INSERT INTO sources_run (seal_id, kept_in, key, nth, letters, words)
    SELECT seal, place, number, part.n * 1000000 + run.nth, run.letters, run.words
    FROM unnest(under) AS seal, unnest(parts) WITH ORDINALITY AS part (said, n), runs_of(part.said) AS run;
    FOR heard IN SELECT letters FROM sources_spelling
        WHERE held(ARRAY[seal_id]) = '{}' AND NOT is_flagged(kept_in, key)
    LOOP
        DELETE FROM sources_run r
        WHERE r.kept_in = place AND r.key = number AND strpos(heard, r.letters) > 0;
    END LOOP;
END $$;

-- Whether a row repeats words under seal and nobody cleared has looked: then it makes nothing open.
CREATE FUNCTION is_flagged(place text, number bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sources_quotation WHERE stands_in = place AND key = number AND settled_at IS NULL)
$$;

-- What stands in an open source is nobody's secret.
CREATE FUNCTION forget_what_is_open(heard text) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    DELETE FROM sources_run WHERE id IN (SELECT id FROM runs_among(heard))
$$;

CREATE FUNCTION put_down(place text, number bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    DELETE FROM sources_run WHERE kept_in = place AND key = number;
    DELETE FROM sources_spelling WHERE kept_in = place AND key = number
$$;

CREATE FUNCTION words_released() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM sources_run WHERE seal_id = NEW.id;
    PERFORM forget_what_is_open(letters) FROM sources_spelling WHERE seal_id = NEW.id;
    UPDATE sources_quotation SET settled_at = clock_timestamp(), settled_by_id = actor(), how = 'It was released.'
    WHERE seal_id = NEW.id AND settled_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER words_released AFTER UPDATE OF released_at ON sources_seal
    FOR EACH ROW WHEN (OLD.released_at IS NULL AND NEW.released_at IS NOT NULL) EXECUTE FUNCTION words_released();
"""

WATCHING = f"""
-- Somebody cleared says why words that repeat a sealed text may stand where they stand; it is written down.
CREATE FUNCTION let_stand(seal bigint, place text, number bigint, said text, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT actor_is_cleared_on(seal) THEN
        RAISE EXCEPTION 'Only someone cleared on a document can let words that repeat it stand.';
    END IF;
    IF btrim(coalesce(why, '')) = '' THEN RAISE EXCEPTION 'Say why these words may stand.'; END IF;
    UPDATE sources_quotation SET settled_at = now(), settled_by_id = actor(), how = why, may_stand = true
    WHERE seal_id = seal AND stands_in = place AND key = number AND words = said AND settled_at IS NULL;
    IF NOT FOUND THEN
        INSERT INTO sources_quotation (seal_id, stands_in, key, words, by_id, at, settled_at, settled_by_id, how,
            may_stand)
        VALUES (seal, place, number, said, actor(), now(), now(), actor(), why, true);
    END IF;
    -- One deed may write the same words in two rows, and is one line.
    IF NOT EXISTS (SELECT FROM sources_sealline WHERE seal_id = seal AND verb = 'let_stand' AND by_id = actor()
        AND says = 'let words that repeat it stand: ' || said_briefly(said) AND at >= now())
    THEN
        PERFORM seal_line(seal, 'let_stand', 'let words that repeat it stand: ' || said_briefly(said), why);
    END IF;
END $$;

-- All that say the same under one seal, wherever they stand.
CREATE FUNCTION let_words_stand(seal bigint, said text, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT actor_is_cleared_on(seal) THEN
        RAISE EXCEPTION 'Only someone cleared on a document can let words that repeat it stand.';
    END IF;
    PERFORM let_stand(seal, stands_in, key, words, why) FROM sources_quotation
    WHERE seal_id = seal AND words = said AND settled_at IS NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'These words have been settled already, or are gone.'; END IF;
END $$;

-- Of every row that is written: stops who is cleared and gives no reason, and tells the cleared of anybody else's.
-- To who is not cleared nothing is said either way, or saving would tell what is sealed.
CREATE FUNCTION watch_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
    IF NOT is_source AND NOT anything_held() THEN RETURN NULL; END IF;
    parts := said_in(to_jsonb(NEW), TG_ARGV[1]::text[]);
    stands := seals_of(to_jsonb(NEW), TG_ARGV[0]::text[]);
    IF TG_OP = 'UPDATE' THEN
        IF parts = said_in(to_jsonb(OLD), TG_ARGV[1]::text[])
            AND held(stands) = held(seals_of(to_jsonb(OLD), TG_ARGV[0]::text[])) THEN RETURN NULL; END IF;
        PERFORM put_down(TG_TABLE_NAME, NEW.id), settle_what_went(TG_TABLE_NAME, NEW.id, letters_in(parts));
    END IF;
    -- A document received under a seal of its own may say what another does: a letter, and its draft before it.
    IF NOT is_source OR held(stands) = '{{}}' THEN
        FOR found IN SELECT * FROM quotations_to_settle(TG_TABLE_NAME, NEW.id, stands, letters_in(parts)) LOOP
            PERFORM stop_or_tell(found.seal_id, TG_TABLE_NAME, NEW.id, found.words);
        END LOOP;
    END IF;
    IF is_source OR (cardinality(held(stands)) > 0 AND to_jsonb(NEW) @> TG_ARGV[3]::jsonb) THEN
        PERFORM take_up(TG_TABLE_NAME, NEW.id, stands, parts, coalesce(to_jsonb(NEW) ->> 'title', ''), is_source);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION seals_of(entry jsonb, columns text[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
    SELECT array_agg((entry ->> named)::bigint) FROM unnest(columns) AS named
$$;

CREATE FUNCTION stop_or_tell(seal bigint, place text, number bigint, said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    why text := btrim(coalesce(current_setting('improvement.say_openly', true), ''));
BEGIN
    IF NOT actor_is_cleared_on(seal) THEN
        INSERT INTO sources_quotation (seal_id, stands_in, key, words, by_id, at, how, may_stand)
        SELECT seal, place, number, said, actor(), now(), '', false
        WHERE NOT EXISTS (SELECT FROM sources_quotation WHERE seal_id = seal AND stands_in = place AND key = number
            AND words = said AND settled_at IS NULL);
    ELSIF why <> '' THEN
        PERFORM let_stand(seal, place, number, said, why);
    ELSE
        RAISE INFO USING MESSAGE = 'Your words repeat eight or more from ' || said_of(seal, said)
            || '. Say it in other words, or say why these may stand.';
        {STOP}
    END IF;
END $$;

-- A quotation is settled too when its words are no longer there.
CREATE FUNCTION settle_what_went(place text, number bigint, heard text) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    UPDATE sources_quotation SET settled_at = now(), settled_by_id = actor(), how = 'The words were changed.'
    WHERE stands_in = place AND key = number AND settled_at IS NULL AND strpos(heard, letters_of(words)) = 0
$$;
"""  # noqa: S608

ISSUING = """
CREATE FUNCTION is_cleared_on_all_held() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM sources_seal s WHERE s.kind IN ('confidential', 'exempt') AND s.released_at IS NULL
        AND NOT actor_is_cleared_on(s.id))
$$;
"""

PRIVATE = (
    "held(bigint[])",
    "anything_held()",
    "runs_among(text)",
    "quotations_among(text)",
    "quotations_to_settle(text,bigint,bigint[],text)",
    "said_of(bigint,text)",
    "take_up(text,bigint,bigint[],text[],text,boolean)",
    "is_flagged(text,bigint)",
    "forget_what_is_open(text)",
    "put_down(text,bigint)",
    "words_released()",
    "watch_words()",
    "stop_or_tell(bigint,text,bigint,text)",
    "settle_what_went(text,bigint,text)",
)
FUNCTIONS = (
    *PRIVATE,
    "repeats(text,bigint,bigint[],text)",
    "let_stand(bigint,text,bigint,text,text)",
    "let_words_stand(bigint,text,text)",
    "is_cleared_on_all_held()",
)
TABLES = """
REVOKE ALL ON sources_run, sources_spelling FROM improvement_app;
GRANT SELECT, INSERT, DELETE ON sources_spelling TO improvement_keeper;
CREATE INDEX run_begins ON sources_run ((substring(decode(letters, 'escape') FROM 1 FOR 16)));
"""


def made_and_owned() -> str:
    """The functions, made and given to the keeper."""
    return LETTERS + FINDING + KEEPING + WATCHING + ISSUING + owned_by_keeper(*FUNCTIONS, private=PRIVATE)
