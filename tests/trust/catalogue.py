"""What PostgreSQL's own catalogue must say, and why; anything more, less or other is a fault."""

from typing import Any

from config.pgversions import is_safe
from reports.register_sql import REGISTERED
from reports.search_sql import SEARCHED
from sources.guarding import EXEMPT

GUARDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "improvement_action", "improvement_actionline", "improvement_dayrange", "improvement_extension",
            "improvement_finding", "improvement_response",
            "improvement_inspection", "improvement_judgement", "improvement_milestone", "improvement_revision",
            "improvement_updater", "monitoring_unreached", "monitoring_blocker", "monitoring_climb",
            "monitoring_evidence", "monitoring_exhibit",
            "monitoring_instrument", "monitoring_letter", "monitoring_measure", "monitoring_notice",
            "monitoring_override", "monitoring_reading", "monitoring_remindingline", "monitoring_schemeline",
            "monitoring_standing", "monitoring_tally", "monitoring_update", "monitoring_visit",
            "monitoring_assessment", "monitoring_purchase", "monitoring_resource", "monitoring_resourceline",
            "monitoring_resourcetheme", "monitoring_risk", "monitoring_riskline", "monitoring_risktheme",
            "reports_paper", "reports_section", "sources_clearance", "sources_correction", "sources_proposal",
            "sources_quotation", "sources_run", "sources_sealline", "sources_sealread", "sources_source",
            "sources_sourceline",
        ),
        ("seal_id",),
    ),
    "improvement_answer": ("seal_id", "finding_seal_id"),
    "improvement_findingline": ("seal_id", "own_seal_id"),
    "monitoring_gauge": ("seal_id", "measure_seal_id"),
    "monitoring_resourceaction": ("seal_id", "action_seal_id"),
    "monitoring_riskaction": ("seal_id", "action_seal_id"),
    "reports_entry": ("seal_id", "own_seal_id"),
    "reports_paperline": ("seal_id", "own_seal_id"),
    "reports_passage": ("seal_id", "own_seal_id"),
    "sources_seal": ("id",),
}  # fmt: skip
"""Guarded tables and the seals that must all be open: a row that ties two things together stands under both."""
KEPT = {
    "monitoring_unreached": "the function that notes what a new rating scheme has not reached",
    "monitoring_exhibit": "the command that asks which files nothing needs",
    "improvement_action": "a hidden action gives its number to one made in the open",
    "improvement_actionline": "its history says so, and whoever verifies the audit trail reads every line",
    "monitoring_resourceline": "whoever verifies the audit trail reads every line",
    "monitoring_riskline": "whoever verifies the audit trail reads every line",
    "improvement_findingline": "whoever verifies the audit trail reads every line",
    "monitoring_remindingline": "whoever verifies the audit trail reads every line",
    "monitoring_tally": "its triggers count what the deed's author may not see",
    "reports_entry": "its triggers keep what is searched, and entries_found() repeats the policy's own rule",
    "sources_seal": "the functions that make and release seals",
    "sources_clearance": "the function that clears a person",
    "sources_proposal": "the function that proposes a release",
    "sources_correction": "the functions that correct the end of an embargo",
    "sources_sealline": "the functions that leave a line of each of these deeds",
    "sources_sourceline": "whoever verifies the audit trail reads every line",
    "sources_sealread": "the function that records a sealed read",
    "reports_paperline": "whoever verifies the audit trail reads every line",
    "monitoring_schemeline": "whoever verifies the audit trail reads every line",
    "sources_run": "the functions that compare what is written with what is sealed",
    "sources_quotation": "the functions that tell the cleared of what repeats it",
}
"""Tables that the keeper reads and writes past the policies."""
ALL, ADDED_TO, READ = "DELETE,INSERT,SELECT,UPDATE", "INSERT,SELECT", "SELECT"
NARROWED = {
    "django_migrations": (READ, "only the owner migrates"),
    "improvement_actionline": (ADDED_TO, "history is only added to"),
    "improvement_findingline": (ADDED_TO, "history is only added to"),
    "improvement_response": (ADDED_TO, "every former reply is kept"),
    "improvement_revision": (ADDED_TO, "every former due date is kept"),
    "monitoring_unreached": ("DELETE,SELECT", "only note_unreached() notes what was not reached"),
    "monitoring_climb": (ADDED_TO, "how impact was reached is kept"),
    "monitoring_exhibit": (ADDED_TO, "every version of a file is kept"),
    "monitoring_override": (ADDED_TO, "a judgement that was made was made"),
    "monitoring_assessment": (ADDED_TO, "how a risk was judged is kept"),
    "monitoring_purchase": (ADDED_TO, "what was said was said"),
    "monitoring_resourceline": (ADDED_TO, "history is only added to"),
    "monitoring_riskline": (ADDED_TO, "history is only added to"),
    "monitoring_schemeline": (ADDED_TO, "the scheme's history is only added to"),
    "monitoring_remindingline": (ADDED_TO, "the history of the council's days is only added to"),
    "monitoring_update": (ADDED_TO, "what was said was said"),
    "people_personline": (ADDED_TO, "who could do what stays known"),
    "reports_paperline": (ADDED_TO, "a paper's history is only added to"),
    "monitoring_tally": (READ, "the triggers alone count"),
    "reports_entry": (READ, "the triggers alone keep what is searched"),
    "sources_clearance": (READ, "only clear_person() clears"),
    "sources_proposal": (READ, "only propose_release() proposes"),
    "sources_correction": (READ, "only propose_instant() and confirm_instant() correct"),
    "sources_sourceline": (ADDED_TO, "a document's history is only added to"),
    "sources_sealline": (READ, "the functions alone write the history of a seal"),
    "sources_sealread": (READ, "only record_reads() records a read"),
    "sources_quotation": (READ, "the functions alone tell, and let words stand"),
    "sources_seal": (READ, "only the functions make and release seals"),
}
"""What the web role may do less than read and write, and why."""
UNREADABLE = {
    "people_event": "the length of the chain would tell how much is done under seal",
    "sources_stampkey": "half of the key that signs actors",
    "sources_run": "the functions alone compare",
    "sources_spelling": "the functions alone compare",
}
KEEPERS = {
    "monitoring_unreached": ADDED_TO,
    "monitoring_exhibit": READ,
    "improvement_action": "SELECT,UPDATE",
    "improvement_actionline": ADDED_TO,
    "improvement_findingline": READ,
    "monitoring_tally": "INSERT,SELECT,UPDATE",
    "reports_entry": ALL,
    "sources_seal": "INSERT,SELECT,UPDATE",
    "sources_clearance": "INSERT,SELECT,UPDATE",
    "sources_proposal": ALL,
    "sources_correction": "INSERT,SELECT,UPDATE",
    "sources_sealline": ADDED_TO,
    "sources_run": "DELETE,INSERT,SELECT",
    "sources_spelling": "DELETE,INSERT,SELECT",
    "sources_quotation": "INSERT,SELECT,UPDATE",
    "sources_stampkey": READ,
    "sources_sealread": ADDED_TO,
    "sources_sourceline": READ,
    "monitoring_resourceline": READ,
    "monitoring_riskline": READ,
    "reports_paperline": READ,
    "monitoring_schemeline": READ,
    "monitoring_remindingline": READ,
    "people_personline": READ,
    "people_event": ADDED_TO,
    "people_grant": READ,
    "people_person": READ,
}
UNIQUE = {
    "action_number_once": "a hidden action gives way to one made in the open, by number_gives_way()",
    "answered_once": "on keys that no request names",
    "cleared_once": "the web role cannot write it",
    "entry_once": "the web role cannot write it",
    "one_extension_waits": "an action's own rows, which stand under its seal",
    "improvement_finding_reference_key": "random",
    "improvement_inspection_reference_key": "random",
    "monitoring_evidence_reference_key": "random",
    "exhibit_version_once": "an action's own rows, which stand under its seal",
    "monitoring_letter_source_id_key": "on a key that no request names",
    "monitoring_measure_slug_key": "no page or address of the API names a measure",
    "monitoring_resource_reference_key": "random",
    "monitoring_risk_reference_key": "random",
    "monitoring_visit_reference_key": "random",
    "one_reading_a_period": "on a key that no request names",
    "reports_paper_reference_key": "random",
    "resource_action_once": "on keys that no request names",
    "resource_theme_once": "a resource's own rows, which stand under its seal",
    "risk_action_once": "on keys that no request names",
    "risk_theme_once": "a risk's own rows, which stand under its seal",
    "sources_correction_key_key": "random, and the web role cannot write it",
    "sources_proposal_seal_id_key": "the web role cannot write it",
    "sources_source_reference_key": "random",
    "standing_starts_once": "an action's own rows, which stand under its seal",
    "tally_once": "the web role cannot write it",
    "told_once": "what is told stands under the action's seal, and only of what is open is anything told",
    "text_loaded_once": "historical papers are open, and loaded by a command",
    "updater_once": "an action's own rows, which stand under its seal",
    **{
        f"{name}_seal": "an identity and its seal, for children to follow"
        for name in (
            "action",
            "evidence",
            "finding",
            "inspection",
            "measure",
            "paper",
            "resource",
            "risk",
            "section",
            "source",
        )
    },
}
"""A unique index sees past policies, so on a guarded table it could tell what is there: here is why none does."""
MOVABLE = GUARDS.keys() - NARROWED.keys() - UNREADABLE.keys()
"""Guarded tables that the web role can change: on each, no row can be moved from one seal to another."""
WATCHED = (
    "improvement_action", "improvement_actionline", "improvement_extension", "improvement_finding",
    "improvement_findingline", "improvement_judgement", "improvement_milestone", "improvement_response",
    "improvement_revision", "monitoring_blocker", "monitoring_climb",
    "monitoring_evidence", "monitoring_exhibit", "monitoring_instrument", "monitoring_measure", "monitoring_override",
    "monitoring_schemeline", "monitoring_update", "monitoring_visit",
    "monitoring_assessment", "monitoring_purchase", "monitoring_resource", "monitoring_resourceline",
    "monitoring_risk", "monitoring_riskline",
    "reports_paper", "reports_paperline", "reports_passage", "reports_section", "sources_source",
    "sources_sourceline",
)  # fmt: skip
"""Tables whose words are compared with words under seal as they are written."""
TRIGGERS = {
    ("improvement_action", "action_moves_by_the_table"),
    ("improvement_action", "number_gives_way"),
    ("improvement_action", "verified_before_closing"),
    ("monitoring_climb", "climb_by_the_table"),
    ("monitoring_climb", "judged_by_another"),
    ("monitoring_standing", "tally_on_delete"),
    ("monitoring_standing", "tally_on_insert"),
    ("monitoring_standing", "tally_on_update"),
    ("improvement_actionline", "actionline_chained"),
    ("monitoring_resourceline", "resourceline_chained"),
    ("monitoring_riskline", "riskline_chained"),
    ("improvement_findingline", "findingline_chained"),
    ("people_personline", "personline_chained"),
    ("reports_paper", "issued_paper_stays"),
    *((table, f"{table.partition('_')[2]}_stays") for table in MOVABLE),
    *((table, f"entry_{deed}") for table in (*SEARCHED, *REGISTERED) for deed in ("kept", "changed")),
    ("reports_paperline", "paperline_chained"),
    ("monitoring_schemeline", "schemeline_chained"),
    ("monitoring_remindingline", "remindingline_chained"),
    ("sources_sealline", "sealline_chained"),
    ("sources_sourceline", "sourceline_chained"),
    ("sources_sealread", "sealread_chained"),
    ("reports_paper", "paper_repeats_nothing"),
    ("sources_seal", "words_released"),
    *((table, f"{table.partition('_')[2]}_watched") for table in WATCHED),
    *(("reports_section", f"nothing_{deed}") for deed in ("added", "taken", "reworded")),
    *(("reports_passage", f"nothing_{deed}") for deed in ("added", "taken", "reworded")),
}  # fmt: skip
PRIVATE = {
    "stamp_mac", "bound_token", "tally_on_insert", "tally_on_delete", "tally_on_update", "is_cleared_as", "seal_line",
    "take_in_hand", "keep_entry", "chain_event", "chain_line", "held", "anything_held", "runs_among",
    "quotations_among", "quotations_to_settle", "said_of",
    "take_up", "forget_what_is_open", "put_down", "words_released", "watch_words", "stop_or_tell", "settle_what_went",
    "is_flagged", "number_gives_way",
}  # fmt: skip
"""Functions that the web role may not call."""
OPEN_SEALS = """
    SELECT sources_seal.id FROM sources_seal WHERE kind = 'open' OR released_at IS NOT NULL
    UNION SELECT c.seal_id FROM sources_clearance c JOIN people_person p ON p.id = c.person_id
    WHERE c.person_id = (SELECT actor()) AND c.withdrawn_at IS NULL AND p.is_active
    UNION SELECT 1 WHERE actor_is('director') OR actor_is('clerk') OR actor_is('clearing')
"""
"""The one rule, as it must stand in the database itself."""


def faults(cursor: Any) -> list[str]:
    """Whatever in the database is not as it is written above; asked of the connection that the product uses."""
    told = Catalogue(cursor)
    return [
        *told.of_roles(), *told.of_guards(), *told.of_grants(), *told.of_functions(), *told.of_indexes(),
        *told.of_others(),
    ]  # fmt: skip


class Catalogue:
    """Questions to the catalogue."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def ask(self, sql: str) -> list[Any]:
        """Every row."""
        self.cursor.execute(sql)
        return list(self.cursor.fetchall())

    def of_roles(self) -> list[str]:
        """Who is at work, and who may not bypass what."""
        [(superuser, bypasses, active)] = self.ask(
            "SELECT rolsuper, rolbypassrls, row_security_active('sources_source') FROM pg_roles"
            " WHERE rolname = current_user"
        )
        owns = self.ask("SELECT relname FROM pg_class WHERE relowner = current_user::regrole")
        seated = self.ask(
            "SELECT rolname FROM pg_roles WHERE pg_has_role(current_user, oid, 'member')"
            " AND rolname IN ('improvement_owner', 'improvement_keeper')"
        )
        keeper = self.ask(
            "SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'improvement_keeper'"
        )
        [(version,)] = self.ask("SELECT current_setting('server_version_num')::int")
        return [
            *(["The product signs in as somebody who is above the policies."] if superuser or bypasses else []),
            *([] if active else ["Row security does not bind the product's sign-in."]),
            *(["The product's sign-in owns tables."] if owns else []),
            *(f"The product's sign-in is a member of {name}." for (name,) in seated),
            *([] if keeper == [(False, False, False)] else [f"The keeper is {keeper}."]),
            *([] if is_safe(version) else [f"PostgreSQL {version} lacks repairs of row security."]),
        ]

    def of_guards(self) -> list[str]:
        """Every policy's text, and that it is on and forced."""
        found = {
            (table, name): (forced, command, roles, said, checked)
            for table, name, forced, command, roles, said, checked in self.ask(_POLICIES)
        }
        wanted = {(table, "app"): _policy(columns) for table, columns in GUARDS.items()}
        wanted |= {(table, "keeper"): (True, "*", "{improvement_keeper}", "true", "true") for table in KEPT}
        return _unlike("policy", wanted, found)

    def of_grants(self) -> list[str]:
        """What each role may do with each table."""
        rows = {(table, role): what for table, role, what in self.ask(_GRANTS)}
        tables = [*GUARDS, *EXEMPT, *WITHOUT_WORDS]
        wanted = {(t, "improvement_app"): NARROWED.get(t, (ALL, ""))[0] for t in tables if t not in UNREADABLE}
        return _unlike("grant", wanted | {(t, "improvement_keeper"): what for t, what in KEEPERS.items()}, rows)

    def of_functions(self) -> list[str]:
        """The functions that see past policies: whose they are, where they look, who may call them, what they say."""
        strange = [
            f"{name} runs as {owner} with {settings}, callable by {callers}"
            for name, owner, settings, callers in self.ask(_DEFINERS)
            if owner != "improvement_keeper"
            or settings != ["search_path=public, pg_temp"]
            or callers != (["improvement_keeper"] if name in PRIVATE else ["improvement_app", "improvement_keeper"])
        ]
        [(body,)] = self.ask("SELECT prosrc FROM pg_proc WHERE oid = 'open_seals()'::regprocedure")
        return strange + ([] if _plain(body) == _plain(OPEN_SEALS) else ["open_seals() says something else."])

    def of_indexes(self) -> list[str]:
        """Unique indexes on guarded tables, each with its reason."""
        found = {name for (name,) in self.ask(_UNIQUE)}
        return [f"unique index {name}" for name in sorted(found ^ set(UNIQUE))]

    def of_others(self) -> list[str]:
        """Nothing stands beside the tables, and no trigger is there that is not listed."""
        views = [f"view {name}" for (name,) in self.ask(_VIEWS)]
        triggers = {(table, name) for table, name in self.ask(_TRIGGERS)}
        return views + [f"trigger {trigger}" for trigger in sorted(triggers ^ TRIGGERS)]


WITHOUT_WORDS = ("auth_group_permissions", "monitoring_reminding", "people_once")
"""Tables of keys and numbers alone."""


def _policy(columns: tuple[str, ...]) -> tuple[bool, str, str, str, str]:
    each = [f"({column} IN ( SELECT open_seals() AS open_seals))" for column in columns]
    rule = each[0] if len(each) == 1 else f"({' AND '.join(each)})"
    return True, "*", "{improvement_app}", rule, rule


def _unlike(what: str, wanted: dict[Any, Any], found: dict[Any, Any]) -> list[str]:
    return [f"{what} {key}: {found.get(key)}" for key in sorted({*wanted, *found}) if wanted.get(key) != found.get(key)]


def _plain(sql: str) -> str:
    return " ".join(sql.replace("sources_seal.id", "id").split())


_POLICIES = """
    SELECT c.relname, CASE WHEN p.polname ~ '_keeper$' THEN 'keeper' WHEN p.polname ~ '_guarded$' THEN 'app'
        ELSE p.polname END, c.relrowsecurity AND c.relforcerowsecurity AND p.polpermissive, p.polcmd::text,
        p.polroles::regrole[]::text, pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid)
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
"""
_GRANTS = """
    SELECT c.relname, CASE a.grantee WHEN 0 THEN 'everybody' ELSE a.grantee::regrole::text END,
        string_agg(a.privilege_type, ',' ORDER BY a.privilege_type)
    FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.relkind IN ('r', 'p', 'S', 'v', 'm', 'f') AND c.relnamespace = 'public'::regnamespace
      AND a.grantee <> c.relowner
    GROUP BY 1, 2
"""
_DEFINERS = """
    SELECT p.proname, pg_get_userbyid(p.proowner), p.proconfig, ARRAY(
        SELECT CASE a.grantee WHEN 0 THEN 'everybody' ELSE a.grantee::regrole::text END
        FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a ORDER BY 1)
    FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
"""
_UNIQUE = """
    SELECT i.relname FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indisunique AND NOT x.indisprimary AND t.relnamespace = 'public'::regnamespace
      AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid)
"""
_VIEWS = """
    SELECT relname FROM pg_class WHERE relkind IN ('v', 'm', 'f') AND relnamespace = 'public'::regnamespace
    UNION ALL SELECT rulename FROM pg_rules WHERE schemaname = 'public'
"""
_TRIGGERS = """
    SELECT c.relname, regexp_replace(t.tgname, '^pgtrigger_(.*)_[0-9a-f]{5}$', '\\1')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgenabled = 'O'
"""
