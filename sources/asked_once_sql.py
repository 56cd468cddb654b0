"""The rule of what may be seen, with the actor asked for once: not once for every clearance that there is.

Every policy asks it of every table that a statement reads, so that what it costs a cleared reader is paid many times.
"""

OPEN_SEALS = """
CREATE OR REPLACE FUNCTION open_seals() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
    SELECT id FROM sources_seal WHERE kind = 'open' OR released_at IS NOT NULL
    UNION
    SELECT c.seal_id FROM sources_clearance c JOIN people_person p ON p.id = c.person_id
    WHERE c.person_id = (SELECT actor()) AND c.withdrawn_at IS NULL AND p.is_active
    UNION
    SELECT 1 WHERE actor_is('director') OR actor_is('clerk') OR actor_is('clearing')
$$;

CREATE OR REPLACE FUNCTION seals_open_on(day date) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
    SELECT s FROM open_seals() s JOIN sources_seal ON sources_seal.id = s
    WHERE kind IN ('open', 'draft') OR (released_at AT TIME ZONE 'Europe/London')::date <= day
       OR s IN (SELECT c.seal_id FROM sources_clearance c JOIN people_person p ON p.id = c.person_id
            WHERE c.person_id = (SELECT actor()) AND c.withdrawn_at IS NULL AND p.is_active)
$$;
"""
