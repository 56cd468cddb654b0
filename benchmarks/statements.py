"""The hand-written SQL of the bare views."""

# The seals as one array, and no join to their table: so the planner walks the plan in its order and stops at the page.
_ON_THE_DAY = """
    FROM monitoring_standing s
    JOIN improvement_action a ON a.id = s.action_id
    JOIN improvement_theme t ON t.id = s.theme_id
    JOIN improvement_lead l ON l.id = a.lead_id
    WHERE s.from_on <= %(on)s AND s.to_on > %(on)s AND s.seal_id = ANY (ARRAY(SELECT seals_open_on(%(on)s)))
        AND s.theme_id = %(theme)s AND s.status = %(status)s
"""
_TERMS = """
    (SELECT json_build_object('kind', k.kind, 'until', k.embargo_until)
        FROM sources_seal k WHERE k.id = s.seal_id AND k.kind <> 'open' AND k.released_at IS NULL)
"""

THEME = "SELECT id FROM improvement_theme WHERE slug = %s"

LIST = f"""
    SELECT a.number, a.title, t.number, t.title, l.name, s.status, s.delivery, s.because, s.rung, s.due_on,
        a.first_due_on, s.late, s.stale, {_TERMS}
    {_ON_THE_DAY} ORDER BY s.place LIMIT 25
"""

API_LIST = f"""
    SELECT a.number, a.title, a.starts_on, a.first_due_on, l.slug, l.name, t.slug, t.title, s.status, s.delivery,
        s.because, s.rung, s.due_on, s.late, s.stale, {_TERMS}
    {_ON_THE_DAY} ORDER BY s.place LIMIT 25
"""

COUNT = """
    SELECT count(*) FROM (
        SELECT FROM monitoring_standing s
        WHERE s.from_on <= %(on)s AND s.to_on > %(on)s AND s.seal_id = ANY (ARRAY(SELECT seals_open_on(%(on)s)))
            AND s.theme_id = %(theme)s AND s.status = %(status)s LIMIT 1001
    ) counted
"""

HOLIDAYS = """
    SELECT coalesce(array_agg(day), '{}') FROM improvement_bankholiday
    WHERE day <= %(on)s AND extract(isodow FROM day) < 6
"""

ACTION = """
    SELECT json_build_object(
        'action', json_build_object('number', a.number, 'title', a.title, 'theme', t.title, 'words', a.words,
            'success', a.success, 'status', a.status, 'lead', l.name, 'starts', a.starts_on, 'due', a.due_on,
            'first', a.first_due_on, 'moved', a.times_moved),
        'standing', (SELECT json_build_object('delivery', s.delivery, 'because', s.because, 'advice', s.advice,
                'rung', s.rung, 'late', s.late)
            FROM monitoring_standing s WHERE s.action_id = a.id AND s.from_on <= %(on)s AND s.to_on > %(on)s),
        'updaters', (SELECT json_agg(json_build_object('name', p.name, 'post', p.post))
            FROM improvement_updater u JOIN people_person p ON p.id = u.person_id WHERE u.action_id = a.id),
        'milestones', (SELECT json_agg(json_build_object('words', m.words, 'due', m.due_on, 'done', m.done_on)
            ORDER BY m.position) FROM improvement_milestone m WHERE m.action_id = a.id),
        'blockers', (SELECT json_agg(json_build_object('for', b.waiting_for, 'from', b.from_whom, 'since', b.since_on,
            'cleared', b.cleared_on)) FROM monitoring_blocker b WHERE b.action_id = a.id),
        'revisions', (SELECT json_agg(json_build_object('from', r.from_on, 'to', r.to_on, 'reason', r.reason,
            'words', r.words, 'by', p.name, 'at', r.at) ORDER BY r.at)
            FROM improvement_revision r LEFT JOIN people_person p ON p.id = r.by_id WHERE r.action_id = a.id),
        'updates', (SELECT json_agg(json_build_object('words', u.words, 'at', u.at, 'by', p.name, 'same', u.no_change)
            ORDER BY u.at DESC)
            FROM monitoring_update u JOIN people_person p ON p.id = u.by_id WHERE u.action_id = a.id),
        'evidence', (SELECT json_agg(json_build_object('title', e.title, 'kind', e.kind, 'dated', e.dated_on,
            'words', e.words, 'by', p.name) ORDER BY e.dated_on DESC)
            FROM monitoring_evidence e LEFT JOIN people_person p ON p.id = e.added_by_id WHERE e.action_id = a.id),
        'findings', (SELECT json_agg(json_build_object('number', f.number, 'words', f.words, 'source', c.title))
            FROM improvement_answer w JOIN improvement_finding f ON f.id = w.finding_id
            JOIN sources_source c ON c.id = f.source_id WHERE w.action_id = a.id),
        'lines', (SELECT json_agg(json_build_object('at', h.at, 'by', p.name, 'says', h.says, 'reason', h.reason)
            ORDER BY h.at DESC)
            FROM improvement_actionline h LEFT JOIN people_person p ON p.id = h.by_id WHERE h.action_id = a.id)
    )
    FROM improvement_action a JOIN improvement_theme t ON t.id = a.theme_id JOIN improvement_lead l ON l.id = a.lead_id
    WHERE a.number = %(number)s
"""

MINE = """
    SELECT a.number, a.title, t.title, s.status, s.delivery, s.because, s.advice, s.due_on, a.first_due_on, s.late,
        s.stale, u.words, u.at, u.name, b.from_whom
    FROM improvement_action a
    JOIN monitoring_standing s ON s.action_id = a.id AND s.from_on <= %(on)s AND s.to_on > %(on)s
        AND s.seal_id = ANY (ARRAY(SELECT seals_open_on(%(on)s)))
    JOIN improvement_theme t ON t.id = a.theme_id
    JOIN improvement_lead l ON l.id = a.lead_id
    LEFT JOIN LATERAL (
        SELECT u.words, u.at, p.name FROM monitoring_update u JOIN people_person p ON p.id = u.by_id
        WHERE u.action_id = a.id ORDER BY u.at DESC, u.id DESC LIMIT 1
    ) u ON true
    LEFT JOIN LATERAL (
        SELECT from_whom FROM monitoring_blocker b WHERE b.action_id = a.id AND b.cleared_on IS NULL LIMIT 1
    ) b ON true
    WHERE s.status IN ('not_started', 'in_progress', 'delivered') AND (l.person_id = %(by)s
        OR a.id IN (SELECT action_id FROM improvement_updater WHERE person_id = %(by)s))
    ORDER BY s.late DESC, s.delivery = 'red' DESC, s.stale DESC, s.due_on
"""

HELD = """
    SELECT a.id, a.theme_id,
        a.position + 100000 * (SELECT number FROM improvement_theme WHERE id = a.theme_id),
        a.version, a.status, a.starts_on, a.due_on,
        EXISTS (SELECT FROM monitoring_blocker b WHERE b.action_id = a.id AND b.cleared_on IS NULL),
        (SELECT c.rung FROM monitoring_climb c WHERE c.action_id = a.id ORDER BY c.at DESC, c.id DESC LIMIT 1),
        (SELECT coalesce(json_agg(json_build_array(m.due_on, m.done_on)), '[]')
            FROM improvement_milestone m WHERE m.action_id = a.id),
        (SELECT o.delivery FROM monitoring_override o WHERE o.action_id = a.id AND o.until_on >= %(on)s LIMIT 1)
    FROM improvement_action a WHERE a.number = %(number)s FOR UPDATE
"""

ONCE = """
    INSERT INTO people_once (key, person_id, at, sent)
    VALUES (%(once)s, %(by)s, %(now)s, sha256(convert_to(%(words)s, 'UTF8'))) ON CONFLICT DO NOTHING
"""

UPDATE = """
    WITH given AS (
        INSERT INTO monitoring_update (action_id, seal_id, by_id, at, effective_on, words, no_change)
        VALUES (%(action)s, 0, %(by)s, %(now)s, %(on)s, %(words)s, false)
    ), line AS (
        INSERT INTO improvement_actionline (action_id, seal_id, at, by_id, verb, says, reason, before, after)
        VALUES (%(action)s, 0, %(now)s, %(by)s, 'update', 'gave an update', %(words)s, '{}', '{}')
    )
    UPDATE improvement_action SET version = version + 1 WHERE id = %(action)s
"""

STAND = """
    DELETE FROM monitoring_standing WHERE action_id = %(action)s AND from_on >= %(on)s;
    UPDATE monitoring_standing SET to_on = %(on)s WHERE action_id = %(action)s AND to_on > %(on)s;
    INSERT INTO monitoring_standing (action_id, place, theme_id, seal_id, from_on, to_on, status, delivery, because,
        advice, rung, due_on, late, stale)
    SELECT %(action)s, %(place)s, %(theme)s, 0, ahead.from_on, ahead.to_on, %(status)s, ahead.delivery, ahead.because,
        ahead.advice, %(rung)s, %(due_on)s, ahead.late, ahead.stale
    FROM unnest(%(from_on)s::date[], %(to_on)s::date[], %(delivery)s::text[], %(because)s::text[], %(advice)s::text[],
        %(late)s::boolean[], %(stale)s::boolean[]) AS ahead(from_on, to_on, delivery, because, advice, late, stale)
"""

THEMES = "SELECT id, number || '. ' || title FROM improvement_theme ORDER BY number"

COVERAGE = """
    SELECT count(*), count(*) FILTER (WHERE EXISTS (
        SELECT FROM improvement_answer w JOIN improvement_action a ON a.id = w.action_id
        WHERE w.finding_id = f.id AND a.status <> 'withdrawn'
    )) FROM improvement_finding f WHERE f.kind IN ('recommendation', 'area')
"""

COUNTS = """
    SELECT theme_id, month, facet, value, sum(n) FROM (
        SELECT theme_id, facet, value, n, greatest(date_trunc('month', starts_on)::date, %(first)s) AS month
        FROM monitoring_tally WHERE seal_id IN (SELECT seals_open_on(%(on)s)) AND (
            grain = 'month' AND starts_on < %(month)s OR grain = 'day' AND starts_on BETWEEN %(month)s AND %(on)s)
    ) came GROUP BY GROUPING SETS ((theme_id, facet, value), (month, facet, value))
"""
