"""How long hidden and absent take: told in the summary, and not judged, since a busy machine would decide."""

from statistics import median
from time import perf_counter

from tests.trust.asking import Stage, ask
from tests.trust.report import Report

TURNS = 500
"""Each of hidden and absent is asked for this often, in turn."""


def test_hidden_and_absent_are_answered_alike_and_timed(worlds: tuple[Stage, Stage], report: Report) -> None:
    stage = worlds[0]
    assert stage.planted is not None
    took: dict[str, list[float]] = {"hidden": [], "absent": []}
    answers = set()
    with report.of("L20 timing") as count:
        for _ in range(TURNS):
            for sight, name in (("hidden", stage.planted.finding), ("absent", "absent2222")):
                began = perf_counter()
                answer = ask(stage, "officer", "GET", f"/api/findings/{name}/")
                took[sight].append(perf_counter() - began)
                answers.add((answer.status, answer.body))
                count.requests += 1
        hidden, absent = (round(median(took[sight]) * 1_000_000) for sight in ("hidden", "absent"))
        count.roles.add("officer")
        count.states.add("the median of hidden and of absent")
        count.facts = {"µs hidden": hidden, "µs absent": absent, "µs apart": abs(hidden - absent)}
    assert len(answers) == 1
