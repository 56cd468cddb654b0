"""The SQL by which risks and resources are searched: entries of what is tied to more themes than one.

An entry has one theme or none, and one without is everybody's. What is tied to several themes has the theme 0, which
no plan has: whoever reads the whole plan searches it as well, and a partner's own such records are asked for by name.
"""

from typing import Any

SEVERAL = 0
REGISTERED: dict[str, dict[str, Any]] = {
    "monitoring_risk": {
        "kind": "risk", "name": "reference", "title": "title", "words": ["cause", "event", "effect"],
        "day": "opened_on", "themes": SEVERAL,
    },
    "monitoring_assessment": {
        "kind": "assessment", "words": ["words", "mitigation"], "day": "assessed_on", "of": "risk", "by": "risk_id",
    },
    "monitoring_resource": {
        "kind": "resource", "name": "reference", "title": "title", "words": ["funding", "purpose"],
        "day": "secured_on", "themes": SEVERAL,
    },
    "monitoring_purchase": {
        "kind": "purchase", "words": ["words"], "day": "bought_on", "of": "resource", "by": "resource_id",
    },
}  # fmt: skip
"""As `search_sql.SEARCHED`; `themes` stands in for a column that names one theme."""

PUT_ENTRY = """
CREATE OR REPLACE FUNCTION put_entry(come jsonb, how jsonb) RETURNS void LANGUAGE plpgsql
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
        coalesce((come ->> (how ->> 'theme'))::bigint, (how ->> 'themes')::bigint, above.theme_id),
        (come ->> 'seal_id')::bigint, coalesce((come ->> (how ->> 'own_seal'))::bigint, 0)
    )
    ON CONFLICT (kind, record_id) DO UPDATE SET above_id = excluded.above_id, name = excluded.name,
        title = excluded.title, words = excluded.words, day = excluded.day, theme_id = excluded.theme_id,
        seal_id = excluded.seal_id, own_seal_id = excluded.own_seal_id;
END $$;
"""
"""As it was, but for `themes`."""
