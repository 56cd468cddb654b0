"""The table behind Django's database cache, as `createcachetable` would make it."""

TRIES = """
CREATE TABLE people_tries (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX people_tries_expires ON people_tries (expires);
"""
NO_TRIES = "DROP TABLE people_tries;"
