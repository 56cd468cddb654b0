"""The SQL of search: the triggers that keep an entry of whatever has words, and the one function that finds entries.

`@@` is not LEAKPROOF, so no index of words is used under row security (`trust.md` 4.1). The function therefore looks as
the keeper, past the policy of entries, and repeats the policy's own rule; it answers with keys, and what stands behind
them is read under the policy like everything else.
"""

import json
from collections.abc import Mapping
from typing import Any

from sources.sql import kept, owned_by_keeper

SEARCHED: dict[str, dict[str, Any]] = {
    "sources_source": {
        "kind": "document", "name": "reference", "title": "title", "words": ["from_whom", "words"],
        "day": "received_on",
    },
    "improvement_finding": {
        "kind": "finding", "name": "reference", "title": "number", "words": ["words"], "theme": "theme_id",
        "of": "document", "by": "source_id",
    },
    "improvement_action": {
        "kind": "action", "name": "number", "title": "title", "words": ["words", "success"], "day": "starts_on",
        "theme": "theme_id",
    },
    "improvement_milestone": {
        "kind": "milestone", "words": ["words"], "day": "due_on", "of": "action", "by": "action_id",
    },
    "monitoring_update": {
        "kind": "update", "words": ["words"], "day": "effective_on", "of": "action", "by": "action_id",
    },
    "monitoring_blocker": {
        "kind": "blocker", "words": ["waiting_for", "from_whom"], "day": "since_on", "of": "action",
        "by": "action_id",
    },
    "monitoring_evidence": {
        "kind": "evidence", "title": "title", "words": ["words"], "day": "dated_on", "of": "action",
        "by": "action_id",
    },
    "monitoring_measure": {
        "kind": "measure", "name": "slug", "title": "name", "words": ["definition", "numerator", "denominator"],
        "theme": "theme_id",
    },
    "monitoring_visit": {
        "kind": "visit", "name": "reference", "title": "focus", "words": ["areas", "inspectors"], "day": "starts_on",
    },
    "reports_paper": {
        "kind": "paper", "name": "reference", "title": "title", "words": ["report_of", "committee", "summary"],
        "day": "meeting_on",
    },
    "reports_section": {
        "kind": "section", "name": "number", "title": "heading", "of": "paper", "by": "paper_id",
    },
    "reports_passage": {
        "kind": "passage", "words": ["text", "table"], "of": "section", "by": "section_id", "own_seal": "own_seal_id",
    },
}  # fmt: skip
"""By table: the kind of its entries, the columns that they are made of, and what a record belongs to by which column.

Those that others belong to come first.
"""

FUNCTIONS = """
-- Every string in some columns, those within a table or a list among them; a tsvector holds no more than a megabyte.
CREATE FUNCTION words_in(come jsonb, columns jsonb) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce(left(string_agg(said #>> '{}', ' ' ORDER BY place, at), 200000), '')
    FROM jsonb_array_elements_text(columns) WITH ORDINALITY AS named(name, place),
        jsonb_path_query(come #- '{table,colours}' -> name, 'strict $.**') WITH ORDINALITY AS each(said, at)
    WHERE jsonb_typeof(said) = 'string'
$$;

CREATE FUNCTION put_entry(come jsonb, how jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    above reports_entry%ROWTYPE;
BEGIN
    SELECT * INTO above FROM reports_entry
    WHERE kind = how ->> 'of' AND record_id = (come ->> (how ->> 'by'))::bigint;
    INSERT INTO reports_entry (kind, record_id, above_id, name, title, words, day, theme_id, seal_id, own_seal_id)
    VALUES (
        how ->> 'kind', (come ->> 'id')::bigint, above.id, coalesce(come ->> (how ->> 'name'), ''),
        coalesce(come ->> (how ->> 'title'), ''), words_in(come, how -> 'words'),
        coalesce((come ->> (how ->> 'day'))::date, above.day, (now() AT TIME ZONE 'Europe/London')::date),
        coalesce((come ->> (how ->> 'theme'))::bigint, above.theme_id), (come ->> 'seal_id')::bigint,
        coalesce((come ->> (how ->> 'own_seal'))::bigint, 0)
    )
    ON CONFLICT (kind, record_id) DO UPDATE SET above_id = excluded.above_id, name = excluded.name,
        title = excluded.title, words = excluded.words, day = excluded.day, theme_id = excluded.theme_id,
        seal_id = excluded.seal_id, own_seal_id = excluded.own_seal_id;
END $$;

CREATE FUNCTION keep_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    how jsonb := TG_ARGV[0];
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM reports_entry WHERE kind = how ->> 'kind' AND record_id = OLD.id;
        RETURN NULL;
    END IF;
    PERFORM put_entry(to_jsonb(NEW), how);
    -- What belongs to an action goes with it to another theme.
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'improvement_action' THEN
        UPDATE reports_entry SET theme_id = NEW.theme_id
        WHERE OLD.theme_id <> NEW.theme_id
            AND above_id = (SELECT id FROM reports_entry WHERE kind = 'action' AND record_id = NEW.id);
    END IF;
    RETURN NULL;
END $$;

-- The newest entries that hold the words, of some kinds and themes, or of one's own, and that the actor may see.
CREATE FUNCTION entries_found(asked tsquery, kinds text[], themes bigint[], own bigint[], most bigint)
RETURNS TABLE (id bigint, kind text, rank real) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 101
SET search_path = public, pg_temp AS $$
DECLARE
    seen bigint[] := ARRAY(SELECT open_seals());
    -- Planned anew each time: a rare word is looked up in the index of words, a common one met soon among the newest.
    question text := 'SELECT e.id, e.kind::text, ts_rank(e.lexemes, $1) FROM %s e
        WHERE e.lexemes @@ $1 AND e.seal_id = ANY ($2) AND e.own_seal_id = ANY ($2) AND e.kind = ANY ($3)
            AND (e.theme_id IS NULL OR e.theme_id = ANY ($4) OR e.id = ANY ($5) OR e.above_id = ANY ($5))
        ORDER BY e.day DESC, e.id DESC OFFSET $6 LIMIT $7';
    come bigint := 0;
BEGIN
    -- How often words stand together cannot be foretold as that of one can, so the newest are looked through first.
    IF asked::text ~ '&|<' THEN
        RETURN QUERY EXECUTE format(question, '(SELECT * FROM reports_entry ORDER BY day DESC, id DESC LIMIT 2500)')
        USING asked, seen, kinds, themes, own, come, most;
        GET DIAGNOSTICS come = ROW_COUNT;
    END IF;
    IF come < most THEN
        RETURN QUERY EXECUTE format(question, 'reports_entry')
        USING asked, seen, kinds, themes, own, come, most - come;
    END IF;
END $$;
"""


def triggers(searched: Mapping[str, dict[str, Any]] = SEARCHED) -> str:
    """On every table that is searched: one for what comes and goes, one for what changes in its words or its seal."""
    return "\n".join(_triggers(table, how) for table, how in searched.items())


def _triggers(table: str, how: dict[str, Any]) -> str:
    named = [how[part] for part in ("name", "title", "day", "theme", "by", "own_seal") if part in how]
    changes = " OR ".join(
        f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in (*named, *how.get("words", ()), "seal_id")
    )
    return f"""
        CREATE TRIGGER entry_kept AFTER INSERT OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION keep_entry('{json.dumps(how)}');
        CREATE TRIGGER entry_changed AFTER UPDATE ON {table}
        FOR EACH ROW WHEN ({changes}) EXECUTE FUNCTION keep_entry('{json.dumps(how)}');
    """


def entries_of_what_stands(searched: Mapping[str, dict[str, Any]] = SEARCHED) -> str:
    """An entry of whatever is there already; the owner looks past the policies for this, and only while it lasts."""
    tables = ("reports_entry", *searched)
    return "\n".join(
        (
            *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;" for table in tables),
            *(_entries(table, how) for table, how in searched.items()),
            *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;" for table in tables),
        )
    )


def _entries(table: str, how: dict[str, Any]) -> str:
    named = json.dumps(how)
    return f"SELECT put_entry(to_jsonb(record), '{named}') FROM {table} record ORDER BY record.id;"  # noqa: S608


def given_to_the_keeper() -> str:
    """Only the keeper writes entries; the web role may read those it sees, and call the search."""
    found = "entries_found(tsquery, text[], bigint[], bigint[], bigint)"
    return (
        "REVOKE ALL ON FUNCTION put_entry(jsonb, jsonb), words_in(jsonb, jsonb) FROM PUBLIC;"
        "GRANT EXECUTE ON FUNCTION put_entry(jsonb, jsonb), words_in(jsonb, jsonb) TO improvement_keeper;"
        + kept("reports_entry", grants="SELECT, INSERT, UPDATE, DELETE")
        + owned_by_keeper("keep_entry()", found, private=("keep_entry()",))
    )
