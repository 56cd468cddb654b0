"""The function of the database by which a sealed read is written down, and the one that waits for a turn."""

from people.sql import as_keeper, owned_by_keeper

RECORD = """
-- One row for each seal that holds. The reader is the actor, and nobody can record a read of anybody else's.
CREATE FUNCTION record_reads(seals bigint[], page text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO sources_sealread (seal_id, at, by_id, what)
    SELECT id, clock_timestamp(), actor(), left(page, 200) FROM sources_seal
    WHERE id = ANY(seals) AND kind IN ('confidential', 'exempt') AND released_at IS NULL ORDER BY id
$$;
"""
# A stronger lock would also hold up every row that refers to the seal. Those are looked at as transactions end, when
# they may hold the chain of events already, for which this one will wait: two that wait for each other.
TURNS = """
CREATE OR REPLACE FUNCTION take_in_hand(number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    released timestamptz;
BEGIN
    SELECT released_at INTO released FROM sources_seal WHERE id = number FOR NO KEY UPDATE;
    IF released IS NOT NULL THEN
        RAISE EXCEPTION 'The document has been released, and a released document is not closed or opened again.';
    END IF;
END $$;
"""
FUNCTIONS = RECORD + owned_by_keeper("record_reads(bigint[],text)") + as_keeper(TURNS)
