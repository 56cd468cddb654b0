"""A paper is not issued while its open words repeat words under seal: asked by the database, as it goes out."""

from sources.watching_sql import STOP

HEAD = (
    "council,report_of,committee,meeting_words,title,summary,signatory,contact_name,contact_phone,contact_email,"
    "portfolio,scrutiny_area"
)
"""As the third migration found it."""

# Runs as whoever issues it: cleared on all that is held, they see every word that would be open.
REPEATS_NOTHING = f"""
CREATE FUNCTION paper_repeats_nothing() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    why text := btrim(coalesce(current_setting('improvement.say_openly', true), ''));
    found record;
    told text[] := '{{}}';
BEGIN
    IF NOT is_cleared_on_all_held() THEN
        RAISE EXCEPTION 'A paper is issued by someone cleared on everything now held under seal, since only they may be'
            ' told that it repeats such words. Ask a director or a clerk who is.';
    END IF;
    FOR found IN
        SELECT said.place, said.number, q.* FROM (
            SELECT 'reports_paper' AS place, NEW.id AS number, ARRAY[NEW.seal_id] AS stands,
                said_in(to_jsonb(NEW), '{{{HEAD}}}') AS parts
            UNION ALL
            SELECT 'reports_section', s.id, ARRAY[s.seal_id], ARRAY[s.heading] FROM reports_section s
            WHERE s.paper_id = NEW.id
            UNION ALL
            SELECT 'reports_passage', p.id, ARRAY[p.seal_id, p.own_seal_id],
                said_in(to_jsonb(p), '{{text,table,origin}}')
            FROM reports_passage p JOIN reports_section s ON s.id = p.section_id WHERE s.paper_id = NEW.id
        ) said, repeats(said.place, said.number, said.stands, letters_in(said.parts)) q
    LOOP
        IF why <> '' THEN
            PERFORM let_stand(found.seal_id, found.place, found.number, found.words, why);
        ELSIF found.says <> ALL (told) THEN
            told := told || found.says;
        END IF;
    END LOOP;
    IF told <> '{{}}' THEN
        RAISE INFO USING MESSAGE = 'The paper repeats eight words or more from ' || array_to_string(told, '; from ')
            || '. Change these words, or say why they may stand.';
        {STOP}
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_repeats_nothing BEFORE UPDATE OF state ON reports_paper FOR EACH ROW
    WHEN (NEW.state = 'issued' AND OLD.state <> 'issued' AND NOT NEW.is_historical)
    EXECUTE FUNCTION paper_repeats_nothing();
"""  # noqa: S608
