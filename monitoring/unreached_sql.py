"""The function of the database that notes which actions a new rating scheme has not reached.

It sees past the seals, and answers nothing: its rows stand under the seals of their actions, where only those who may
see an action find that it was not reached.
"""

from people.sql import owned_by_keeper

_FUNCTION = """
CREATE FUNCTION note_unreached(of_plan bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO monitoring_unreached (action_id, seal_id)
    SELECT id, seal_id FROM improvement_action WHERE plan_id = of_plan AND seal_id NOT IN (SELECT open_seals())
    ON CONFLICT (action_id) DO NOTHING
$$;

REVOKE INSERT, UPDATE ON monitoring_unreached FROM improvement_app;
GRANT SELECT, INSERT ON monitoring_unreached TO improvement_keeper;
CREATE POLICY monitoring_unreached_keeper ON monitoring_unreached TO improvement_keeper
USING (true) WITH CHECK (true);
"""
NOTED = _FUNCTION + owned_by_keeper("note_unreached(bigint)")
