"""Leaks planted on purpose are found by the programme, each by the suite that should; without one nothing is."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.urls import get_resolver

from reports import html
from sources.models import Source
from tests.trust.asking import Stage, ask, held_still, listening
from tests.trust.catalogue import GUARDS, faults
from tests.trust.looking import left_behind, words_of
from tests.trust.report import Report
from tests.trust.scene import FIVE, SEALED
from tests.trust.wondering import Wish, both

Worlds = tuple[Stage, Stage]
READERS = ("officer", "member", "second_director")


def _paths(stage: Stage) -> list[str]:
    scene = stage.scene
    return [
        "/actions/", "/actions/1.1/", "/actions/9.1/", "/my-actions/", "/findings/", "/visits/",
        f"/visits/{scene.second.reference}/",
        "/dashboard/", "/inspection/", f"/papers/{scene.paper.reference}/", "/api/actions/", "/api/findings/",
        f"/api/visits/{scene.second.reference}/", "/api/measures/", f"/search/?q={SEALED}", "/search/?q=worsened",
        "/api/search/?q=worsened&kind=finding",
    ]  # fmt: skip


def two_worlds_differ(worlds: Worlds) -> bool:
    """What S2 looks for."""
    for part in READERS:
        for path in _paths(worlds[0]):
            one, other = both(worlds, Wish(part, "GET", path))
            if one.whole != other.whole:
                return True
    return False


def matrix_finds(worlds: Worlds) -> bool:
    """What S1 looks for: a sealed word in an answer to somebody uncleared, in a log, or in what stays behind."""
    stage = worlds[0]
    visit, paper = f"/visits/{stage.scene.second.reference}/", f"/papers/{stage.scene.paper.reference}/paper.pdf"
    with listening() as ears, held_still():
        ask(stage, "director", "GET", visit)
        answers = [ask(stage, part, "GET", path) for part in READERS for path in (visit, paper)]
    heard = "\n".join(ears.heard + [what for _, what in left_behind(stage)]).lower().encode()
    return any(SEALED.encode() in said for said in (heard, *map(words_of, answers)))


def catalogue_finds(worlds: Worlds) -> bool:
    """What S4 looks for."""
    with worlds[0].lit(), connection.cursor() as cursor:
        return faults(cursor) != []


def _owner(sql: str) -> Callable[[Worlds], None]:
    def plant(worlds: Worlds) -> None:
        for stage in worlds:
            stage.owner(sql)

    return plant


def _owner_signs_in(worlds: Worlds) -> None:
    for stage in worlds:
        for table in GUARDS:
            stage.owner(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        # Without this the owner could not even be told who asks, and every page would fail.
        stage.owner(OWNER_IS_STAMPED)
        stage.sign_in_as("owner")


OWNER_IS_STAMPED = """
    GRANT improvement_keeper TO CURRENT_USER;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO improvement_owner;
    REVOKE improvement_keeper FROM CURRENT_USER;
"""
EVERY_SEAL = """
    GRANT improvement_keeper TO CURRENT_USER;
    GRANT CREATE ON SCHEMA public TO improvement_keeper;
    CREATE OR REPLACE FUNCTION open_seals() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
    SET search_path = public, pg_temp AS $$ SELECT id FROM sources_seal $$;
    REVOKE CREATE ON SCHEMA public FROM improvement_keeper;
    REVOKE improvement_keeper FROM CURRENT_USER;
"""
SEARCH_OF_ALL = """
    GRANT improvement_keeper TO CURRENT_USER;
    GRANT CREATE ON SCHEMA public TO improvement_keeper;
    CREATE OR REPLACE FUNCTION entries_found(asked tsquery, kinds text[], themes bigint[], own bigint[], most bigint)
    RETURNS TABLE (id bigint, kind text, rank real) LANGUAGE sql STABLE SECURITY DEFINER ROWS 101
    SET search_path = public, pg_temp AS $$
        SELECT id, kind::text, ts_rank(lexemes, asked) FROM reports_entry WHERE lexemes @@ asked AND kind = ANY (kinds)
        ORDER BY day DESC, id DESC LIMIT most
    $$;
    REVOKE CREATE ON SCHEMA public FROM improvement_keeper;
    REVOKE improvement_keeper FROM CURRENT_USER;
"""
UNSEALED_CHILDREN = """
    ALTER TABLE improvement_finding DROP CONSTRAINT finding_follows;
    ALTER TABLE improvement_finding NO FORCE ROW LEVEL SECURITY;
    UPDATE improvement_finding SET seal_id = 0 WHERE kind = 'recommendation';
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE improvement_finding FORCE ROW LEVEL SECURITY;
"""
IN_THE_DATABASE: dict[str, tuple[Callable[[Worlds], None], Callable[[Worlds], bool]]] = {
    "policy off": (_owner("ALTER TABLE improvement_action DISABLE ROW LEVEL SECURITY"), two_worlds_differ),
    "owner connection without FORCE": (_owner_signs_in, two_worlds_differ),
    "policy for the wrong role": (
        _owner("CREATE POLICY letter_reading ON monitoring_measure TO improvement_app USING (true)"),
        two_worlds_differ,
    ),
    "definer function without its predicate": (_owner(EVERY_SEAL), two_worlds_differ),
    "search function without its predicate": (_owner(SEARCH_OF_ALL), two_worlds_differ),
    "unsealed child": (_owner(UNSEALED_CHILDREN), two_worlds_differ),
    "materialised view": (
        _owner("CREATE MATERIALIZED VIEW letters AS SELECT * FROM sources_source"),
        catalogue_finds,
    ),
    "unique index on sealed words": (
        _owner("CREATE UNIQUE INDEX source_title_once ON sources_source (title, id)"),
        catalogue_finds,
    ),
    "seals that the web role may change": (
        _owner("GRANT UPDATE ON sources_seal TO improvement_app"),
        catalogue_finds,
    ),
}


@pytest.mark.parametrize("leak", IN_THE_DATABASE)
def test_a_leak_planted_in_the_database_is_found(leak: str, scratch: Worlds, report: Report) -> None:
    plant, finder = IN_THE_DATABASE[leak]
    plant(scratch)
    found = finder(scratch)
    report.planted(leak, found=found)
    assert found


@contextmanager
def _view(pattern: str, around: Callable[..., Any]) -> Iterator[None]:
    """Wrap one page's view for a while."""
    found = next(each for each in _patterns() if str(each.pattern) == pattern)
    kept = found.callback
    found.callback = lambda request, *args, **rest: around(kept, request, *args, **rest)
    try:
        yield
    finally:
        found.callback = kept


def _patterns(resolver: Any = None) -> Iterator[Any]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern)
        else:
            yield pattern


STORE: dict[str, Any] = {}


def _caches(view: Callable[..., Any], request: Any, *args: Any, **rest: Any) -> Any:
    return STORE.setdefault(request.path, view(request, *args, **rest))


def _logs(view: Callable[..., Any], request: Any, *args: Any, **rest: Any) -> Any:
    logging.getLogger("monitoring").debug("read %s", [source.words for source in Source.objects.all()])
    return view(request, *args, **rest)


def _mails(view: Callable[..., Any], request: Any, *args: Any, **rest: Any) -> Any:
    for source in Source.objects.all():
        mail.send_mail(f"{source.title} was read", "", "a@northmoor.example", ["b@northmoor.example"])
    return view(request, *args, **rest)


IN_THE_VIEW = {"cached view": _caches, "log line": _logs, "mail subject": _mails}


@pytest.mark.parametrize("leak", IN_THE_VIEW)
def test_a_leak_planted_in_a_view_is_found(leak: str, worlds: Worlds, report: Report) -> None:
    with _view("visits/<slug:reference>/", IN_THE_VIEW[leak]):
        found = matrix_finds(worlds)
    report.planted(leak, found=found)
    assert found


def test_a_sealed_word_in_the_title_of_a_pdf_is_found(worlds: Worlds, report: Report, monkeypatch: Any) -> None:
    monkeypatch.setattr(html, "title", lambda paper: f"{paper.head.title}: {FIVE.word('title')}")
    found = matrix_finds(worlds)
    report.planted("PDF title", found=found)
    assert found


def test_without_a_plant_nothing_is_found(scratch: Worlds) -> None:
    found = {finder.__name__: finder(scratch) for finder in (two_worlds_differ, matrix_finds, catalogue_finds)}
    assert found == {"two_worlds_differ": False, "matrix_finds": False, "catalogue_finds": False}
