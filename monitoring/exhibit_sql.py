"""Which files are still needed: asked as the keeper, since the owner may see nothing under seal either."""

KEPT = """
GRANT SELECT ON monitoring_exhibit TO improvement_keeper;
CREATE POLICY monitoring_exhibit_keeper ON monitoring_exhibit TO improvement_keeper USING (true) WITH CHECK (true);
"""
UNREFERENCED = """
SELECT wanted FROM unnest(%s::text[]) wanted WHERE NOT EXISTS (SELECT FROM monitoring_exhibit WHERE digest = wanted)
"""
