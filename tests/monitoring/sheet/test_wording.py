"""What the words of a cell mean in the trade."""

from datetime import date

import pytest

from monitoring.sheet import wording
from monitoring.sheet.cells import Cell
from monitoring.sheet.wording import Step


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1.2", "1.2"),
        (" 1.10 ", "1.10"),
        ("Action 1.2:", "1.2"),
        ("Ref. A-12", "A-12"),
        ("1.2.", "1.2"),
        ("3 a", "3a"),
        ("2)", "2"),
    ],
)
def test_a_number_is_read_without_what_stands_about_it(words: str, number: str) -> None:
    assert wording.number(Cell(words)) == number
    assert wording.number_objection(number) is None


@pytest.mark.parametrize("words", ["", "1/2", "12345678901", "a&b", "1(c)"])
def test_what_is_no_number_of_an_action_is_refused(words: str) -> None:
    assert wording.number_objection(words) == (
        f"says “{words}”, and a number has up to 10 letters, digits, points and dashes, like 1.4."
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("1. Front door", (1, "Front door")), ("Priority 2: Workforce", (2, "Workforce")), ("3", (3, "")),
        ("Workforce", (None, "Workforce")), ("THEME 4 – Leadership", (4, "Leadership")),
        ("2 Workforce", (2, "Workforce")),
        ("16plus services", (None, "16plus services")), ("Ambition 1", (1, "")),
    ],
)  # fmt: skip
def test_a_theme_has_a_number_and_a_title(words: str, found: tuple[int | None, str]) -> None:
    assert wording.theme(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("J Smith / A Jones", ["J Smith", "A Jones"]), ("J Smith/A Jones", ["J Smith", "A Jones"]),
        ("J Smith; A Jones", ["J Smith", "A Jones"]), ("J Smith\nA Jones", ["J Smith", "A Jones"]),
        ("Head of Service, Front Door", ["Head of Service, Front Door"]), ("", []),
        ("Lead: J Smith\nSupport: A Jones", ["J Smith", "A Jones"]),
        ("J Smith\n(Support: A Jones)", ["J Smith", "A Jones"]),
        ("TBC", []), ("-", []), ("Vacant / A Jones", ["A Jones"]), ("Leadership team", ["Leadership team"]),
        ("Director of Adults and Children", ["Director of Adults and Children"]), ("24/7 team", ["24/7 team"]),
    ],
)  # fmt: skip
def test_two_names_in_a_cell_are_two_and_a_post_with_a_comma_is_one(words: str, found: list[str]) -> None:
    assert wording.names(words) == found


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Not started", "not_started"), ("ON TRACK", "in_progress"), ("Complete", "delivered"), ("Closed", "closed"),
        ("Withdrawn", "withdrawn"), ("In progress.", "in_progress"), ("Amber", None), ("", None), ("No", None),
        ("Amber – on track", "in_progress"), ("Completed (awaiting sign off)", "delivered"), ("x" * 200, None),
    ],
)  # fmt: skip
def test_a_status_is_known_by_its_words(words: str, status: str | None) -> None:
    assert wording.status(words) == status


@pytest.mark.parametrize(
    ("words", "fill", "rating"),
    [
        ("", "FF0000", "Red"), ("", "C00000", "Red"), ("", "FFC000", "Amber"), ("", "FFFF00", "Amber"),
        ("", "00B050", "Green"), ("", "92D050", "Green"), ("", "0070C0", "Blue"), ("", "00B0F0", "Blue"),
        ("", "FFFFFF", ""), ("", "D9D9D9", ""), ("", "000000", ""), ("", "", ""), ("G", "FF0000", "Green"),
        ("Paused", "", "Paused"), ("", "7030A0", ""),
    ],
)  # fmt: skip
def test_a_rating_is_its_word_or_else_its_colour(words: str, fill: str, rating: str) -> None:
    assert wording.rating(Cell(words, fill=fill)) == rating


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("Rota agreed (due 3 March 2026)", [Step("Rota agreed", date(2026, 3, 3))]),
        ("Rota agreed (due 3 March 2026, done 1 March 2026)",
         [Step("Rota agreed", date(2026, 3, 3), date(2026, 3, 1))]),
        ("Rota agreed (03/03/26)", [Step("Rota agreed", date(2026, 3, 3))]),
        ("Rota agreed - 3 March 2026", [Step("Rota agreed", date(2026, 3, 3))]),
        ("3/3/26: Rota agreed", [Step("Rota agreed", date(2026, 3, 3))]),
        ("Rota agreed by 3 March 2026; staff told", [Step("Rota agreed", date(2026, 3, 3)), Step("staff told")]),
        ("• Rota agreed\n• Staff told; all shifts (due 3 March 2026)",
         [Step("Rota agreed"), Step("Staff told; all shifts", date(2026, 3, 3))]),
        ("Train 30 staff", [Step("Train 30 staff")]), ("", []),
    ],
)  # fmt: skip
def test_milestones_are_read_with_their_dates(words: str, steps: list[Step]) -> None:
    assert wording.steps(words) == steps


def test_a_milestone_is_written_so_that_it_is_read_back() -> None:
    words = wording.step_words("Tell all;\n (most) staff", due_on=date(2026, 3, 3), done_on=date(2026, 3, 1))
    assert wording.steps(words) == [Step("Tell all; (most) staff", date(2026, 3, 3), date(2026, 3, 1))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("R1, R3 and A2", ["R1", "R3", "A2"]), ("1 & 3", ["R1", "R3"]), ("Recs 1, 3", ["R1", "R3"]),
        ("r02", ["R2"]), ("", []), ("All", []), ("R1\nR1", ["R1"]),
        ("N3, n4", ["N3", "N4"]), ("Requirements 1 & 2; area 4", ["N1", "N2", "A4"]), ("Req. 2 and 5", ["N2", "N5"]),
        ("The quality of assessments and how soon children are seen, within 15 days", []),
        ("Recommendation 3: the quality of assessments and how soon children are seen within 15 days", ["R3"]),
        ("4. The quality of assessments and of the plans that social workers write", ["R4"]),
    ],
)  # fmt: skip
def test_findings_are_named_by_number(words: str, found: list[str]) -> None:
    assert wording.findings(words) == found


def test_what_a_title_cannot_hold_is_kept_in_the_words() -> None:
    assert wording.in_full("Train", "All of them.") == "All of them."
    assert wording.in_full("Train", "") == "Train"
    assert wording.in_full("wordy " * 80, "All of them.") == "wordy " * 80 + "\nAll of them."


def test_long_words_get_a_short_title() -> None:
    assert wording.short("Answer every contact.") == "Answer every contact."
    assert (
        wording.short("Answer every contact within a day. " + "Then more " * 30) == "Answer every contact within a day"
    )
    assert len(wording.short("wordy " * 80)) <= wording.MOST_TITLE
