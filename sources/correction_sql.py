"""The functions of the database by which people deal with a seal, as the second migration makes them.

They stand in the place of those of the first migration that had the same names: each now leaves a line of history,
refuses what has been released, and waits its turn, so that two people cannot at once do what either alone may not.
"""

from people.sql import as_keeper as as_keeper
from people.sql import owned_by_keeper

FOUNDATIONS = """
-- Whether a person, whoever acts, is cleared on the seal and holds one of the roles today.
CREATE FUNCTION is_cleared_as(person bigint, number bigint, parts text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sources_clearance c
        JOIN people_person p ON p.id = c.person_id JOIN people_grant g ON g.person_id = p.id
        WHERE c.seal_id = number AND p.id = person AND c.withdrawn_at IS NULL AND p.is_active AND g.role = ANY(parts)
          AND g.starts_on <= (now() AT TIME ZONE 'Europe/London')::date
          AND (g.ends_on IS NULL OR g.ends_on > (now() AT TIME ZONE 'Europe/London')::date))
$$;

CREATE FUNCTION seal_line(number bigint, what text, sentence text, why text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO sources_sealline (seal_id, at, by_id, verb, says, reason, before, after)
    VALUES (number, clock_timestamp(), actor(), what, sentence, why, '{}', '{}')
$$;

CREATE FUNCTION in_london(moment timestamptz) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT to_char(moment AT TIME ZONE 'Europe/London', 'FMDD FMMonth YYYY "at" HH24:MI')
$$;

-- Takes the seal until the transaction ends, so that deeds on it come one after another; what is released is done with.
CREATE FUNCTION take_in_hand(number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    released timestamptz;
BEGIN
    SELECT released_at INTO released FROM sources_seal WHERE id = number FOR UPDATE;
    IF released IS NOT NULL THEN
        RAISE EXCEPTION 'The document has been released, and a released document is not closed or opened again.';
    END IF;
END $$;

CREATE FUNCTION demand_an_end(until timestamptz, quoted text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF btrim(coalesce(quoted, '')) = '' THEN
        RAISE EXCEPTION 'Quote the sentence that sets the end of the embargo.';
    END IF;
    IF until < '1900-01-01' OR until >= '2200-01-01' THEN
        RAISE EXCEPTION 'An embargo ends at an instant that somebody now alive may see.';
    END IF;
END $$;
"""

SEALING = """
CREATE OR REPLACE FUNCTION make_seal(number bigint, what text, law text, until timestamptz, quoted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF actor() IS NULL THEN RAISE EXCEPTION 'Only a person who has signed in can seal a document.'; END IF;
    IF what NOT IN ('confidential', 'exempt') THEN RAISE EXCEPTION 'A seal is confidential or exempt.'; END IF;
    IF until IS NOT NULL THEN PERFORM demand_an_end(until, quoted); END IF;
    INSERT INTO sources_seal (id, kind, citation, embargo_until, embargo_words, made_by_id, made_at)
    VALUES (number, what, law, until, quoted, actor(), clock_timestamp());
    INSERT INTO sources_clearance (seal_id, person_id, given_by_id, given_at)
    VALUES (number, actor(), actor(), clock_timestamp());
    PERFORM seal_line(number, 'seal', CASE WHEN until IS NULL THEN 'sealed the document'
        ELSE 'sealed the document until ' || in_london(until) END, quoted);
END $$;

DROP FUNCTION clear_person(bigint, bigint);
CREATE FUNCTION clear_person(number bigint, person bigint, why text DEFAULT '') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    called text := (SELECT name FROM people_person WHERE id = person AND is_active);
BEGIN
    IF NOT actor_is_cleared_on(number) THEN
        RAISE EXCEPTION 'Only someone cleared on a document can clear somebody else on it.';
    END IF;
    PERFORM take_in_hand(number);
    IF called IS NULL THEN RAISE EXCEPTION 'Only a person with an open account can be cleared.'; END IF;
    IF EXISTS (SELECT FROM sources_clearance WHERE seal_id = number AND person_id = person AND withdrawn_at IS NULL)
    THEN RAISE EXCEPTION '% is cleared already.', called; END IF;
    INSERT INTO sources_clearance (seal_id, person_id, given_by_id, given_at)
    VALUES (number, person, actor(), clock_timestamp())
    ON CONFLICT (seal_id, person_id)
    DO UPDATE SET withdrawn_at = NULL, given_by_id = actor(), given_at = clock_timestamp();
    PERFORM seal_line(number, 'clear', 'cleared ' || called, why);
END $$;

CREATE FUNCTION withdraw_clearance(number bigint, person bigint, why text DEFAULT '') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT actor_is_cleared_on(number) THEN
        RAISE EXCEPTION 'Only someone cleared on a document can withdraw a clearance on it.';
    END IF;
    PERFORM take_in_hand(number);
    IF NOT EXISTS (SELECT FROM sources_clearance
        WHERE seal_id = number AND person_id = person AND withdrawn_at IS NULL)
    THEN RAISE EXCEPTION 'This person is not cleared on the document.'; END IF;
    IF NOT EXISTS (SELECT FROM sources_clearance c JOIN people_person p ON p.id = c.person_id
        WHERE c.seal_id = number AND c.person_id <> person AND c.withdrawn_at IS NULL AND p.is_active)
    THEN
        RAISE EXCEPTION 'Nobody else is cleared, and the last clearance cannot be withdrawn:'
            ' nobody could see or release the document.';
    END IF;
    UPDATE sources_clearance SET withdrawn_at = clock_timestamp() WHERE seal_id = number AND person_id = person;
    PERFORM seal_line(number, 'withdraw', 'withdrew the clearance of ' || name, why) FROM people_person
    WHERE id = person;
END $$;
"""

RELEASING = """
DROP FUNCTION propose_release(bigint);
CREATE FUNCTION propose_release(number bigint, why text DEFAULT '') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF actor() IS NULL OR NOT is_cleared_as(actor(), number, ARRAY['director']) THEN
        RAISE EXCEPTION 'Only a director who is cleared on a document can propose its release.';
    END IF;
    PERFORM take_in_hand(number);
    IF EXISTS (SELECT FROM sources_seal WHERE id = number AND embargo_until > clock_timestamp()) THEN
        RAISE EXCEPTION 'The embargo has not ended, so nobody can propose the release yet.';
    END IF;
    INSERT INTO sources_proposal (seal_id, by_id, at, reason) VALUES (number, actor(), clock_timestamp(), why)
    ON CONFLICT (seal_id) DO UPDATE SET by_id = actor(), at = clock_timestamp(), reason = why;
    PERFORM seal_line(number, 'propose', 'proposed the release', why);
END $$;

CREATE OR REPLACE FUNCTION confirm_release(number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    proposer bigint;
BEGIN
    IF actor() IS NULL OR NOT is_cleared_as(actor(), number, ARRAY['clerk']) THEN
        RAISE EXCEPTION 'Only a clerk who is cleared on a document can confirm its release.';
    END IF;
    PERFORM take_in_hand(number);
    IF EXISTS (SELECT FROM sources_seal WHERE id = number AND embargo_until > clock_timestamp()) THEN
        RAISE EXCEPTION 'The embargo has not ended, so nobody can confirm the release yet.';
    END IF;
    SELECT by_id INTO proposer FROM sources_proposal WHERE seal_id = number;
    IF proposer IS NULL THEN RAISE EXCEPTION 'A director must propose the release first.'; END IF;
    IF proposer = actor() THEN RAISE EXCEPTION 'The person who proposed a release cannot confirm it.'; END IF;
    IF NOT is_cleared_as(proposer, number, ARRAY['director']) THEN
        RAISE EXCEPTION 'Whoever proposed the release is no longer a director cleared on the document.'
            ' Another must propose it.';
    END IF;
    UPDATE sources_seal SET released_at = clock_timestamp(), released_by_id = proposer, second_by_id = actor()
    WHERE id = number AND released_at IS NULL AND kind IN ('confidential', 'exempt');
    PERFORM seal_line(number, 'release', 'confirmed the release', '');
END $$;
"""

CORRECTING = """
CREATE FUNCTION propose_instant(number bigint, wanted timestamptz, quoted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    old sources_seal%ROWTYPE;
BEGIN
    IF actor() IS NULL OR NOT is_cleared_as(actor(), number, ARRAY['director', 'clerk']) THEN
        RAISE EXCEPTION 'Only a director or clerk who is cleared on a document can correct when its embargo ends.';
    END IF;
    PERFORM take_in_hand(number);
    IF wanted IS NULL THEN RAISE EXCEPTION 'An embargo is corrected to another instant, never to none.'; END IF;
    PERFORM demand_an_end(wanted, quoted);
    SELECT * INTO old FROM sources_seal WHERE id = number;
    IF old.embargo_until = wanted AND old.embargo_words = quoted THEN
        RAISE EXCEPTION 'This is when the embargo ends already.';
    END IF;
    INSERT INTO sources_correction (seal_id, key, by_id, at, was_until, was_words, until, words)
    VALUES (number, gen_random_uuid(), actor(), clock_timestamp(), old.embargo_until, old.embargo_words,
        wanted, quoted);
    PERFORM seal_line(number, 'correct', 'proposed that the embargo ends on ' || in_london(wanted), quoted);
END $$;

-- What is confirmed is named by its key: a person confirms what they have read, and nothing proposed since.
CREATE FUNCTION confirm_instant(number bigint, named uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    latest sources_correction%ROWTYPE;
BEGIN
    IF actor() IS NULL OR NOT is_cleared_as(actor(), number, ARRAY['director', 'clerk']) THEN
        RAISE EXCEPTION 'Only a director or clerk who is cleared on a document can correct when its embargo ends.';
    END IF;
    PERFORM take_in_hand(number);
    SELECT * INTO latest FROM sources_correction WHERE seal_id = number ORDER BY id DESC LIMIT 1;
    IF latest.id IS NULL OR latest.second_at IS NOT NULL THEN
        RAISE EXCEPTION 'Somebody must propose another instant first.';
    END IF;
    IF named IS DISTINCT FROM latest.key THEN
        RAISE EXCEPTION 'Another instant has been proposed since. Read it before you confirm it.';
    END IF;
    IF latest.by_id = actor() THEN
        RAISE EXCEPTION 'The person who proposed an instant cannot confirm it.';
    END IF;
    IF NOT is_cleared_as(latest.by_id, number, ARRAY['director', 'clerk']) THEN
        RAISE EXCEPTION 'Whoever proposed the instant is no longer cleared on the document. Another must propose it.';
    END IF;
    UPDATE sources_seal SET embargo_until = latest.until, embargo_words = latest.words WHERE id = number;
    UPDATE sources_correction SET second_by_id = actor(), second_at = clock_timestamp() WHERE id = latest.id;
    -- Whatever release was proposed was proposed on other terms.
    DELETE FROM sources_proposal WHERE seal_id = number;
    PERFORM seal_line(number, 'correct', 'confirmed that the embargo ends on ' || in_london(latest.until),
        latest.words);
END $$;
"""

DOCUMENTS = """
-- Else one cleared person could open a document by moving it to the open seal, or close one by moving it from there.
CREATE FUNCTION source_keeps_its_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A document stays under the seal that it was received under; two people release it.';
END $$;
CREATE TRIGGER source_keeps_its_seal BEFORE UPDATE ON sources_source
    FOR EACH ROW WHEN (OLD.seal_id <> NEW.seal_id) EXECUTE FUNCTION source_keeps_its_seal();
"""

READER = """
-- Stamps the actor, and says whether they are cleared on anything: asked at each request, so in one round trip.
CREATE FUNCTION stamp_reader(credential text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    person bigint := stamp(credential);
BEGIN
    RETURN EXISTS (SELECT FROM sources_clearance c JOIN people_person p ON p.id = c.person_id
        WHERE c.person_id = person AND c.withdrawn_at IS NULL AND p.is_active);
END $$;
"""

# What happened before there were lines to tell of it.
HISTORY = """
INSERT INTO sources_sealline (seal_id, at, by_id, verb, says, reason, before, after)
SELECT id, made_at, made_by_id, 'seal', 'sealed the document' || coalesce(' until ' || in_london(embargo_until), ''),
    embargo_words, '{}'::jsonb, '{}'::jsonb
FROM sources_seal WHERE kind IN ('confidential', 'exempt')
UNION ALL
SELECT c.seal_id, c.given_at, c.given_by_id, 'clear', 'cleared ' || p.name, '', '{}', '{}'
FROM sources_clearance c JOIN people_person p ON p.id = c.person_id WHERE c.person_id <> c.given_by_id
UNION ALL
SELECT seal_id, at, by_id, 'propose', 'proposed the release', '', '{}', '{}' FROM sources_proposal
UNION ALL
SELECT id, released_at, second_by_id, 'release', 'confirmed the release', '', '{}', '{}'
FROM sources_seal WHERE released_at IS NOT NULL;
"""

PRIVATE = (
    "is_cleared_as(bigint,bigint,text[])",
    "seal_line(bigint,text,text,text)",
    "take_in_hand(bigint)",
)
FUNCTIONS = (
    *PRIVATE,
    "clear_person(bigint,bigint,text)",
    "withdraw_clearance(bigint,bigint,text)",
    "propose_release(bigint,text)",
    "propose_instant(bigint,timestamptz,text)",
    "confirm_instant(bigint,uuid)",
    "stamp_reader(text)",
)
MADE = "".join((FOUNDATIONS, SEALING, RELEASING, CORRECTING, READER))


def made_and_owned() -> str:
    """The functions, made in the place of the old and given to the keeper."""
    return as_keeper(MADE) + owned_by_keeper(*FUNCTIONS, private=PRIVATE)
