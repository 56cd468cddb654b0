"""What a paper says of risks and money: the register as at its day, and the template's words where there is none."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from demonstration import prose
from improvement.models import Action
from monitoring.models import Risk
from reports import keeping
from reports.models import Paper, Passage
from sources.models import Seal
from sources.seals import acting_as
from tests.monitoring.test_risks import a_resource, a_risk, judged
from tests.reports.northmoor import composed, made_ready
from tests.world import World, confidential


@pytest.fixture
def ready(world: World) -> World:
    """The small world, ready to report."""
    made_ready(world)
    return world


def section(paper: Paper, number: str) -> list[str]:
    """The section's sentences and, for a table, its rows."""
    [found] = [
        each for each in keeping.as_value(Paper.objects.whole().get(pk=paper.pk)).sections if each.number == number
    ]
    return [
        block.text or "; ".join(" | ".join(row) for row in block.table.rows)
        for block in found.blocks
        if block.table or block.text
    ]


def written(world: World, days: int = 0) -> str:
    day = world.today + timedelta(days=days)
    return f"{day.day} {day:%B %Y}"


def test_where_nothing_is_recorded_the_template_speaks(ready: World) -> None:
    with acting_as(ready.director):
        paper = composed(ready)
        default = {row["number"]: row.get("default") for row in prose.committee()["section"]}
        assert {number: section(paper, number) for number in "45"} == {number: [default[number]] for number in "45"}


def test_section_4_says_what_was_secured_and_what_it_bought(ready: World) -> None:
    resource = a_resource(ready)
    resource.buy(words="Three workers began.", bought_on=ready.today, by=ready.director, at=ready.now)
    a_resource(ready, title="Reserve", kind="one_off", amount=90_000, posts=None, secured_on=ready.today)
    with acting_as(ready.director):
        said = section(composed(ready), "4")
    assert said == [
        f"By {written(ready)} £90,000 once, £240,000 every year and 4.5 posts had been secured for the plan, by "
        "2 decisions. What each was for, and what it has bought, is set out below.",
        "Reserve. The budget of the year | £90,000 once | Answering every contact within a day "
        "Nothing is recorded yet of what it bought.; "
        "Front door team. The budget of the year | £240,000 every year and 4.5 posts | Answering every contact within "
        "a day Bought: Three workers began.; "
        "All | £90,000 once, £240,000 every year and 4.5 posts | Each kind is added up by itself.",
    ]


def test_section_5_names_the_worst_risks_and_what_has_risen(ready: World) -> None:
    rose = a_risk(ready, title="Rents rise", days_ago=130)
    rose.assess(**judged(ready, 4, 4), by=ready.director, at=ready.now)
    a_risk(ready, title="Calls wait", mitigation="None.", likelihood=1, impact=2)
    with acting_as(ready.director):
        said = section(composed(ready), "5")
    review = written(ready, 30)
    assert said[:2] == [
        f"On {written(ready)} the plan’s register held 2 open risks, of which one was rated high or very high. "
        "One has risen since the plan was adopted: “rents rise” (from 12 to 16).",
        "Rents rise. Northmoor Police | 16, very high; rising | Notice dates are spread over the quarter. "
        f"Review by {review}.; "
        f"Calls wait. Northmoor Police | 2, low; new | None. Review by {review}.",
    ]


def test_the_paper_of_a_former_day_says_what_was_then_so(ready: World) -> None:
    risk = a_risk(ready, days_ago=40)
    risk.assess(**judged(ready, 5, 5), by=ready.director, at=ready.now)
    a_risk(ready, title="Later", days_ago=2)
    with acting_as(ready.director):
        said = section(composed(ready, as_at=ready.today - timedelta(days=10)), "5")
    assert "held 1 open risk, of which one was rated high" in said[0]
    assert "| 12, high; new |" in said[1]


def test_every_number_opens_the_rows_that_it_counts(ready: World, visit: Any) -> None:
    a_risk(ready)
    a_resource(ready)
    with acting_as(ready.director):
        paper = composed(ready)
        rows = set(
            Passage.objects.filter(section__paper=paper, section__number__in="45").values_list("rows", flat=True)
        )
    day = ready.today.isoformat()
    assert rows == {f"/risks/?on={day}", f"/resources/?on={day}"}
    assert [visit(ready.director).get(address).status_code for address in sorted(rows)] == [200, 200]


def test_a_risk_under_seal_is_in_no_paper(ready: World) -> None:
    a_risk(ready, title="Calls wait")
    with acting_as(ready.director):
        before = section(composed(ready), "5")
        seal = Seal.make(confidential(), by=ready.director)
        sealed = Action.objects.create(
            plan=ready.plan, theme=ready.workforce, number="2.9", position=9, title="Second", words="Said by none.",
            success="Yes.", lead=ready.theirs.lead, starts_on=ready.today, due_on=ready.today,
            first_due_on=ready.today, seal=seal,
        )  # fmt: skip
        with transaction.atomic():
            hidden = a_risk(ready, title="Hidden", cause="It", event="Is", effect="Kept", actions=[sealed],
                            mitigation="So.", likelihood=5, impact=5)  # fmt: skip
        assert (Risk.objects.count(), hidden.seal_id) == (2, seal.pk)
        assert section(composed(ready), "5") == before
