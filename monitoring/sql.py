"""The SQL of standings: the trigger that keeps the tally true to them, and the query they are restated from."""

_BUMP = """
    INSERT INTO monitoring_tally (theme_id, facet, value, seal_id, grain, starts_on, n)
    SELECT s.theme_id, f.facet, f.value, s.seal_id, g.grain, g.starts_on, sum(s.sign * e.step)
    FROM ({rows}) s
    CROSS JOIN LATERAL (VALUES (s.from_on, 1), (s.to_on, -1)) AS e(day, step)
    CROSS JOIN LATERAL (VALUES
        ('all', 'all'), ('status', s.status), ('delivery', nullif(s.delivery, '')), ('rung', s.rung),
        ('late', CASE WHEN s.late THEN 'yes' END), ('stale', CASE WHEN s.stale THEN 'yes' END)
    ) AS f(facet, value)
    CROSS JOIN LATERAL (VALUES ('day', e.day), ('month', date_trunc('month', e.day)::date)) AS g(grain, starts_on)
    WHERE f.value IS NOT NULL AND e.day < DATE '9999-12-31'
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(s.sign * e.step) <> 0
    ORDER BY 1, 2, 3, 4, 5, 6 -- always the same order, so that two officers cannot lock each other out
    ON CONFLICT (grain, starts_on, theme_id, facet, value, seal_id)
    DO UPDATE SET n = monitoring_tally.n + excluded.n;
    RETURN NULL;
"""

_COME = "SELECT come.*, 1 AS sign FROM come"
_GONE = "SELECT gone.*, -1 AS sign FROM gone"
_ROWS = {"insert": _COME, "delete": _GONE, "update": f"{_COME} UNION ALL {_GONE}"}
_TABLES = {
    "insert": "NEW TABLE AS come",
    "delete": "OLD TABLE AS gone",
    "update": "NEW TABLE AS come OLD TABLE AS gone",
}


def tally_function(event: str) -> str:
    """The trigger function of an event; it writes as the keeper, since the tally is nobody's to edit."""
    return f"""
CREATE FUNCTION tally_on_{event}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$ BEGIN {_BUMP.format(rows=_ROWS[event])} END $$;
"""


def tally_trigger(event: str) -> str:
    """A statement's trigger, so that five hundred rows are tallied in one go."""
    return f"""
CREATE TRIGGER tally_on_{event} AFTER {event.upper()} ON monitoring_standing REFERENCING {_TABLES[event]}
FOR EACH STATEMENT EXECUTE FUNCTION tally_on_{event}();
"""


EVENTS = tuple(_ROWS)

KNOWN = """
    SELECT a.id, a.status, a.starts_on, a.due_on, a.theme_id, t.number * 100000 + a.position AS place, a.seal_id,
        (SELECT max(u.effective_on) FROM monitoring_update u WHERE u.action_id = a.id) AS last_word_on,
        EXISTS (SELECT FROM monitoring_blocker b WHERE b.action_id = a.id AND b.cleared_on IS NULL) AS blocked,
        EXISTS (SELECT FROM monitoring_evidence e WHERE e.action_id = a.id) AS evidenced,
        (SELECT c.rung FROM monitoring_climb c WHERE c.action_id = a.id ORDER BY c.at DESC, c.id DESC LIMIT 1) AS rung,
        m.due, m.done, o.delivery, o.until_on, o.reason
    FROM improvement_action a JOIN improvement_theme t ON t.id = a.theme_id
    CROSS JOIN LATERAL (
        SELECT array_agg(due_on ORDER BY position) AS due, array_agg(done_on ORDER BY position) AS done
        FROM improvement_milestone WHERE action_id = a.id
    ) m
    LEFT JOIN LATERAL (
        SELECT delivery, until_on, reason FROM monitoring_override
        WHERE action_id = a.id AND until_on >= %(on)s ORDER BY at DESC, id DESC LIMIT 1
    ) o ON true
    WHERE a.id = ANY(%(actions)s)
"""
"""All that the rating rule needs of actions: by hand, as Django takes longer to compose it than the answer takes."""

RESTATE = """
    DELETE FROM monitoring_standing WHERE action_id = ANY(%(actions)s) AND from_on >= %(on)s;
    UPDATE monitoring_standing SET to_on = %(on)s WHERE action_id = ANY(%(actions)s) AND to_on > %(on)s;
    INSERT INTO monitoring_standing (action_id, place, theme_id, seal_id, from_on, to_on, status, delivery, because,
        advice, rung, due_on, late, stale)
    SELECT * FROM unnest(%(action)s::bigint[], %(place)s::int[], %(theme)s::bigint[], %(seal)s::bigint[],
        %(from_on)s::date[], %(to_on)s::date[], %(status)s::text[], %(delivery)s::text[], %(because)s::text[],
        %(advice)s::text[], %(rung)s::text[], %(due_on)s::date[], %(late)s::boolean[], %(stale)s::boolean[])
"""
"""Forget what was foretold from the day on, and foretell it anew; what was so before the day is left alone."""
