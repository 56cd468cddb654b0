"""How the database finds words that repeat words under seal, by `quoting.py`’s rule: the fourth migration’s part."""

from sources.quoting import BETWEEN, BROKEN, EIGHT, FOOTNOTE, LEAST, RAISED

LETTERS = f"""
CREATE FUNCTION letters_of(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = public, pg_temp AS $$
    SELECT lower(regexp_replace(
        CASE WHEN plain ~ '[0-9]' THEN regexp_replace(plain, '{FOOTNOTE}', '\\1', 'g') ELSE plain END,
        '[^a-zA-Z0-9]+', '', 'g') COLLATE "C")
    FROM normalize(translate(said, '{RAISED}', ''), NFKD) AS plain
$$;

-- What the columns of a row say, letter by letter, with a mark between that no word has.
CREATE FUNCTION said_in(entry jsonb, columns text[]) RETURNS text[] LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(part #>> '{{}}'), '{{}}')
    FROM unnest(columns) AS named, jsonb_path_query(entry -> named, 'strict $.** ? (@.type() == "string")') AS part
$$;

CREATE FUNCTION letters_in(parts text[]) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce(string_agg(letters_of(part), '|'), '') FROM unnest(parts) AS part
$$;

CREATE FUNCTION runs_of(said text) RETURNS TABLE (nth bigint, letters text, words text) LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
    WITH spelt AS (
        SELECT row_number() OVER (ORDER BY n) AS nth, word, letters_of(word) AS letters
        FROM regexp_split_to_table(regexp_replace(said, '{BROKEN}', '', 'g'), '{BETWEEN}') WITH ORDINALITY t (word, n)
        WHERE letters_of(word) <> ''
    ), eights AS (
        SELECT nth, count(*) OVER eight AS n, string_agg(letters, '') OVER eight AS letters,
            string_agg(word, ' ') OVER eight AS words
        FROM spelt WINDOW eight AS (ORDER BY nth ROWS BETWEEN CURRENT ROW AND {EIGHT - 1} FOLLOWING)
    )
    SELECT nth, letters, words FROM eights WHERE n = {EIGHT} AND length(letters) >= {LEAST}
$$;
"""  # noqa: S608

FINDING = f"""
-- Those of the seals that still keep something unseen from whoever is not cleared by name.
CREATE FUNCTION held(numbers bigint[]) RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(id), '{{}}') FROM sources_seal
    WHERE id = ANY (numbers) AND kind IN ('confidential', 'exempt') AND released_at IS NULL
$$;

CREATE FUNCTION anything_held() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sources_seal WHERE kind IN ('confidential', 'exempt') AND released_at IS NULL)
$$;

-- The runs kept under seal that stand among the letters: one look at the index for all places where one may begin.
-- Bytes are cut out of bytes at once, letters out of letters by counting from the first.
CREATE FUNCTION runs_among(heard text) RETURNS SETOF sources_run LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    octets bytea := decode(heard, 'escape');
    starts bytea[] := ARRAY(SELECT substring(octets FROM place FOR {LEAST})
        FROM generate_series(1, length(octets) - {LEAST} + 1) AS place);
BEGIN
    RETURN QUERY SELECT * FROM sources_run
    WHERE substring(decode(letters, 'escape') FROM 1 FOR {LEAST}) = ANY (starts) AND strpos(heard, letters) > 0;
END $$;

-- The quotations among the letters: runs that follow one another are one, and one within another is no other.
CREATE FUNCTION quotations_among(heard text) RETURNS TABLE (seal_id bigint, words text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH found AS (
        SELECT r.*, r.nth - row_number() OVER (PARTITION BY r.seal_id, r.kept_in, r.key ORDER BY r.nth) AS stretch
        FROM runs_among(heard) r
    ), begun AS (
        SELECT *, nth = min(nth) OVER (PARTITION BY seal_id, kept_in, key, stretch) AS is_first FROM found
    ), whole AS (
        SELECT DISTINCT seal_id,
            string_agg(CASE WHEN is_first THEN words ELSE substring(words FROM '\\S+$') END, ' ' ORDER BY nth) AS words
        FROM begun GROUP BY seal_id, kept_in, key, stretch
    )
    SELECT seal_id, words FROM whole WHERE NOT EXISTS (
        SELECT FROM whole other WHERE other.seal_id = whole.seal_id AND other.words <> whole.words
            AND position(whole.words IN other.words) > 0)
    ORDER BY seal_id, words
$$;

-- As above, but none of what stands under the same seal, and none that somebody cleared has let stand here.
CREATE FUNCTION quotations_to_settle(place text, number bigint, stands bigint[], heard text)
RETURNS TABLE (seal_id bigint, words text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT q.seal_id, q.words FROM quotations_among(heard) q
    WHERE q.seal_id <> ALL (stands) AND NOT EXISTS (SELECT FROM sources_quotation s
        WHERE s.stands_in = place AND s.key = number AND s.seal_id = q.seal_id AND s.words = q.words AND s.may_stand)
$$;

CREATE FUNCTION said_briefly(said text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
    SELECT '“' || left(said, 200) || CASE WHEN length(said) > 200 THEN '…' ELSE '' END || '”'
$$;

CREATE FUNCTION said_of(under bigint, said text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT '“' || title || '”' FROM sources_spelling WHERE seal_id = under AND title <> ''
        ORDER BY id LIMIT 1), 'a document') || ', which is under seal: ' || said_briefly(said)
$$;

-- What somebody cleared may be told of words that they would send out; whoever is not cleared is told of none.
CREATE FUNCTION repeats(place text, number bigint, stands bigint[], heard text)
RETURNS TABLE (seal_id bigint, words text, says text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT q.seal_id, q.words, said_of(q.seal_id, q.words) FROM quotations_to_settle(place, number, stands, heard) q
    WHERE actor_is_cleared_on(q.seal_id)
$$;
"""  # noqa: S608
