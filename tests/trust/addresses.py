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
_CHOSEN = "four words nobody guessed"
_RECEIVED = {
    "once": KEY, "state": "draft", "kind": "letter", "title": "A letter", "from_whom": "Ofsted", "text": "All is well.",
    "received_on_day": "1", "received_on_month": "3", "received_on_year": "2019", "terms": "confidential",
    "basis": "court", "ends": "never",
}  # fmt: skip
_DAY = {"due_on_day": "1", "due_on_month": "1", "due_on_year": "2039"}
_UNTIL = {"until_on_day": "1", "until_on_month": "1", "until_on_year": "2039"}
_LATER = {
    "once": KEY,
    "reason": "capacity",
    "words": "More time",
    "to_on_day": "1",
    "to_on_month": "1",
    "to_on_year": "2039",
}
_TOGETHER = {"once": KEY, "chosen": "1.1 2.1 A-9", "news": "changed", "words": "Said", "step": "preview"}
_EVIDENCE = {
    "once": KEY, "kind": "audit", "title": "A sample", "words": "Seen", "dated_on_day": "1", "dated_on_month": "1",
    "dated_on_year": "2026",
}  # fmt: skip
_WORDS = {"once": KEY, "title": "Called so", "words": "Done so.", "success": "Seen so."}
_ACTION = _WORDS | _DAY | {
    "theme": "front-door", "lead": "police", "starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2038",
}  # fmt: skip
_JUDGED = {
    "likelihood": "4", "impact": "4", "mitigation": "Rota shared.", "review_on_day": "1", "review_on_month": "1",
    "review_on_year": "2039",
}  # fmt: skip
_RISK = {"once": KEY, "title": "So", "cause": "C", "event": "E", "effect": "F", "lead": "police"}
_RESOURCE = {
    "once": KEY, "title": "So", "kind": "one_off", "amount": "5", "funding": "F", "purpose": "P", "lead": "police",
    "secured_on_day": "1", "secured_on_month": "1", "secured_on_year": "2026",
}  # fmt: skip
_TIED = {"once": KEY, "themes": "front-door", "actions": "1.1"}
_SCHEME = {
    "once": KEY, "version": "1", "cycle_days": "42", "stale_cycles_amber": "1", "stale_cycles_red": "2",
    "sustained_cycles": "2", "milestone_grace_working_days": "10", "due_soon_days": "30", "evidence_days": "14",
    "blue": "Blue", "green": "Green", "amber": "Amber", "red": "Red", "unrated": "Not rated",
    "blue_colour": "#23548f", "green_colour": "#19653b", "amber_colour": "#f3b23c", "red_colour": "#a51d17",
}  # fmt: skip
ROWS: dict[str, Row] = {
    "": Row(),
    "healthz/": Row(),
    "sign-in/": Row(form={"login": "officer@northmoor.example", "password": "not the pass phrase"}),
    "sign-in/second-factor/": Row(form={"code": "123456"}),
    "sign-in/again/": Row(form={"password": "not the pass phrase"}),
    "sign-in/again/second-factor/": Row(form={"code": "123456"}),
    "sign-in/again/passkey/": Row(form={"credential": "{}"}),
    "sign-in/council/": Row(),
    "sign-in/council/back/": Row(),
    "sign-in/council/cancelled/": Row(),
    "sign-out/": Row(),
    "second-factor/": Row(),
    "second-factor/app/": Row(form={"code": "123456"}),
    "second-factor/app/remove/": Row(),
    "second-factor/passkeys/": Row(),
    "second-factor/passkeys/new/": Row(form={"credential": "{}"}),
    "second-factor/passkeys/<int:pk>/remove/": Row("passkey"),
    "second-factor/recovery-codes/": Row(),
    "second-factor/recovery-codes/new/": Row(),
    "second-factor/recovery-codes/file/": Row(),
    "pass-phrase/": Row(),
    "invitation/<slug:token>/": Row("invitation", form=dict.fromkeys(("new_password1", "new_password2"), _CHOSEN)),
    "people/": Row(),
    "people/new/": Row(form=_ROLE | {"name": "New", "email": "new@northmoor.example"}),
    "people/<email:email>/": Row("person"),
    "people/<email:email>/roles/": Row("person", form=_ROLE),
    "people/<email:email>/roles/end/": Row("person", form={"once": KEY, "named": "member"}),
    "people/<email:email>/invitation/": Row("person", form={"once": KEY}),
    "people/<email:email>/invitation/withdraw/": Row("person", form={"once": KEY}),
    "people/<email:email>/close/": Row("person", form={"once": KEY}),
    "people/<email:email>/reopen/": Row("person", form={"once": KEY}),
    "findings/": Row(),
    "findings/<slug:reference>/": Row("finding"),
    "findings/<slug:reference>/actions/": Row("finding", form={"once": KEY, "chosen": "1.2"}),
    "findings/<slug:reference>/response/": Row("finding", form={"once": KEY, "reply": "accepted"}),
    "documents/<slug:reference>/requirements/": Row(
        "document", form={"once": KEY, "number": "N1", "words": "Do so.", "theme": "front-door"}
    ),
    "coverage/": Row(),
    "coverage/actions/": Row(),
    "coverage.xlsx": Row(),
    "coverage.csv": Row(),
    "dashboard/": Row(),
    "inspection/": Row(),
    "documents/<slug:reference>/": Row("document"),
    "seals/": Row(),
    "seals/new/": Row(form=_RECEIVED),
    "seals/<slug:reference>/": Row("source"),
    "seals/<slug:reference>/release/": Row("source", form={"once": KEY, "reason": "It may be told."}),
    "seals/<slug:reference>/release/second/": Row("source", form={"once": KEY}),
    "seals/<slug:reference>/embargo/": Row("source", form={"once": KEY, "words": "Not until 1 May 2039."}),
    "seals/<slug:reference>/embargo/second/": Row("source", form={"once": KEY, "key": KEY}),
    "seals/<slug:reference>/words/": Row("source", form={"once": KEY, "words": "1", "reason": "They are known."}),
    "seals/<slug:reference>/clearances/": Row("source", form={"once": KEY, "email": "member@northmoor.example"}),
    "seals/<slug:reference>/clearances/withdraw/": Row("source", form={"once": KEY}),
    "visits/": Row(),
    "visits/<slug:reference>/": Row("visit"),
    "visits/<slug:reference>/letter/": Row("visit", form=_RECEIVED),
    "visits/<slug:reference>/letter/moves/": Row(
        "visit",
        form={"once": KEY, "to": "published", "on_day": "1", "on_month": "3", "on_year": "2019"},
    ),
    "measures/<slug:slug>/": Row("measure"),
    "my-actions/next/": Row(),
    "my-actions/": Row(),
    "settings/ratings/": Row(form=_SCHEME),
    "ratings.css": Row(),
    "gallery/": Row(),
    "plan/load/": Row(),
    "plan/load/preview/": Row(),
    "plan/load/progress/": Row(),
    "plan/load/confirm/": Row(form={"once": KEY, "digest": "0" * 64, "fingerprint": "0" * 64}),
    "together/": Row(),
    "together/<slug:deed>/": Row("together", form=_TOGETHER),
    "saved-views/": Row(form={"once": KEY, "name": "Mine", "query": "status=open"}),
    "saved-views/<slug:reference>/": Row("saved_view", form={"once": KEY, "name": "Mine"}),
    "saved-views/<slug:reference>/delete/": Row("saved_view"),
    "actions.xlsx": Row(),
    "actions.csv": Row(),
    "actions/": Row(),
    "actions/<number:number>/": Row("action"),
    "actions/<number:number>/update/": Row("action", form=_UPDATE),
    "actions/<number:number>/moves/": Row("action", form={"once": KEY, "move": "deliver", "reason": "Done"}),
    "search/": Row(),
    "audit/": Row(),
    "actions/<number:number>/evidence/": Row("action", form=_EVIDENCE),
    "actions/<number:number>/evidence/<slug:reference>/": Row("action", form={"once": KEY}),
    "evidence/<slug:reference>/<int:version>/": Row("exhibit"),
    "actions/<number:number>/impact/": Row(
        "action", form={"once": KEY, "rung": "none", "reason": "It no longer holds"}
    ),
    "actions/<number:number>/waits/": Row(
        "action", form={"once": KEY, "waiting_for": "A list", "from_whom": "Schools"}
    ),
    "actions/<number:number>/waits/over/": Row("action", form={"once": KEY, "wait": "1"}),
    "actions/<number:number>/milestones/": Row("action", form={"once": KEY, "words": "A step", **_DAY}),
    "actions/<number:number>/rating/": Row("action", form={"once": KEY, "delivery": "red", "reason": "So", **_UNTIL}),
    "actions/<number:number>/rating/end/": Row("action", form={"once": KEY, "reason": "It no longer fits"}),
    "actions/<number:number>/extension/": Row("action", form=_LATER),
    "actions/<number:number>/extension/answer/": Row("action", form={"once": KEY, "agreed": "yes"}),
    "actions/<number:number>/revision/": Row("action", form=_LATER),
    "actions/<number:number>/lead/": Row("action", form={"once": KEY, "version": 1, "lead": "police", "reason": "So"}),
    "actions/new/": Row(form=_ACTION),
    "actions/<number:number>/words/": Row("action", form=_WORDS | {"version": 1, "reason": "So"}),
    "actions/<number:number>/findings/": Row("action", form={"once": KEY}),
    "extensions/": Row(),
    "risks/": Row(),
    "risks.xlsx": Row(),
    "risks.csv": Row(),
    "risks/new/": Row(form=_RISK | _TIED | _JUDGED),
    "risks/<slug:reference>/": Row("risk"),
    "risks/<slug:reference>/assessment/": Row("risk", form={"once": KEY} | _JUDGED),
    "risks/<slug:reference>/ties/": Row("risk", form=_TIED | {"actions": "1.2, 9.1"}),
    "risks/<slug:reference>/correction/": Row("risk", form=_RISK | {"reason": "So"}),
    "risks/<slug:reference>/closing/": Row("risk", form={"once": KEY, "reason": "It has passed"}),
    "risks/<slug:reference>/reopening/": Row("risk", form={"once": KEY, "reason": "It came back"}),
    "resources/": Row(),
    "resources.xlsx": Row(),
    "resources.csv": Row(),
    "resources/new/": Row(form=_RESOURCE | _TIED),
    "resources/<slug:reference>/": Row("resource"),
    "resources/<slug:reference>/purchases/": Row(
        "resource",
        form={"once": KEY, "words": "Two", "bought_on_day": "1", "bought_on_month": "1", "bought_on_year": "2026"},
    ),
    "resources/<slug:reference>/ties/": Row("resource", form=_TIED | {"actions": "1.2"}),
    "resources/<slug:reference>/correction/": Row("resource", form=_RESOURCE | {"reason": "So"}),
    "reminders/": Row(form={"once": KEY, "wanted": "due"}),
    "reminders/outbox/": Row(
        form={"once": KEY, "due": "9", "due_again": "2", "override": "7", "to_lead": "5", "to_director": "15"}
    ),
    "reminders/outbox/send/": Row(form={"once": KEY}),
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
    "api/actions/": Row(
        json='{"theme": "front-door", "title": "So", "words": "So", "success": "So", "lead": "police", '
        '"starts_on": "2026-01-01", "due_on": "2030-01-01"}'
    ),
    "api/actions/<str:number>/": Row("action"),
    "api/actions/<str:number>/history/": Row("action"),
    "api/actions/<str:number>/moves/": Row("action", json='{"move": "deliver", "reason": "Done"}'),
    "api/actions/<str:number>/updates/": Row("action", json='{"words": "Said"}'),
    "api/actions/<str:number>/evidence/": Row(
        "action", json='{"kind": "audit", "title": "A sample", "words": "Seen", "dated_on": "2026-01-01"}'
    ),
    "api/actions/<str:number>/climbs/": Row("action", json='{"rung": "none", "reason": "It no longer holds"}'),
    "api/actions/<str:number>/findings/": Row("action", json='{"findings": []}'),
    "api/actions/<str:number>/milestones/": Row("action", json='{"words": "Seen", "due_on": "2026-01-01"}'),
    "api/actions/<str:number>/blockers/": Row("action", json='{"waiting_for": "A rota", "from_whom": "Police"}'),
    "api/actions/<str:number>/blockers/over/": Row("action", json='{"blocker": 1}'),
    "api/actions/<str:number>/revisions/": Row(
        "action", json='{"to_on": "2030-01-01", "reason": "capacity", "words": "Fewer people"}'
    ),
    "api/actions/<str:number>/extensions/": Row(
        "action", json='{"to_on": "2030-01-01", "reason": "capacity", "words": "Fewer people"}'
    ),
    "api/actions/<str:number>/extensions/answer/": Row("action", json='{"agreed": true}'),
    "api/actions/<str:number>/lead/": Row("action", json='{"lead": "police", "reason": "So"}'),
    "api/actions/<str:number>/words/": Row(
        "action", json='{"title": "So", "words": "So", "success": "So", "reason": "So"}'
    ),
    "api/actions/<str:number>/overrides/": Row(
        "action", json='{"delivery": "amber", "until_on": "2030-01-01", "reason": "So"}'
    ),
    "api/actions/<str:number>/overrides/over/": Row("action", json='{"reason": "So"}'),
    "api/coverage/": Row(),
    "api/themes/": Row(),
    "api/themes/<str:slug>/": Row("theme"),
    "api/findings/": Row(),
    "api/findings/<str:reference>/": Row("finding"),
    "api/risks/": Row(),
    "api/risks/<str:reference>/": Row("risk"),
    "api/risks/<str:reference>/assessments/": Row("risk"),
    "api/resources/": Row(),
    "api/resources/<str:reference>/": Row("resource"),
    "api/findings/<str:reference>/responses/": Row("finding", json='{"reply": "accepted"}'),
    "api/visits/": Row(),
    "api/visits/<str:reference>/": Row("visit"),
    "api/scheme/": Row(),
    "api/measures/": Row(),
    "api/measures/<str:slug>/": Row("measure"),
    "api/measures/<str:slug>/readings/": Row("measure"),
    "api/papers/": Row(),
    "api/papers/<str:reference>/": Row("paper"),
    "api/meetings/": Row(),
    "api/search/": Row(),
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
    filled = pattern[:begins] + name + pattern[ends + 1 :]
    return filled.replace("<str:number>", "1").replace("<int:version>", "1").replace("<slug:reference>", "absent2222")


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
        "exhibit": _told("exhibit", ["shownfile2"], planted.exhibit),
        "measure": _told("measure", ["decided"], planted.measure),
        "risk": _told("risk", ["shownrisk2"], planted.risk),
        "resource": _told("resource", ["shownfund2"], planted.resource),
        "paper": _told("paper", [scene.paper.reference, scene.draft.reference, "compose222"], planted.paper),
        "source": _told("source", [], planted.source),
        "document": _told("source", [finding.source.reference], planted.source),
        "theme": {"visible": ["front-door"], "absent": ["back-doors"]},
        "person": {"visible": ["officer@northmoor.example"], "absent": ["nobodys@northmoor.example"]},
        "meeting": {"visible": [meeting], "absent": [other_day]},
        "invitation": {"visible": [scene.invitation], "absent": ["x" * len(scene.invitation)]},
        "passkey": {"absent": ["1"]},
        "together": {"visible": ["update"], "absent": ["nothing"]},
        "saved_view": {"absent": ["absentview"]},
        "nothing": {"absent": ["nowhere/at/all"]},
    }


def _told(kind: str, visible: list[str], hidden: str) -> dict[str, list[str]]:
    assert len(ABSENT[kind]) == len(hidden), kind
    return {"visible": visible, "hidden": [hidden], "absent": [ABSENT[kind]]}
