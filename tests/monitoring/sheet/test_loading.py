"""A sheet is held against the plan, and then loaded whole or not at all, as people would have done it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from improvement.models import Action, Answer, Finding, Plan, Refused
from monitoring.models import Standing
from monitoring.sheet import loading
from monitoring.sheet.promise import DryRun
from sources.seals import acting_as
from tests.monitoring.sheet.books import HEADINGS, book
from tests.world import World

Held = Callable[..., DryRun]


def said(run: DryRun) -> list[tuple[str, str, list[str]]]:
    return [(result.number, str(result.outcome), [str(each) for each in result.said]) for result in run.results]


def load(run: DryRun, world: World) -> None:
    loading.load(run, world.plan, by=world.director, at=world.now)


def new(number: str = "1.3", theme: str = "Front door", due: str = "31 March 2031") -> list[str]:
    return [
        number,
        theme,
        "Train every screener",
        "Decisions are sound.",
        "Head of Service, Front Door",
        "",
        due,
        "",
        "",
    ]


def test_a_new_row_makes_an_action_that_stands_where_the_rules_say(held: Held, world: World) -> None:
    row = ["1.3", "Front door", "Train every screener", "Decisions are sound.", "Head of Learning / Asha Mellor",
           "1/1/26", "end of March 2031", "On track", "Six of nine trained."]  # fmt: skip
    run = held(book(HEADINGS, row))
    assert said(run) == [
        ("1.3", "made", [
            "Plan!E2 makes a new lead, “Head of Learning”.",
            "Plan!E2 names “Asha Mellor” second: the first leads, and Asha Mellor will update the action.",
            "Plan!G2 “end of March 2031” is read as 31 March 2031.",
        ])
    ]  # fmt: skip
    load(run, world)
    made = Action.objects.get(number="1.3")
    assert (made.title, made.words, made.lead.name, made.status, made.due_on.isoformat(), made.first_due_on) == (
        "Train every screener", "Train every screener", "Head of Learning", "in_progress", "2031-03-31", made.due_on
    )  # fmt: skip
    assert [updater.person for updater in made.updaters.all()] == [world.officer]
    assert [(line.by, line.says, line.reason) for line in made.lines.all()] == [
        (world.director, "put it into the plan", "Loaded from the council’s own spreadsheet. It is row 2 of “Plan”."),
        (world.director, "gave an update", "Six of nine trained."),
    ]
    standing = Standing.objects.filter(action=made).on(world.today).get()
    assert (standing.status, standing.delivery, standing.place) == ("in_progress", "green", 100003)
    assert said(held(book(HEADINGS, row))) == [("1.3", "same", [])]


def test_a_known_number_is_changed_only_where_the_sheet_says_otherwise(held: Held, world: World) -> None:
    row = ["2.1", "", "", "Every shift knows.", "Superintendent / Northmoor Police", "", "", "In progress", "Begun."]
    run = held(book(HEADINGS, row))
    assert said(run) == [
        ("2.1", "changed", [
            "Plan!D2 changes the measure of success.",
            "Plan!E2 makes a new lead, “Superintendent”.",
            "Plan!E2 names “Northmoor Police” second: the first leads, and Northmoor Police has no account here; "
            "a new action’s history keeps the name.",
            "Plan!E2 hands it over from Northmoor Police to Superintendent.",
            "Plan!H2 moves it from “Not started” to “In progress”.",
            "Plan!I2 gives it an update.",
        ])
    ]  # fmt: skip
    load(run, world)
    action = Action.objects.get(number="2.1")
    assert (action.title, action.success, action.lead.name, action.status) == (
        "Brief every police shift on thresholds", "Every shift knows.", "Superintendent", "in_progress"
    )  # fmt: skip
    assert [line.says for line in action.lines.all()] == [
        "changed its measure of success and lead",
        "moved it from “Not started” to “In progress”",
        "gave an update",
    ]
    assert Standing.objects.filter(action=action).on(world.today).get().status == "in_progress"


def test_another_due_date_is_refused_unless_the_plan_is_not_yet_adopted(held: Held, world: World) -> None:
    now, then = world.started.due_on, world.started.due_on + timedelta(days=30)
    file = book(HEADINGS, ["1.1", "", "", "", "", "", then, "", ""])
    assert said(held(file)) == [
        ("1.1", "refused", [
            f"Plan!G2 says {then:%-d %B %Y}, and the plan says {now:%-d %B %Y}. A due date moves only with a "
            "reason and somebody’s agreement: put the plan’s date back here, and move it on the action’s own page."
        ])
    ]  # fmt: skip
    Plan.objects.update(adopted_on=world.today + timedelta(days=7))
    load(held(file), world)
    action = Action.objects.get(number="1.1")
    assert (action.due_on, action.first_due_on, action.times_moved) == (then, then, 0)


def test_what_an_action_has_no_place_for_is_kept_in_its_history_and_loads_back_as_the_same(
    held: Held, world: World
) -> None:
    theme = "Priority 3: " + "Leaders know how children fare, and act on it before harm is done, " * 4
    head = ("Ref", "Priority", "Action", "Detail", "Lead", "Due", "Revised date", "RAG", "Ofsted recommendation")
    rows = [
        ["3.1", theme, "Train every screener " * 20, "In May.", "Lead: Head of Learning\nSupport: J Doe", "31/3/31",
         "30/6/31", "A", "Within 15 days, leaders should see to it that every child is seen alone and heard"],
        ["3.2", theme, "Ask families", "", "Head of Learning", "31/3/31 → 30/9/31", "N/A", "", "R1"],
    ]  # fmt: skip
    run = held(book(head, *rows))
    title = run.results[0].wanted.theme.name if run.results[0].wanted and run.results[0].wanted.theme else ""
    assert (len(title) <= 120, said(run)) == (True, [
        ("3.1", "made", [
            f"Plan!B2 makes a new theme, 3. {title}.",
            "Plan!E2 makes a new lead, “Head of Learning”.",
            "Plan!E2 names “J Doe” second: the first leads, and J Doe has no account here; a new action’s history "
            "keeps the name.",
            "Plan!G2 counts before the first date, 31 March 2031, which its history keeps.",
            "Plan!I2 names no finding by its number or in its words, so it ties the action to none.",
        ]),
        ("3.2", "made", ["Plan!F3 “31/3/31 → 30/9/31” says 2 days: the latest, 30 September 2031, is taken."]),
    ])  # fmt: skip
    load(run, world)
    first, second = Action.objects.filter(theme__number=3).order_by("number")
    assert [(each.due_on.isoformat(), each.lines.get().reason.split("“Plan”. ")[1]) for each in (first, second)] == [
        ("2031-06-30", "The sheet rated it Amber. The sheet also names J Doe. The sheet first had it due on "
                       "31 March 2031."),
        ("2031-09-30", "The sheet gave its due as “31/3/31 → 30/9/31”."),
    ]  # fmt: skip
    assert first.words == "Train every screener " * 19 + "Train every screener\nIn May."
    assert [finding.number for finding in second.findings.all()] == ["R1"]
    assert said(held(book(head, *rows))) == [("3.1", "same", []), ("3.2", "same", [])]


def test_a_finding_is_known_by_its_words_and_a_plan_without_findings_is_loaded_all_the_same(
    held: Held, world: World
) -> None:
    head = ("Ref", "Theme", "Action", "Lead", "Due", "Recommendation")
    words = Finding.objects.get(number="R1").words
    run = held(book(head, ["1.3", "Front door", "Train", "A", "1/1/31", words]))
    assert [result.wanted.findings for result in run.results if result.wanted] == [("R1",)]
    Plan.objects.create(title="Another", inspection=world.plan.inspection, adopted_on=world.today)
    run = held(book(head, ["1.3", "Front door", "Train", "A", "1/1/31", "R1"]))
    assert (run.objection, run.notes) == (None, (
        "Column F names findings, and the plan has none yet, so no action is tied to one. Record the findings, and "
        "load the sheet again.",
    ))  # fmt: skip


def test_whatever_column_is_not_loaded_is_named_with_the_reason(held: Held) -> None:
    head = ("Ref", "Theme", "Action", "Lead", "Due", "Deadline", "Impact", "Cost")
    run = held(book(head, ["1.3", "Front door", "Train", "A", "1/1/31", "1/2/31", "Fewer wait", "20"]))
    assert run.notes[:3] == (
        "Nobody has said what these columns mean, so they are not loaded: H (“Cost”).",
        "These columns mean the same as one before them, so they are not loaded: F (“Deadline”).",
        "These columns are never loaded: G (“Impact”).",
    )


def test_one_refused_row_keeps_the_whole_sheet_out(held: Held, world: World) -> None:
    run = held(book(HEADINGS, new(), new("1.4", due="TBC"), new("1.5", due="")))
    assert [result.outcome for result in run.results] == ["made", "refused", "refused"]
    assert said(run)[1:] == [
        ("1.4", "refused", ["Plan!G3 says “TBC”, which is not a date. Write one such as 31 March 2026, or say below "
                            "which day it stands for."]),
        ("1.5", "refused", ["Plan!4 gives no due date, and an action needs one. Write a date."]),
    ]  # fmt: skip
    assert run.unread == ("tbc",)
    with pytest.raises(Refused, match="2 rows are refused, and a sheet is loaded whole or not at all"):
        load(run, world)
    assert Action.objects.count() == 3


def test_a_word_for_a_date_is_read_as_the_director_said(held: Held, world: World) -> None:
    run = held(book(HEADINGS, new(due="TBC")), dates={"tbc": world.today + timedelta(days=90)})
    assert run.objection is None


def test_what_fails_in_the_middle_leaves_nothing_behind(held: Held, world: World) -> None:
    run = held(book(HEADINGS, *(new(f"1.{n}") for n in range(3, 20))))
    Action.objects.create(
        plan=world.plan, theme=world.front_door, number="1.19", position=19, title="Quicker", words="Quicker",
        success="", lead=world.started.lead, starts_on=world.today, due_on=world.today, first_due_on=world.today,
    )  # fmt: skip
    with pytest.raises(Exception, match="action_number_once"), transaction.atomic():
        load(run, world)
    assert sorted(Action.objects.values_list("number", flat=True)) == ["1.1", "1.19", "1.2", "2.1"]


def test_rows_that_the_sheet_lacks_stay_and_that_is_said(held: Held) -> None:
    run = held(book(HEADINGS, new()))
    assert "3 actions of the plan not in the sheet will stay as they are: none is deleted." in run.notes


@pytest.mark.parametrize(
    ("row", "said_of_it"),
    [
        (["1.3", "Front door", "", "", "A", "", "1/1/31", "", ""], "Plan!2 does not say what will be done."),
        (["1.3", "Front door", "Train", "", "", "", "1/1/31", "", ""], "Plan!2 does not say who leads."),
        (["1.3", "7", "Train", "", "A", "", "1/1/31", "", ""], "Plan!B2 names theme 7 by its number alone"),
        (["", "", "Train", "", "A", "", "1/1/31", "", ""], "Plan!2 does not say which theme the action is of."),
        (["1.3", "Front door", "Train", "", "A", "2/1/31", "1/1/31", "", ""], "Plan!G2 falls before the start"),
        (["1.3", "Front door", "Train", "", "A", "", "1/1/31", "Closed", ""], "Plan!H2 says “Closed”, and an action"),
        (["1.1", "", "", "", "", "", "", "Closed", ""], "Plan!H2 says “Closed”. This action is in progress"),
        (["no/3", "Front door", "Train", "", "A", "", "1/1/31", "", ""], "Plan!A2 says “no/3”, and a number has"),
    ],
)  # fmt: skip
def test_a_row_is_refused_with_its_cell_and_a_sentence(held: Held, row: list[str], said_of_it: str) -> None:
    [(_, outcome, [sentence])] = said(held(book(HEADINGS, row)))
    assert (outcome, sentence[: len(said_of_it)]) == ("refused", said_of_it)


def test_a_number_given_twice_is_refused_the_second_time(held: Held) -> None:
    run = held(book(HEADINGS, new(), new()))
    assert [result.outcome for result in run.results] == ["made", "refused"]
    assert str(run.results[1].said[0]).startswith("Plan!A3 is the second row of action 1.3, after row 2.")


def test_rows_without_numbers_are_given_the_next_and_known_again_by_their_title(held: Held, world: World) -> None:
    file = book(HEADINGS, new(""), ["1.3", "Front door", "Other", "", "A", "", "1/1/31", "", ""])
    run = held(file)
    assert [result.number for result in run.results] == ["1.4", "1.3"]
    load(run, world)
    assert [str(result.outcome) for result in held(file).results] == ["same", "same"]


def test_a_hidden_action_gives_its_number_to_the_new_one_and_nobody_can_tell(held: Held, world: World) -> None:
    with acting_as(world.director):
        hidden = Action.objects.create(
            plan=world.plan, theme=world.front_door, number="1.3", position=3, title="Marigold", words="Marigold",
            success="", lead=world.started.lead, starts_on=world.today, due_on=world.today, first_due_on=world.today,
            seal=world.seal,
        )  # fmt: skip
    with acting_as(world.member):
        assert not Action.objects.filter(number="1.3").exists()
        load(held(book(HEADINGS, new())), world)
        assert Action.objects.get(number="1.3").title == "Train every screener"
    with acting_as(world.director):
        kept = Action.objects.get(pk=hidden.pk)
        assert (kept.number, [line.verb for line in kept.lines.all()]) == ("1.3-S1", ["renumber"])


@pytest.fixture
def hidden(world: World) -> Action:
    """1.3, under seal, and N1, which nobody else may know of either."""
    with acting_as(world.director):
        Finding.objects.create(
            source=world.letter, seal=world.seal, theme=world.front_door, kind="requirement", number="N1",
            words="Marigold", polarity="needs_improvement", position=9,
        )  # fmt: skip
        return Action.objects.create(
            plan=world.plan, theme=world.front_door, number="1.3", position=3, title="Marigold", words="Marigold",
            success="", lead=world.started.lead, starts_on=world.today, due_on=world.today, first_due_on=world.today,
            seal=world.seal,
        )  # fmt: skip


def test_what_the_cleared_load_in_the_open_tells_nothing_of_what_is_under_seal(
    held: Held, world: World, hidden: Action
) -> None:
    known = (*HEADINGS, "Findings"), ["1.1", *[""] * 8, "N1"], [*new(""), ""], ["1.3", "", "Marigold", *[""] * 7]
    with acting_as(world.director):
        load(held(book(*known)), world)
        assert Answer.objects.filter(action=world.started, finding__number="N1").exists()
        assert Action.objects.get(pk=hidden.pk).number == "1.3-S1"
    with acting_as(world.member):
        now = Action.objects.get(number="1.1")
        assert (now.version, [line.says for line in now.lines.filter(verb="load")]) == (world.started.version, [])
        made = Action.objects.get(title="Train every screener")
        assert (made.number, [line.reason for line in made.lines.all()]) == (
            "1.3",
            ["Loaded from the council’s own spreadsheet."],
        )


def test_nobody_and_nothing_is_first_named_for_an_action_under_seal(held: Held, world: World, hidden: Action) -> None:
    row = ["1.3", "A new theme", "", "", "A new lead", "", "", "", ""]
    with acting_as(world.director):
        told = [str(each) for each in held(book(HEADINGS, row)).results[0].said]
    assert told == [
        "Plan!E2 makes “A new lead” for an action under seal, and everybody would see it. Write one that the plan has.",
        "Plan!B2 makes “A new theme” for an action under seal, and everybody would see it. Write one that the plan "
        "has.",
    ]
