"""The roles of the database: who owns, who serves, who keeps; made by the first migration of all."""

ROLES = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'improvement_app') THEN
        CREATE ROLE improvement_app NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'improvement_keeper') THEN
        CREATE ROLE improvement_keeper NOLOGIN;
    END IF;
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO improvement_app, improvement_keeper;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO improvement_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO improvement_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM improvement_app;
"""


def as_keeper(statements: str) -> str:
    """Let the owner stand in the keeper's place while the statements run, and no longer."""
    return f"""
        GRANT improvement_keeper TO CURRENT_USER;
        {statements}
        REVOKE improvement_keeper FROM CURRENT_USER;
    """


def owned_by_keeper(*functions: str, private: tuple[str, ...] = ()) -> str:
    """Give functions to the keeper, callable by the web role unless private, by nobody else.

    The owner joins the keeper only for as long as the giving takes.
    """
    given = "\n".join(f"ALTER FUNCTION {name} OWNER TO improvement_keeper;" for name in functions)
    closed = "\n".join(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC;" for name in functions)
    callable_ = "\n".join(
        f"GRANT EXECUTE ON FUNCTION {name} TO improvement_app;" for name in functions if name not in private
    )
    return f"""
        GRANT improvement_keeper TO CURRENT_USER;
        GRANT CREATE ON SCHEMA public TO improvement_keeper;
        {closed}
        {callable_}
        {given}
        REVOKE CREATE ON SCHEMA public FROM improvement_keeper;
        REVOKE improvement_keeper FROM CURRENT_USER;
    """
