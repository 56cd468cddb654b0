"""What the database does with the terms of a seal, and how it sees to it that no record changes its seal by hand."""

from sources.correction_sql import as_keeper
from sources.sql import owned_by_keeper

# Until now nothing but the kind and a citation was kept. No page could make a seal, so what is here came from a
# government department or cites its paragraph; a seal of which neither can be told stops the migration.
WHAT_WAS_SEALED = as_keeper("""
    UPDATE sources_seal SET basis = 'department' WHERE kind = 'confidential';
    UPDATE sources_seal SET public_interest = 'The public interest was not recorded when this was sealed.',
        paragraph = substring(citation FROM '[Pp]aragraph ([1-7])')::smallint
    WHERE kind = 'exempt';
""")

# The refusals are those of sources/terms.py, word for word.
MAKE_SEAL = r"""
CREATE FUNCTION make_seal(
    number bigint, what text, ground text, part smallint, interest text, law text, until timestamptz, quoted text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF actor() IS NULL THEN RAISE EXCEPTION 'Only a person who has signed in can seal a document.'; END IF;
    IF what NOT IN ('confidential', 'exempt') THEN RAISE EXCEPTION 'A seal is confidential or exempt.'; END IF;
    IF what = 'confidential' AND ground NOT IN ('department', 'enactment', 'court') THEN
        RAISE EXCEPTION 'Choose on what basis it is confidential.';
    END IF;
    IF what = 'exempt' AND (part IS NULL OR part NOT BETWEEN 1 AND 7) THEN
        RAISE EXCEPTION 'Choose the paragraph of Schedule 12A that it falls under.';
    END IF;
    IF what = 'exempt' AND interest !~ '\S' THEN
        RAISE EXCEPTION 'Say why the public interest in withholding it outweighs that in disclosing it.';
    END IF;
    IF what = 'exempt' AND ground <> '' OR what = 'confidential' AND (part IS NOT NULL OR interest <> '') THEN
        RAISE EXCEPTION
            'What is confidential has a basis, and what is exempt a paragraph and its public interest; not both.';
    END IF;
    IF until IS NOT NULL THEN PERFORM demand_an_end(until, quoted); END IF;
    INSERT INTO sources_seal (id, kind, basis, paragraph, public_interest, citation, embargo_until, embargo_words,
        made_by_id, made_at)
    VALUES (number, what, ground, part, interest, law, until, quoted, actor(), clock_timestamp());
    INSERT INTO sources_clearance (seal_id, person_id, given_by_id, given_at)
    VALUES (number, actor(), actor(), clock_timestamp());
    PERFORM seal_line(number, 'seal', CASE WHEN until IS NULL THEN 'sealed the document'
        ELSE 'sealed the document until ' || in_london(until) END, quoted);
END $$;
"""
SIGNATURE = "make_seal(bigint,text,text,smallint,text,text,timestamptz,text)"
SEALING = as_keeper(f"DROP FUNCTION make_seal(bigint,text,text,timestamptz,text); {MAKE_SEAL}") + owned_by_keeper(
    SIGNATURE
)

# A row that follows its parent is moved by its foreign key, which acts as the table's owner; anybody else's hand
# could open a record by moving it to the open seal, or close one by moving it from there.
STAYS = """
CREATE FUNCTION stays_under_its_seal() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'A record stays under the seal that it was made under; two people release it.';
END $$;
DROP TRIGGER source_keeps_its_seal ON sources_source;
DROP FUNCTION source_keeps_its_seal();
"""
