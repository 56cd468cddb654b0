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
