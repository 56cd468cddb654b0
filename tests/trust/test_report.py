"""The summary says what was tried and found, whichever process each test ran in."""

from types import SimpleNamespace
from typing import Any

from tests.trust.report import PROPERTY, Report, summary


def _sent(fill: Any, *, when: str = "teardown") -> SimpleNamespace:
    """What pytest hands over of a test, once it has crossed from a worker's process."""
    report = Report()
    fill(report)
    return SimpleNamespace(user_properties=[(PROPERTY, report.packed())], when=when)


def _matrix(state: str, role: str, leaks: int = 0) -> Any:
    def fill(report: Report) -> None:
        with report.of("S1 leak matrix") as count:
            count.requests, count.leaks = 1000, leaks
            count.roles.add(role)
            count.states.add(state)

    return fill


def _writers(report: Report) -> None:
    with report.of("S7 lost updates") as count:
        count.requests = 20
        count.roles.add("officer")
        count.facts = {"acknowledged": 8, "stored": 8}


def test_a_suite_has_one_line_however_many_tests_it_is_of() -> None:
    sent = [
        _sent(_writers), _sent(_matrix("before", "member")), _sent(_matrix("released", "officer", leaks=2)),
        _sent(lambda report: report.planted("cached view", found=True)),
        _sent(lambda report: report.planted("PDF title", found=False)),
        _sent(_writers, when="call"), SimpleNamespace(),
    ]  # fmt: skip
    assert [" ".join(line.split()) for line in summary(sent)] == [
        "suite requests roles time found tried",
        "S1 leak matrix 2,000 2 0 s 2 leaks before, released",
        "S3 planted leaks 1 of 2 found; missed: PDF title",
        "S7 lost updates 20 1 0 s 8 acknowledged, 8 stored",
        "",
        "In all: 2,020 requests, 2 roles, leaks found: 2; planted leaks found: 1 of 2; 0 s",
    ]


def test_a_run_without_the_programme_says_nothing_of_it() -> None:
    assert summary([SimpleNamespace(user_properties=[], when="teardown"), SimpleNamespace()]) == []
