"""What a request may write is a list, and no name of a column that is not on it changes anything."""

import json
from typing import Any

from django.apps import apps
from django.conf import settings as ours
from django.db import connection
from django.forms import model_to_dict
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from improvement.models import Action, Finding
from tests.test_house import STOREYS
from tests.trust.asking import Stage
from tests.trust.report import Report

WRITABLE = {
    "/api/actions/{number}/climbs/": {"rung", "evidence", "reason", "say_openly"},
    "/api/actions/{number}/evidence/": {"kind", "title", "words", "dated_on", "link", "say_openly"},
    "/api/actions/{number}/moves/": {"move", "reason", "say_openly"},
    "/api/actions/{number}/updates/": {"words", "no_change", "reached", "move", "say_openly"},
    "/api/actions/{number}/findings/": {"findings", "say_openly"},
    "/api/findings/{reference}/responses/": {"reply", "reason", "until_on", "say_openly"},
    "/api/actions/{number}/milestones/": {"words", "due_on", "say_openly"},
    "/api/actions/{number}/blockers/": {"waiting_for", "from_whom", "say_openly"},
    "/api/actions/{number}/blockers/over/": {"blocker", "say_openly"},
    "/api/actions/{number}/revisions/": {"to_on", "reason", "words", "meeting", "say_openly"},
    "/api/actions/{number}/extensions/": {"to_on", "reason", "words", "say_openly"},
    "/api/actions/{number}/extensions/answer/": {"agreed", "words", "meeting", "say_openly"},
    "/api/actions/{number}/lead/": {"lead", "new_lead", "kind", "updaters", "reason", "say_openly"},
    "/api/actions/{number}/words/": {"title", "words", "success", "reason", "say_openly"},
    "/api/actions/{number}/overrides/": {"delivery", "until_on", "reason", "say_openly"},
    "/api/actions/{number}/overrides/over/": {"reason", "say_openly"},
    "/api/actions/": {
        "theme",
        "title",
        "words",
        "success",
        "lead",
        "new_lead",
        "kind",
        "starts_on",
        "due_on",
        "findings",
        "say_openly",
    },
}
"""Every address of the API that writes, and what it may be told."""
GOOD = {
    "/api/actions/{number}/climbs/": {"rung": "evidenced"},
    "/api/actions/{number}/evidence/": {"kind": "audit", "title": "A", "words": "Seen.", "dated_on": "2026-01-01"},
    "/api/actions/{number}/moves/": {"move": "deliver"},
    "/api/actions/{number}/updates/": {"words": "Said."},
    "/api/actions/{number}/findings/": {"findings": []},
    "/api/findings/{reference}/responses/": {"reply": "accepted"},
    "/api/actions/{number}/milestones/": {"words": "Seen.", "due_on": "2026-01-01"},
    "/api/actions/{number}/blockers/": {"waiting_for": "A rota.", "from_whom": "Police"},
    "/api/actions/{number}/blockers/over/": {"blocker": 1},
    "/api/actions/{number}/revisions/": {"to_on": "2030-01-01", "reason": "scope", "words": "More."},
    "/api/actions/{number}/extensions/": {"to_on": "2030-01-01", "reason": "scope", "words": "More."},
    "/api/actions/{number}/extensions/answer/": {"agreed": True},
    "/api/actions/{number}/lead/": {"lead": "police"},
    "/api/actions/{number}/words/": {"title": "A", "words": "B.", "success": "C.", "reason": "D."},
    "/api/actions/{number}/overrides/": {"delivery": "amber", "until_on": "2030-01-01", "reason": "So."},
    "/api/actions/{number}/overrides/over/": {"reason": "So."},
    "/api/actions/": {
        "theme": "front-door",
        "title": "A",
        "words": "B.",
        "success": "C.",
        "lead": "police",
        "starts_on": "2026-01-01",
        "due_on": "2030-01-01",
    },
}


def _columns() -> list[str]:
    """The names of every field of every record, with those that are put together of them."""
    names = {"pk", "_state", "seal__kind", "_connector", "_negated"}
    for model in apps.get_models():
        if model._meta.app_label in STOREYS:
            for field in model._meta.get_fields():
                names |= {field.name, getattr(field, "attname", field.name)}
    return sorted(names)


COLUMNS = _columns()


def _browser(stage: Stage, part: str) -> Client:
    browser = Client(raise_request_exception=False)
    browser.cookies[ours.SESSION_COOKIE_NAME] = stage.scene.keys[part]
    return browser


def _all_rows() -> list[Any]:
    """Every action, whole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM improvement_action ORDER BY id")
        return list(cursor.fetchall())


def test_the_schema_takes_what_is_listed_and_nothing_else(worlds: tuple[Stage, Stage]) -> None:
    with worlds[0].lit():
        schema = _browser(worlds[0], "member").get("/api/schema/").json()
    bodies = {
        path: operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method not in ("get", "head", "options")
    }
    shapes = {path: schema["components"]["schemas"][name] for path, name in bodies.items()}
    assert {path: set(shape["properties"]) for path, shape in shapes.items()} == WRITABLE
    assert {shape["additionalProperties"] for shape in shapes.values()} == {False}
    assert GOOD.keys() == WRITABLE.keys()
    assert {"seal", "seal_id", "version", "status", "lead", "lead_id", "id", "pk"} <= set(COLUMNS)


def test_a_field_that_is_not_listed_is_refused_by_its_name(lasting: Stage, report: Report) -> None:
    browser, before = _browser(lasting, "officer"), _all_rows()
    values = st.one_of(st.integers(-1, 99), st.booleans(), st.none(), st.text(max_size=5), st.just([]), st.just({}))
    with report.of("A4 writable fields") as count:
        count.roles.add("officer")
        count.states.add(f"{len(COLUMNS)} names of columns")

        @seed(4)
        @settings(
            max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )  # fmt: skip
        @given(st.sampled_from(sorted(WRITABLE)), st.dictionaries(st.sampled_from(COLUMNS), values, max_size=9))
        def posted(path: str, also: dict[str, Any]) -> None:
            strange = {name: value for name, value in also.items() if name not in WRITABLE[path]} or {"seal_id": 0}
            answer = _post(browser, path, GOOD[path] | strange)
            count.requests += 1
            assert (answer.status_code, set(answer.json()["fields"])) == (400, set(strange))

        posted()
        for path, allowed in WRITABLE.items():
            strange = {name: 1 for name in COLUMNS if name not in allowed}
            assert set(_post(browser, path, GOOD[path] | strange).json()["fields"]) == set(strange)
            count.requests += 1
        count.facts = {"unlisted fields taken": 0}
    assert _all_rows() == before
    assert _post(browser, "/api/actions/{number}/updates/", GOOD["/api/actions/{number}/updates/"]).status_code == 201


def _post(browser: Client, path: str, said: dict[str, Any]) -> Any:
    method = "PUT" if path.endswith(("/findings/", "/lead/", "/words/")) else "POST"
    filled = path.replace("{number}", "1.1").replace("{reference}", Finding.objects.get(number="A1").reference)
    return browser.generic(method, filled, json.dumps(said), "application/json", headers={"If-Match": "*"})


def test_a_form_takes_nothing_but_its_own_fields(lasting: Stage) -> None:
    browser, action = _browser(lasting, "officer"), Action.objects.get(number="1.1")
    before = model_to_dict(action, exclude=["findings"])
    own = {
        "once": "11111111-1111-4111-8111-111111111111",
        "version": action.version,
        "news": "changed",
        "words": "Said",
    }
    strange = {name: "2" for name in COLUMNS if name not in {*own, "move", "milestones", "no_change"}}
    assert browser.post("/actions/1.1/update/", strange | own).status_code == 302
    action.refresh_from_db()
    assert model_to_dict(action, exclude=["findings"]) == before | {"version": before["version"] + 1}
