"""Your reminders and the outbox: who sees what, and what each may settle."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from monitoring import posting
from monitoring.models import Digest, Reminding, RemindingLine, Unwanted
from monitoring.reminding import Days
from people.models import Grant, PersonLine
from tests.monitoring.mailing import HERE
from tests.world import World

REFUSED = "Your role does not let you"


def _page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def _days(**changed: object) -> dict[str, object]:
    return {
        "once": uuid.uuid4(), "due": 14, "due_again": 3, "override": 7, "to_lead": 5, "to_director": 15,
    } | changed  # fmt: skip


def test_a_person_sees_what_they_were_told_and_nobody_elses(world: World, visit: Any) -> None:
    assert "You have not been told of anything yet" in _page(visit(world.officer), "/reminders/")
    posting.run(at=world.now)
    page = _page(visit(world.officer), "/reminders/")
    assert "Record consent on every contact" in page
    assert "Not sent yet" in page
    assert "You have not been told of anything yet" in _page(visit(world.director), "/reminders/")


def test_my_actions_and_the_head_of_every_page_lead_to_them(world: World, visit: Any) -> None:
    assert _page(visit(world.officer), "/my-actions/").count('href="/reminders/"') == 2
    assert 'href="/reminders/"' not in _page(visit(world.member), "/dashboard/")


def test_a_partner_sees_of_it_only_what_they_still_read(world: World, visit: Any) -> None:
    world.theirs.updaters.create(person=world.partner)
    world.overdue.updaters.create(person=world.partner)
    posting.run(at=world.now)
    assert "Record consent on every contact" in _page(visit(world.partner), "/reminders/")
    world.overdue.updaters.all().delete()
    assert "Record consent on every contact" not in _page(visit(world.partner), "/reminders/")


def test_a_person_chooses_what_they_do_without(world: World, visit: Any) -> None:
    sent = {"once": uuid.uuid4(), "wanted": ["due_again", "milestone"]}
    browser = visit(world.officer)
    for _ in range(2):  # sent twice, it is done once
        assert browser.post("/reminders/", sent).status_code == 302
    assert Unwanted.of(world.officer) == {"due", "silent", "override"}
    assert [line.says for line in PersonLine.objects.filter(person=world.officer, by=world.officer)] == [
        "chose to do without reminders of “Due soon”, “No update for a board cycle” and “A rating set by hand about to "
        "end”"
    ]
    page = _page(browser, "/reminders/")
    assert page.count("checked") == 2
    assert "Your choice has been saved." in page


@pytest.mark.parametrize("wanted", ["overdue", "nonsense"])
def test_nobody_does_without_what_is_overdue(world: World, visit: Any, wanted: str) -> None:
    answer = visit(world.officer).post("/reminders/", {"once": uuid.uuid4(), "wanted": [wanted]})
    assert answer.status_code == 400
    assert Unwanted.objects.count() == 0


@pytest.mark.parametrize("part", ["member", "clerk", "finance", "adviser", "admin"])
def test_whoever_carries_nothing_out_has_no_reminders(world: World, visit: Any, part: str) -> None:
    answer = visit(getattr(world, part)).get("/reminders/")
    assert answer.status_code == 403
    assert REFUSED in answer.content.decode()


@pytest.mark.parametrize("part", ["officer", "lead", "director", "clerk", "member", "partner"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "/reminders/outbox/"), ("post", "/reminders/outbox/"), ("post", "/reminders/outbox/send/")],
)
def test_the_outbox_is_the_administrators_alone(world: World, visit: Any, part: str, method: str, path: str) -> None:
    assert getattr(visit(getattr(world, part)), method)(path).status_code == 403


def test_the_outbox_tells_to_whom_and_how_much_and_no_word_of_the_plan(world: World, visit: Any) -> None:
    empty = _page(visit(world.admin), "/reminders/outbox/")
    assert "The job has never run." in empty
    assert "Nothing has been made yet" in empty
    posting.run(at=world.now)
    Digest.objects.filter(person=world.lead).update(tries=2, fault="The mail server answered 451 Try later")
    page = _page(visit(world.admin), "/reminders/outbox/")
    assert "This service has no mail server, so digests are made and kept, and none is sent." in page
    assert "The job last ran on" in page
    assert "2 digests wait to be sent." in page
    assert "Not sent</strong> after 2 tries. The mail server answered 451 Try later" in page
    assert "officer@northmoor.example" in page
    for word in ("Record consent", "Front door", "1.2", "working day ago", "Overdue</td>"):
        assert word not in page
    assert 'href="/reminders/outbox/"' in _page(visit(world.admin), "/people/")


def test_the_administrator_sends_what_is_due_once_the_deed_is_kept(
    world: World, visit: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.northmoor.example", HERE
    browser, key = visit(world.admin), uuid.uuid4()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert browser.post("/reminders/outbox/send/", {"once": key}).status_code == 302
    assert sorted(message.to[0] for message in mail.outbox) == ["lead@northmoor.example", "officer@northmoor.example"]
    page = _page(browser, "/reminders/outbox/")
    assert page.count("Sent <time") == 2
    assert "0 digests wait to be sent." in page


def test_a_button_pressed_without_its_key_sends_nothing(world: World, visit: Any, settings: Any) -> None:
    assert visit(world.admin).post("/reminders/outbox/send/", {}).status_code == 302
    assert Digest.objects.count() == 0


def test_the_councils_days_are_settled_with_a_line_of_history(world: World, visit: Any) -> None:
    browser, sent = visit(world.admin), _days(due=21, to_lead=10)
    for _ in range(2):
        assert browser.post("/reminders/outbox/", sent).status_code == 302
    assert Reminding.ours().days == Days(due=21, to_lead=10)
    [line] = RemindingLine.objects.all()
    assert str(line) == (
        "Sam Ridley changed the days before a due date on which it is first told from 14 to 21 and the working days "
        "after which the theme lead is told from 5 to 10"
    )
    assert (line.before, line.after) == ({"due": 14, "to_lead": 5}, {"due": 21, "to_lead": 10})
    assert str(line) in _page(browser, "/audit/")
    assert browser.post("/reminders/outbox/", _days(due=21, to_lead=10)).status_code == 302  # as they are already
    assert RemindingLine.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"to_lead": 20}, 409, "An action goes to the theme lead before the director"),
        ({"due": 2}, 409, "The second reminder has to come nearer to the due date than the first"),
        ({"due": ""}, 400, "Enter a number of days from 1 to 366."),
        ({"due": "soon"}, 400, "Enter a number of days from 1 to 366."),
        ({"override": "9999"}, 400, "Enter a number of days from 0 to 366."),
    ],
)
def test_days_that_make_no_sense_are_refused_with_a_sentence(
    world: World, visit: Any, changed: dict[str, object], status: int, sentence: str
) -> None:
    answer = visit(world.admin).post("/reminders/outbox/", _days(**changed))
    page = answer.content.decode()
    assert answer.status_code == status
    assert page.index(sentence) < page.index("<h1")  # what is wrong is said first
    assert Reminding.ours().days == Days()


def test_a_run_keeps_the_days_and_a_change_keeps_when_it_ran(world: World, visit: Any) -> None:
    posting.make(at=world.now)
    visit(world.admin).post("/reminders/outbox/", _days(due=30))
    posting.make(at=world.now + timedelta(days=1))
    ours = Reminding.ours()
    assert (ours.days, ours.ran_at) == (Days(due=30), world.now + timedelta(days=1))


@pytest.mark.parametrize(("days", "warns"), [(0, False), (3, False), (4, True)])
def test_a_job_that_has_stopped_is_seen_on_the_page(world: World, visit: Any, days: int, warns: bool) -> None:
    posting.make(at=world.now - timedelta(days=days))
    page = visit(world.admin).get("/reminders/outbox/").content.decode()
    assert ("It has not run for 4 days." in page) == warns


def test_whose_role_has_ended_is_told_nothing(world: World) -> None:
    Grant.objects.get(person=world.officer).end(by=world.admin, at=world.now)
    posting.make(at=world.now)
    assert [digest.person for digest in Digest.objects.all()] == [world.lead]
