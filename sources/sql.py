"""The functions of the database that keep seals, as the first migration makes them.

Owned by `improvement_keeper`, a role that nobody signs in as: it reads every seal through a policy of its own, and
the web role, never a member of it, can only call what it is given.
"""

from people.sql import owned_by_keeper as owned_by_keeper

OPEN_SEALS = """
CREATE FUNCTION stamp_mac(message text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8'))), 'hex') FROM sources_stampkey
$$;

-- The actor of this transaction on this connection, or NULL: a missing, forged or replayed stamp is nobody.
CREATE FUNCTION actor() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    token text := nullif(current_setting('improvement.actor', true), '');
    person text := split_part(token, '.', 1);
BEGIN
    IF token IS NULL OR person !~ '^[0-9]{1,18}$' THEN RETURN NULL; END IF;
    IF token = bound_token(person) THEN RETURN person::bigint; END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION bound_token(person text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT person || '.' || stamp_mac('actor.' || person || '.' || pg_backend_pid() || '.'
        || extract(epoch FROM transaction_timestamp())::text)
$$;

-- Checks a credential signed by the application within the last minute and binds it to this transaction.
CREATE FUNCTION stamp(credential text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    person text := split_part(credential, '.', 1);
    signed_at text := split_part(credential, '.', 2);
BEGIN
    IF credential IS NULL OR credential <> person || '.' || signed_at || '.' || stamp_mac(person || '.' || signed_at)
       OR abs(extract(epoch FROM clock_timestamp()) - signed_at::bigint) > 60 THEN
        RAISE EXCEPTION 'The stamp of the actor does not hold.';
    END IF;
    PERFORM set_config('improvement.actor', bound_token(person), true);
    RETURN person::bigint;
END $$;

CREATE FUNCTION actor_is(wanted text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_grant WHERE person_id = actor() AND role = wanted
        AND starts_on <= (now() AT TIME ZONE 'Europe/London')::date
        AND (ends_on IS NULL OR ends_on > (now() AT TIME ZONE 'Europe/London')::date))
$$;

-- The whole rule of what may be seen: what is open, what was released, what the actor is cleared on, and drafts
-- (seal 1) for the roles that read drafts.
-- Never a comparison with the clock: time alone opens nothing.
CREATE FUNCTION open_seals() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
    SELECT id FROM sources_seal WHERE kind = 'open' OR released_at IS NOT NULL
    UNION
    SELECT c.seal_id FROM sources_clearance c JOIN people_person p ON p.id = c.person_id
    WHERE c.person_id = actor() AND c.withdrawn_at IS NULL AND p.is_active
    UNION
    SELECT 1 WHERE actor_is('director') OR actor_is('clerk') OR actor_is('clearing')
$$;

CREATE FUNCTION actor_is_cleared_on(number bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM sources_clearance c JOIN people_person p ON p.id = c.person_id
        WHERE c.seal_id = number AND c.person_id = actor() AND c.withdrawn_at IS NULL AND p.is_active)
$$;

-- As open_seals(), but what was released later than the day was not yet open on it: the past does not change.
CREATE FUNCTION seals_open_on(day date) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
    SELECT s FROM open_seals() s JOIN sources_seal ON sources_seal.id = s
    WHERE kind IN ('open', 'draft') OR actor_is_cleared_on(s)
       OR (released_at AT TIME ZONE 'Europe/London')::date <= day
$$;

"""

DEEDS = """
CREATE FUNCTION make_seal(number bigint, what text, law text, until timestamptz, quoted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF actor() IS NULL THEN RAISE EXCEPTION 'Only a person who has signed in can seal a document.'; END IF;
    IF what NOT IN ('confidential', 'exempt') THEN RAISE EXCEPTION 'A seal is confidential or exempt.'; END IF;
    IF until IS NOT NULL AND btrim(quoted) = '' THEN
        RAISE EXCEPTION 'Quote the sentence that sets the end of the embargo.';
    END IF;
    INSERT INTO sources_seal (id, kind, citation, embargo_until, embargo_words, made_by_id, made_at)
    VALUES (number, what, law, until, quoted, actor(), clock_timestamp());
    INSERT INTO sources_clearance (seal_id, person_id, given_by_id, given_at)
    VALUES (number, actor(), actor(), clock_timestamp());
END $$;

CREATE FUNCTION clear_person(number bigint, person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT actor_is_cleared_on(number) THEN
        RAISE EXCEPTION 'Only someone cleared on a document can clear somebody else on it.';
    END IF;
    INSERT INTO sources_clearance (seal_id, person_id, given_by_id, given_at)
    VALUES (number, person, actor(), clock_timestamp())
    ON CONFLICT (seal_id, person_id)
    DO UPDATE SET withdrawn_at = NULL, given_by_id = actor(), given_at = clock_timestamp();
END $$;

CREATE FUNCTION propose_release(number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (actor_is_cleared_on(number) AND actor_is('director')) THEN
        RAISE EXCEPTION 'Only a director who is cleared on a document can propose its release.';
    END IF;
    IF EXISTS (SELECT FROM sources_seal WHERE id = number AND embargo_until > clock_timestamp()) THEN
        RAISE EXCEPTION 'The embargo has not ended, so nobody can propose the release yet.';
    END IF;
    INSERT INTO sources_proposal (seal_id, by_id, at) VALUES (number, actor(), clock_timestamp())
    ON CONFLICT (seal_id) DO UPDATE SET by_id = actor(), at = clock_timestamp();
END $$;

CREATE FUNCTION confirm_release(number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    proposer bigint := (SELECT by_id FROM sources_proposal WHERE seal_id = number);
BEGIN
    IF NOT (actor_is_cleared_on(number) AND actor_is('clerk')) THEN
        RAISE EXCEPTION 'Only a clerk who is cleared on a document can confirm its release.';
    END IF;
    IF proposer IS NULL THEN RAISE EXCEPTION 'A director must propose the release first.'; END IF;
    IF proposer = actor() THEN RAISE EXCEPTION 'The person who proposed a release cannot confirm it.'; END IF;
    UPDATE sources_seal SET released_at = clock_timestamp(), released_by_id = proposer, second_by_id = actor()
    WHERE id = number AND released_at IS NULL AND kind IN ('confidential', 'exempt');
END $$;

-- A release is two different people's act, complete or not at all, and time is the database's own.
ALTER TABLE sources_seal ADD CONSTRAINT seal_release_is_whole
    CHECK (num_nulls(released_at, released_by_id, second_by_id) IN (0, 3));
"""

FUNCTIONS = (
    "stamp_mac(text)",
    "bound_token(text)",
    "actor()",
    "stamp(text)",
    "open_seals()",
    "seals_open_on(date)",
    "actor_is_cleared_on(bigint)",
    "actor_is(text)",
    "make_seal(bigint,text,text,timestamptz,text)",
    "clear_person(bigint,bigint)",
    "propose_release(bigint)",
    "confirm_release(bigint)",
)
PRIVATE = ("stamp_mac(text)", "bound_token(text)")
KEPT = ("sources_seal", "sources_clearance", "sources_proposal")


def kept(*tables: str, grants: str) -> str:
    """Let the keeper read and write tables past their policies; the web role may only look."""
    return "\n".join(
        f"""
        REVOKE INSERT, UPDATE, DELETE ON {table} FROM improvement_app;
        GRANT {grants} ON {table} TO improvement_keeper;
        CREATE POLICY {table}_keeper ON {table} TO improvement_keeper USING (true) WITH CHECK (true);
        """
        for table in tables
    )


STANDING_SEALS = """
INSERT INTO sources_seal (id, kind, citation, embargo_words, made_at) VALUES
    (0, 'open', '', '', now()),
    (1, 'draft', 'A paper that has not been issued.', '', now());
"""

STAMP_KEY_IS_KEEPERS = """
REVOKE ALL ON sources_stampkey FROM improvement_app;
GRANT SELECT ON sources_stampkey, people_person, people_grant TO improvement_keeper;
"""
