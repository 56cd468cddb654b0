"""What becomes of guests whose grants had no end, before the database asks for one."""

# A year after the start, as anybody's is from now on; but nobody's access has ended before they were told that it will.
GIVE_AN_END = """
WITH ended AS (
    UPDATE people_grant
    SET ends_on = greatest((starts_on + interval '1 year')::date, (now() AT TIME ZONE 'Europe/London')::date + 30)
    WHERE role IN ('adviser', 'partner') AND ends_on IS NULL
    RETURNING person_id, role, scope, ends_on
)
INSERT INTO people_personline (person_id, at, says)
SELECT person_id, now(), format('is %s (%s) until %s', role, scope, to_char(ends_on, 'FMDD FMMonth YYYY')) FROM ended
"""
