"""The laws of the house: what may import what, what must be guarded, and what no file may do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from monitoring.management.commands.draw_lifecycle import page
from people.audit import chained
from people.models import PersonLine
from sources.guarding import EXEMPT, UNWATCHED
from sources.models import Line, Seal, SealRead
from sources.reads import SealedQuerySet, SealKey
from tests.world import World

ROOT = Path(__file__).resolve().parent.parent
STOREYS = ("people", "sources", "improvement", "monitoring", "reports", "demonstration")
RULES = (
    "people/roles.py",
    "people/days.py",
    "people/guessing.py",
    "people/sessions.py",
    "sources/embargo.py",
    "sources/terms.py",
    "sources/quoting.py",
    "sources/files.py",
    "improvement/working_days.py",
    "improvement/clocks.py",
    "improvement/time_limits.py",
    "improvement/lifecycle.py",
    "improvement/responses.py",
    "improvement/answered.py",
    "improvement/timing.py",
    "improvement/frameworks.py",
    "monitoring/rating.py",
    "monitoring/reasons.py",
    "monitoring/colours.py",
    "monitoring/reminding.py",
    "monitoring/scheme.py",
    "monitoring/scheme_changes.py",
    "monitoring/ladder.py",
    "monitoring/climbing.py",
    "monitoring/covering.py",
    "monitoring/correspondence.py",
    "monitoring/movement.py",
    "monitoring/risks.py",
    "monitoring/sheet/cells.py",
    "monitoring/sheet/columns.py",
    "monitoring/sheet/dates.py",
    "monitoring/sheet/grid.py",
    "monitoring/sheet/lines.py",
    "monitoring/sheet/tables.py",
    "monitoring/sheet/wording.py",
    "monitoring/sheet/promise.py",
    "monitoring/sheet/desk.py",
    "monitoring/sheet/numbering.py",
    "monitoring/sheet/new_row.py",
    "monitoring/sheet/known_row.py",
    "monitoring/sheet/dry_run.py",
    "reports/paper.py",
    "reports/letters.py",
    "reports/asked.py",
    "reports/transcript.py",
)
PUBLIC_PAGES = {
    "invitation", "sign_in", "sign_out", "healthz", "home", "accessibility", "look", "account_login",
    "mfa_authenticate", "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
}  # fmt: skip
"""Doors without a lock: signing in and out, being alive, being sent on, and what every visitor may read."""
DOORS_OF_THEIR_OWN = {"schema", "api_docs", "api_root"}
"""Answered by REST framework, which asks for a person by default."""
NAMED = {"seals", "seal", "propose_instant", "confirm_instant", "clear_person", "withdraw_clearance", "let_words_stand"}
"""Opened by no role: whoever is not cleared by name on the document is answered as if there were none."""


def _sources() -> list[Path]:
    return [path for storey in STOREYS for path in sorted((ROOT / storey).rglob("*.py"))]


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    named = {
        f"{node.module}.{name.name}" if _is_module(f"{node.module}.{name.name}") else node.module or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    return named | {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}


def _is_module(name: str) -> bool:
    return (ROOT / f"{name.replace('.', '/')}.py").exists()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_knows_no_record_no_request_and_no_clock(rule: str) -> None:
    path = ROOT / rule
    ours = {name for name in _imports(path) if name.split(".")[0] in (*STOREYS, "config", "django")}
    others = {f"{r[:-3].replace('/', '.')}" for r in RULES}
    assert {name for name in ours if name not in others and not name.startswith("reports.transcript")} <= {
        "django.db.models"
    }
    code = path.read_text("utf-8")
    assert not re.search(r"\b(now|today|utcnow)\(\)", code)


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_storey_looks_only_down(path: Path) -> None:
    height = STOREYS.index(path.relative_to(ROOT).parts[0])
    above = {*STOREYS[height + 1 :], "config"}
    assert {name for name in _imports(path) if name.split(".")[0] in above} == set()


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _sources()
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert inside == []


def test_no_module_is_named_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "common", "services", "managers", "mixins", "misc"}
    assert [path for path in _sources() if path.stem in empty] == []


DOORS = re.compile(r"/(views|management/commands)/|/(\w+_)?api\.py$")


@pytest.mark.parametrize(
    "path", [p for p in _sources() if DOORS.search(str(p))], ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_door_asks_in_the_words_of_a_queryset(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    called = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called & {"filter", "exclude", "annotate", "aggregate", "raw", "extra"} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda p: p.name)
def test_a_template_has_no_inline_style_or_script(path: Path) -> None:
    markup = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", markup)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", markup)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", markup)
    if path.name not in STANDALONE:
        assert "<style" not in markup


STANDALONE = {"paper.html"}
"""A file that is sent out whole, and so carries its own style."""


def _patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


def test_every_page_has_a_door() -> None:
    unguarded = {
        str(pattern.name or pattern.pattern)
        for pattern in _patterns()
        if not hasattr(pattern.callback, "permission")
        and not hasattr(pattern.callback, "cls")  # REST framework's, which asks for a person by default
        and pattern.name not in PUBLIC_PAGES | DOORS_OF_THEIR_OWN | NAMED
    }
    assert unguarded == set()


def _catalogue(sql: str) -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(cursor.fetchall())


TEXT_TABLES = """
    SELECT DISTINCT c.relname
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
      AND t.typname IN ('text', 'varchar', 'jsonb', 'json', 'bytea')
"""
GUARDED = """
    SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
        SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*'
        AND pg_get_expr(p.polqual, p.polrelid) LIKE '%open_seals()%'
        AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%open_seals()%')
"""


def test_every_table_with_words_is_guarded_or_stands_on_the_list_of_exemptions(db: None) -> None:
    tables = {str(name) for (name,) in _catalogue(TEXT_TABLES)}
    guarded = {str(name) for (name,) in _catalogue(GUARDED)}
    assert tables - guarded == EXEMPT.keys() & tables
    assert EXEMPT.keys() - tables == set()


def _models(of: type[Model]) -> list[type[Model]]:
    return [model for model in apps.get_models() if issubclass(model, of)]


def test_every_line_of_history_makes_an_event_of_the_chain(db: None) -> None:
    hung = {
        str(table)
        for (table,) in _catalogue(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgenabled = 'O'"
            " AND t.tgfoid = 'chain_line'::regproc AND t.tgdeferrable AND t.tginitdeferred"
        )
    }
    lines = {model._meta.db_table for kind in (Line, PersonLine, SealRead) for model in _models(kind)}
    assert hung == lines == set(chained())


def test_whatever_stands_under_a_seal_tells_it_when_it_is_read() -> None:
    silent = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Seal and not isinstance(field, SealKey)
    }
    # These are the terms themselves, and nothing that stands under them.
    terms = ("Clearance", "Correction", "Proposal", "SealRead")
    assert silent == {f"sources.{term}.seal" for term in terms}


def test_rows_under_seals_are_counted_by_what_notes_their_seals() -> None:
    counted = {
        model._meta.label: model._default_manager.get_queryset()
        for model in apps.get_models()
        if any(isinstance(field, SealKey) for field in model._meta.concrete_fields)
    }
    assert [label for label, rows in counted.items() if not isinstance(rows, SealedQuerySet)] == []


def test_a_row_is_never_held_so_fast_that_no_other_may_refer_to_it() -> None:
    # Two that wait for each other's row and for the chain of events would wait for ever (sources/reads_sql.py).
    held = [how for path in _sources() for how in re.findall(r"select_for_update\((.*)", path.read_text("utf-8"))]
    assert [how for how in held if "no_key=True" not in how] == []


WATCHED = """
    SELECT c.relname, encode(t.tgargs, 'escape') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgfoid = 'watch_words()'::regprocedure AND t.tgenabled = 'O'
"""
WORDS = TEXT_TABLES.replace("DISTINCT c.relname", "c.relname, a.attname").replace(", 'bytea'", "")


def test_every_column_that_people_write_is_watched_or_stands_on_the_list_of_those_that_are_not(db: None) -> None:
    guarded = {str(name) for (name,) in _catalogue(GUARDED)}
    watched = {
        (str(table), column)
        for table, given in _catalogue(WATCHED)
        for column in str(given).split("\\000")[1].strip("{}").split(",")
    }
    written = {(str(table), str(column)) for table, column in _catalogue(WORDS) if table in guarded}
    named = {
        (table, column): {table, column, f"{table}.{column}"} & UNWATCHED.keys() for table, column in written - watched
    }
    assert watched - written == set()
    assert [column for column, names in named.items() if not names] == []
    assert UNWATCHED.keys() - set().union(*named.values()) == set()


def test_the_web_role_owns_nothing_and_is_nobody_special(db: None) -> None:
    owned = _catalogue("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
    member_of = _catalogue(
        "SELECT r.rolname FROM pg_roles r"
        " WHERE pg_has_role(current_user, r.oid, 'member') AND r.rolname <> current_user"
    )
    assert (owned, member_of) == (set(), {("improvement_app",)})


def test_functions_that_see_past_seals_are_the_keepers_and_are_listed(db: None) -> None:
    definers = _catalogue(
        "SELECT proname, pg_get_userbyid(proowner) FROM pg_proc"
        " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    assert definers == {
        (name, "improvement_keeper")
        for name in (
            "actor", "actor_is", "actor_is_cleared_on", "anything_held", "audit_head", "bound_token", "chain_event",
            "chain_line", "clear_person", "confirm_instant", "confirm_release", "entries_found",
            "forget_what_is_open", "held", "is_cleared_as", "is_cleared_on_all_held", "is_flagged", "keep_entry",
            "let_stand", "let_words_stand", "make_seal", "number_gives_way", "open_seals", "propose_instant",
            "propose_release", "put_down", "quotations_among", "quotations_to_settle", "record_reads", "repeats",
            "runs_among", "said_of", "seal_line", "seals_open_on", "settle_what_went", "stamp", "stamp_mac",
            "stamp_reader", "stop_or_tell", "take_in_hand", "take_up", "tally_on_delete", "tally_on_insert",
            "tally_on_update", "watch_words", "withdraw_clearance", "words_released",
            "note_unreached",
        )
    }  # fmt: skip


def test_no_view_or_materialised_view_stands_beside_the_tables(db: None) -> None:
    views = "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
    assert _catalogue(views) == set()


def test_the_picture_of_the_lifecycle_is_drawn_from_its_table() -> None:
    assert (ROOT / "docs" / "lifecycle.md").read_text("utf-8") == page()


def test_the_small_world_hides_something_and_shows_something(world: World) -> None:
    assert settings.DATABASES["default"]["USER"] != settings.DATABASES["owner"]["USER"]
    assert world.seal.pk > 1
