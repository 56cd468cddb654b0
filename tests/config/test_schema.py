"""The schema of the API: true, the same for every reader, and drawn from no row of the database."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from config.api_page import described
from improvement.models import Lead, Theme
from monitoring import progress
from monitoring.models import Scheme
from people.roles import Role
from tests.world import World

PARTS = ("officer", "lead", "director", "clerk", "finance", "member", "partner", "adviser", "admin")
ANY = {"200", "400", "401", "403", "404", "406", "429"}
READ = ANY | {"304"}
KEYED = ANY | {"201", "409", "411", "413", "415", "422"}
CHANGED = KEYED | {"412", "428"}


def _schema(visit: Any, world: World) -> dict[str, Any]:
    schema: dict[str, Any] = visit(world.member).get("/api/schema/").json()
    return schema


def test_the_schema_is_the_same_for_every_reader(visit: Any, world: World) -> None:
    assert len({visit(getattr(world, part)).get("/api/schema/").content for part in PARTS}) == 1
    assert len(PARTS) == len(Role)


def test_the_schema_is_drawn_from_no_row(visit: Any, world: World) -> None:
    before = visit(world.member).get("/api/schema/").content
    Theme.objects.create(plan=world.plan, number=3, slug="leavers", title="Care leavers", aim="x")
    Lead.objects.create(slug="schools", name="Schools", kind="partner")
    Scheme.objects.create(pk=1, red="Crimson")
    assert visit(world.member).get("/api/schema/").content == before
    said = before.decode()
    assert [word for word in ("front-door", "hos-front-door", "Northmoor", "Marigold", "Ofsted") if word in said] == [
        "Ofsted"  # who visits, in the description of a collection
    ]


def test_nobody_reads_the_schema_unasked(db: None) -> None:
    assert Client().get("/api/schema/").status_code == 401
    assert Client().get("/api/docs/").headers["Location"] == "/sign-in/?next=/api/docs/"


def test_every_operation_says_each_answer_that_it_may_give(visit: Any, world: World) -> None:
    said = {
        (method, path): set(operation["responses"])
        for path, methods in _schema(visit, world)["paths"].items()
        for method, operation in methods.items()
    }
    assert {key: codes for key, codes in said.items() if key[0] == "get" and codes != READ} == {}
    deeds = (
        "blockers", "blockers/over", "climbs", "evidence", "extensions", "extensions/answer", "milestones", "moves",
        "overrides", "overrides/over", "revisions", "updates",
    )  # fmt: skip
    assert {key: codes for key, codes in said.items() if key[0] == "post"} == {
        **{("post", f"/api/actions/{{number}}/{deed}/"): CHANGED for deed in deeds},
        ("post", "/api/actions/"): KEYED,
        ("post", "/api/findings/{reference}/responses/"): KEYED,
    }
    assert {key: codes for key, codes in said.items() if key[0] == "put"} == {
        ("put", f"/api/actions/{{number}}/{deed}/"): CHANGED - {"201"} for deed in ("findings", "lead", "words")
    }


def test_the_schema_names_every_collection_that_the_api_lists(visit: Any, world: World) -> None:
    listed = visit(world.member).get("/api/").json()
    assert {f"/api/{name}/" for name in listed} <= set(_schema(visit, world)["paths"])


def test_nothing_is_named_by_a_primary_key(visit: Any, world: World) -> None:
    schema = _schema(visit, world)
    fields = {name for part in schema["components"]["schemas"].values() for name in part.get("properties", {})}
    asked = {
        word["name"]
        for path in schema["paths"].values()
        for deed in path.values()
        for word in deed.get("parameters", [])
    }
    assert {name for name in fields | asked if name in ("id", "pk") or name.endswith("_id")} == set()
    assert {path.partition("{")[2].partition("}")[0] for path in schema["paths"]} == {"", "number", "reference", "slug"}


def test_a_write_allows_no_field_but_its_own(visit: Any, world: World) -> None:
    parts = _schema(visit, world)["components"]["schemas"]
    assert {name for name, part in parts.items() if part.get("additionalProperties") is False} == {
        *(name for name in parts if name.endswith("Wanted")),
        "MeetingNamed",
    }


def test_what_is_read_comes_whole(visit: Any, world: World) -> None:
    parts = _schema(visit, world)["components"]["schemas"]
    lacking = {
        name: set(part["properties"]) - set(part.get("required", []))
        for name, part in parts.items()
        if "properties" in part
    }
    assert {name: fields for name, fields in lacking.items() if fields} == {
        "Fault": {"fields"},
        "Overtaken": {"fields"},
        "ActionWanted": {"say_openly", "lead", "new_lead", "kind", "findings"},
        "BlockerOverWanted": {"say_openly"},
        "BlockerWanted": {"say_openly"},
        "ClimbWanted": {"say_openly", "evidence", "reason"},
        "EvidenceWanted": {"say_openly", "link"},
        "ExtensionAnswerWanted": {"say_openly", "meeting", "words"},
        "ExtensionWanted": {"say_openly"},
        "LeadWanted": {"say_openly", "lead", "new_lead", "kind", "updaters", "reason"},
        "MilestoneWanted": {"say_openly"},
        "OverrideOverWanted": {"say_openly"},
        "OverrideWanted": {"say_openly"},
        "RevisionWanted": {"say_openly", "meeting"},
        "ShownWanted": {"say_openly", "link", "file"},
        "WordsWanted": {"say_openly"},
        "MoveWanted": {"say_openly", "reason"},
        "ResponseWanted": {"say_openly", "reason", "until_on"},
        "TiesWanted": {"say_openly"},
        "UpdateWanted": {"say_openly", "no_change", "reached", "move"},
    }


def test_a_key_or_a_session_is_enough(visit: Any, world: World) -> None:
    schema = _schema(visit, world)
    assert set(schema["components"]["securitySchemes"]) == {"key", "session"}
    assert schema["paths"]["/api/actions/"]["get"]["security"] == [{"key": []}, {"session": []}]


@pytest.mark.parametrize(
    "path",
    [
        "actions/", "actions/1.1/", "actions/1.1/updates/", "actions/1.1/history/", "actions/1.1/evidence/",
        "actions/1.1/climbs/", "actions/1.1/revisions/", "themes/", "findings/", "coverage/", "risks/", "resources/",
        "scheme/", "me/",
    ],
)  # fmt: skip
def test_an_answer_has_the_fields_that_the_schema_promises(visit: Any, world: World, path: str) -> None:
    shown = progress.show(
        world.started, kind="audit", title="Dip sample", words="37 of 40.", dated_on=world.today, by=world.officer,
        at=world.now, file=ContentFile(b"%PDF-1.7 37", name="sample.pdf"),
    )  # fmt: skip
    progress.climb(world.started, "evidenced", evidence=shown, by=world.officer, at=world.now)
    schema = _schema(visit, world)
    template = f"/api/{path.replace('1.1', '{number}')}"
    promised = schema["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    _hold(visit(world.director).get(f"/api/{path}").json(), promised, schema["components"]["schemas"])


def _hold(said: Any, promised: dict[str, Any], parts: dict[str, Any]) -> None:
    if "allOf" in promised or "$ref" in promised:
        reference = promised.get("$ref") or promised["allOf"][0]["$ref"]
        if said is not None:
            _hold(said, parts[reference.rpartition("/")[2]], parts)
    elif "properties" in promised:
        assert set(said) == set(promised["properties"])
        for name, of in promised["properties"].items():
            _hold(said[name], of, parts)
    elif "items" in promised:
        for each in said:
            _hold(each, promised["items"], parts)
    elif "enum" in promised:
        assert said in promised["enum"]


def test_the_page_of_the_api_explains_every_address_and_shape_of_the_schema(visit: Any, world: World) -> None:
    page = visit(world.member).get("/api/docs/").content.decode()
    schema = _schema(visit, world)
    deeds = [f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods]
    assert [deed for deed in deeds if f"<code>{deed}</code>" not in page] == []
    shapes = [name for name, part in schema["components"]["schemas"].items() if part.get("properties")]
    assert [name for name in shapes if f'id="shape-{name}"' not in page] == []
    linked = {answer.shape for _, deeds in described()[0] for deed in deeds for answer in deed.answers}
    assert linked - set(shapes) == set()


@pytest.mark.parametrize("part", PARTS)
def test_whoever_has_signed_in_may_read_the_page_of_the_api(visit: Any, world: World, part: str) -> None:
    assert visit(getattr(world, part)).get("/api/docs/").status_code == 200
