"""The SQL of the chained trail: what an event's digest and hash are made of, and the functions that add one.

The two formulas are words of Python so that whoever verifies the chain works it out anew from them, and need not
believe what a database that was tampered with calls by the same names.
"""


def digest_of(line: str, *, without: str) -> str:
    """SHA-256 of a line's columns in one canonical order; instants as seconds, so that no time zone changes them."""
    told = f"jsonb_strip_nulls(to_jsonb({line}) - {without}) || jsonb_build_object('at', extract(epoch FROM {line}.at))"
    return f"sha256(convert_to(({told})::text, 'UTF8'))"


def hash_of(event: str, *, before: str) -> str:
    """SHA-256 of the hash of the event before and of all that this one says; before the first stands nothing."""
    columns = ("seq", "extract(epoch FROM {}.at)", "txid", "actor", "verb", "kind", "key")
    said = ", ".join(column.format(event) if "{}" in column else f"{event}.{column}" for column in columns)
    told = f"jsonb_build_array({said}, encode({event}.digest, 'hex'))"
    return f"sha256(coalesce({before}, '') || convert_to({told}::text, 'UTF8'))"


def names(columns: tuple[str, ...]) -> str:
    """Columns as an array."""
    return f"ARRAY[{', '.join(map(repr, columns))}]::text[]"


FUNCTIONS = f"""
-- Adds an event. The lock is held until the transaction ends, so the order of the chain is that in which deeds were
-- kept, without a gap; it is taken by triggers that wait for the end, so nobody waits for it longer than that takes.
CREATE FUNCTION chain_event(kind text, key bigint, actor bigint, verb text, digest bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    event people_event%ROWTYPE;
    before people_event%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock('people_event'::regclass::oid::bigint);
    SELECT * INTO before FROM people_event ORDER BY seq DESC LIMIT 1;
    event.seq := coalesce(before.seq, 0) + 1;
    event.at := clock_timestamp();
    event.txid := pg_current_xact_id()::text::bigint;
    event.actor := actor;
    event.verb := verb;
    event.kind := kind;
    event.key := key;
    event.digest := digest;
    event.hash := {hash_of("event", before="before.hash")};
    INSERT INTO people_event SELECT event.*;
END $$;

CREATE FUNCTION chain_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM chain_event(TG_TABLE_NAME, NEW.id, NEW.by_id, coalesce(to_jsonb(NEW) ->> 'verb', ''),
        {digest_of("NEW", without="coalesce(TG_ARGV, ARRAY[]::text[])")});
    RETURN NULL;
END $$;

-- The hash of the latest event: printed on a paper, it shows for ever that nothing before it was changed or cut off.
CREATE FUNCTION audit_head() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT encode(hash, 'hex') FROM people_event ORDER BY seq DESC LIMIT 1
$$;
"""  # noqa: S608
PRIVATE = ("chain_event(text,bigint,bigint,text,bytea)", "chain_line()")
PUBLIC = ("audit_head()",)
KEPT = """
REVOKE ALL ON people_event FROM improvement_app;
GRANT SELECT, INSERT ON people_event TO improvement_keeper;
"""


def hung_on(table: str, *, name: str, without: tuple[str, ...]) -> str:
    """Chain the lines that a table has and will have; whoever verifies them reads them past their seals."""
    given = ", ".join(map(repr, without))
    reader = f"{table}_keeper"
    return f"""
        GRANT SELECT ON {table} TO improvement_keeper;
        DO $do$ BEGIN
            IF (SELECT relrowsecurity FROM pg_class WHERE oid = '{table}'::regclass) AND NOT EXISTS (
                SELECT FROM pg_policy WHERE polrelid = '{table}'::regclass AND polname = '{reader}')
            THEN CREATE POLICY {reader} ON {table} TO improvement_keeper USING (true) WITH CHECK (true); END IF;
        END $do$;
        SELECT chain_event('{table}', line.id, line.by_id, coalesce(to_jsonb(line) ->> 'verb', ''),
            {digest_of("line", without=names(without))})
        FROM (SELECT * FROM {table} ORDER BY at, id) line;
        CREATE CONSTRAINT TRIGGER {name} AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION chain_line({given});
    """  # noqa: S608
