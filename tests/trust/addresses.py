"""Every address of the product with samples of what may stand in it: a pattern without a row fails the run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.trust.scene import ABSENT, Planted, Scene

KEY = "11111111-1111-4111-8111-111111111111"


@dataclass(frozen=True)
class Row:
    """What the place in an address means, and what a deed there is sent."""

    of: str = ""
    """“action”: the kind of thing that stands in the address; nothing where nothing does."""
    form: dict[str, Any] = field(default_factory=dict)
    json: str | None = None


_UPDATE = {"once": KEY, "version": 1, "news": "changed", "words": "Said"}
_ROLE = {"once": KEY, "role": "member", "scope": "all"}
ROWS: dict[str, Row] = {
    "": Row(),
    "healthz/": Row(),
    "sign-in/": Row(form={"username": "officer@northmoor.example", "password": "not the pass phrase"}),
    "sign-out/": Row(),
    "pass-phrase/": Row(),
    "people/": Row(),
    "people/new/": Row(form=_ROLE | {"name": "New", "email": "new@northmoor.example"}),
    "people/<email:email>/": Row("person"),
    "people/<email:email>/roles/": Row("person", form=_ROLE),
    "people/<email:email>/roles/end/": Row("person", form={"once": KEY, "named": "member"}),
    "people/<email:email>/close/": Row("person", form={"once": KEY}),
    "people/<email:email>/reopen/": Row("person", form={"once": KEY}),
    "findings/": Row(),
    "findings/<slug:reference>/": Row("finding"),
    "dashboard/": Row(),
    "inspection/": Row(),
    "seals/": Row(),
    "seals/<slug:reference>/": Row("source"),
    "seals/<slug:reference>/release/": Row("source", form={"once": KEY, "reason": "It may be told."}),
    "seals/<slug:reference>/release/second/": Row("source", form={"once": KEY}),
    "seals/<slug:reference>/embargo/": Row("source", form={"once": KEY, "words": "Not until 1 May 2039."}),
    "seals/<slug:reference>/embargo/second/": Row("source", form={"once": KEY, "key": KEY}),
    "seals/<slug:reference>/clearances/": Row("source", form={"once": KEY, "email": "member@northmoor.example"}),
    "seals/<slug:reference>/clearances/withdraw/": Row("source", form={"once": KEY}),
    "visits/": Row(),
    "visits/<slug:reference>/": Row("visit"),
    "my-actions/": Row(),
    "plan/load/": Row(),
    "plan/load/preview/": Row(),
    "plan/load/confirm/": Row(form={"once": KEY, "digest": "0" * 64, "fingerprint": "0" * 64}),
    "actions.xlsx": Row(),
    "actions.csv": Row(),
    "actions/": Row(),
    "actions/<number:number>/": Row("action"),
    "actions/<number:number>/update/": Row("action", form=_UPDATE),
    "actions/<number:number>/moves/": Row("action", form={"once": KEY, "move": "deliver", "reason": "Done"}),
    "papers/": Row(),
    "papers/new/": Row(form={"once": KEY, "visit": "", "meeting": "", "as_at": ""}),
    "papers/<slug:reference>/": Row("paper"),
    "papers/<slug:reference>/sections/<str:number>/": Row("paper", form={"once": KEY, "opened": "x", "new": "More"}),
    "papers/<slug:reference>/paper.html": Row("paper"),
    "papers/<slug:reference>/paper.pdf": Row("paper"),
    "meetings/": Row(),
    "meetings/<slug:body>/<day:on>/": Row("meeting"),
    "api/": Row(),
    "api/schema/": Row(),
    "api/docs/": Row(),
    "api/me/": Row(),
    "api/actions/": Row(),
    "api/actions/<str:number>/": Row("action"),
    "api/actions/<str:number>/history/": Row("action"),
    "api/actions/<str:number>/moves/": Row("action", json='{"move": "deliver", "reason": "Done"}'),
    "api/actions/<str:number>/updates/": Row("action", json='{"words": "Said"}'),
    "api/themes/": Row(),
    "api/themes/<str:slug>/": Row("theme"),
    "api/findings/": Row(),
    "api/findings/<str:reference>/": Row("finding"),
    "api/visits/": Row(),
    "api/visits/<str:reference>/": Row("visit"),
    "api/measures/": Row(),
    "api/measures/<str:slug>/": Row("measure"),
    "api/measures/<str:slug>/readings/": Row("measure"),
    "api/papers/": Row(),
    "api/papers/<str:reference>/": Row("paper"),
    "api/meetings/": Row(),
    "api/<path:anything>": Row("nothing"),
}
"""By the pattern as the URLconf writes it."""


def patterns(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every pattern of the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)


@dataclass(frozen=True)
class Address:
    """One address: its pattern, what is in it, and whether that is there to be seen."""

    pattern: str
    path: str
    sight: str = "page"
    """“page”, “visible”, “hidden” or “absent”."""
    name: str = ""
    """What stands in the address."""

    @property
    def row(self) -> Row:
        """What is sent there."""
        return ROWS[self.pattern]


def addresses(scene: Scene, planted: Planted) -> list[Address]:
    """Every pattern with each of its samples."""
    told = samples(scene, planted)
    return [address for pattern, row in ROWS.items() for address in _of(pattern, row, told)]


def _of(pattern: str, row: Row, told: dict[str, dict[str, list[str]]]) -> Iterator[Address]:
    if not row.of:
        yield Address(pattern, f"/{pattern}")
        return
    for sight, names in told[row.of].items():
        for name in names:
            yield Address(pattern, f"/{_filled(pattern, name)}", sight, name)


def _filled(pattern: str, name: str) -> str:
    begins, ends = pattern.index("<"), pattern.index(">")
    if pattern.startswith("meetings/"):
        return f"meetings/{name}/"
    return (pattern[:begins] + name + pattern[ends + 1 :]).replace("<str:number>", "1")


def samples(scene: Scene, planted: Planted) -> dict[str, dict[str, list[str]]]:
    """What may stand in an address, by whether a reader without clearance may see it."""
    world = scene.world
    finding = world.plan.inspection.source.findings.order_by("position").first()
    assert finding is not None
    meeting = f"executive/{world.meeting.held_on.isoformat()}"
    other_day = f"executive/{world.meeting.held_on - timedelta(days=1)}"
    return {
        "action": _told("action", ["1.1", "2.1"], planted.action),
        "finding": _told("finding", [finding.reference], planted.finding),
        "visit": _told("visit", [world.visit.reference, scene.second.reference], planted.visit),
        "measure": _told("measure", ["decided"], planted.measure),
        "paper": _told("paper", [scene.paper.reference, scene.draft.reference, "compose222"], planted.paper),
        "source": _told("source", [], planted.source),
        "theme": {"visible": ["front-door"], "absent": ["back-doors"]},
        "person": {"visible": ["officer@northmoor.example"], "absent": ["nobodys@northmoor.example"]},
        "meeting": {"visible": [meeting], "absent": [other_day]},
        "nothing": {"absent": ["nowhere/at/all"]},
    }


def _told(kind: str, visible: list[str], hidden: str) -> dict[str, list[str]]:
    assert len(ABSENT[kind]) == len(hidden), kind
    return {"visible": visible, "hidden": [hidden], "absent": [ABSENT[kind]]}
