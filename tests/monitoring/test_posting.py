"""Digests made and sent: to whom, of what, once each; and what happens when a mail or a night fails."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from textwrap import fill
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from improvement.models import Action, Extension, Lead, Updater
from monitoring import posting, progress
from monitoring.models import Digest, Notice, Reminding, Unwanted
from monitoring.posting import Outcome
from monitoring.reckoning import due_now
from monitoring.reminding import Kind
from people.days import day_of
from people.models import Grant, Person
from people.roles import Role
from tests.monitoring.mailing import HERE, Server
from tests.world import World


@pytest.fixture
def server(settings: Any) -> Iterator[type[Server]]:
    """A mail server that takes everything until it is told otherwise."""
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.northmoor.example", HERE
    settings.SITE_ADDRESS = "https://plan.northmoor.example"
    Server.as_usual()
    yield Server
    Server.as_usual()


def _told() -> list[tuple[str, str, str]]:
    """To whom, of which action and why, of all that was sent."""
    rows = Notice.objects.sent().values_list("person__email", "action__number", "kind")
    return sorted((email.split("@")[0], number, kind) for email, number, kind in rows)


def _mails() -> list[str]:
    return sorted(message.to[0].split("@")[0] for message in mail.outbox)


def test_what_is_overdue_goes_to_whoever_updates_it_and_up_to_the_theme_lead(
    world: World, server: type[Server]
) -> None:
    assert posting.run(at=world.now) == Outcome(sent=2, failed=0, waiting=0)
    assert _told() == [("lead", "1.2", "to_lead"), ("officer", "1.2", "overdue")]
    assert _mails() == ["lead", "officer"]


def test_a_mail_says_what_is_due_in_plain_text_and_in_html(world: World, server: type[Server]) -> None:
    posting.run(at=world.now)
    [message] = [message for message in mail.outbox if message.to == ["officer@northmoor.example"]]
    digest = Digest.objects.get(person=world.officer)
    [notice] = digest.notices.all()
    assert message.subject == "1 action needs you"
    assert message.extra_headers == {
        "Message-ID": f"<reminder-{digest.key}-{world.today:%Y%m%d}@plan.northmoor.example>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<https://plan.northmoor.example/reminders/>",
    }
    assert message.body == "\n".join(
        [
            "Northmoor Council: Children’s services improvement",
            "",
            f"Asha Mellor, this is what needs you as of {world.today.day} {world.today:%B %Y}.",
            "",
            "OVERDUE",
            "",
            "1.2 Record consent on every contact",
            fill(notice.says, 78),
            "Front door. Led by Head of Service, Front Door.",
            "https://plan.northmoor.example/actions/1.2/",
            "",
            "Each thing is told once. What is overdue, and what others wait for, is told to",
            "whoever can act on it; of the rest you choose what you want to be reminded of:",
            "https://plan.northmoor.example/reminders/",
            "",
        ]
    )
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert notice.says in html
    assert '<a href="https://plan.northmoor.example/actions/1.2/">' in html


def test_a_second_run_tells_nobody_anything_again(world: World, server: type[Server]) -> None:
    posting.run(at=world.now)
    assert posting.run(at=world.now) == Outcome(sent=0, failed=0, waiting=0)
    assert _mails() == ["lead", "officer"]


def test_a_date_that_is_moved_is_told_of_anew_once_it_passes(world: World, server: type[Server]) -> None:
    posting.run(at=world.now)
    progress.revise(
        world.overdue, world.today + timedelta(days=2), reason="capacity", words="Two people left.", by=world.lead,
        at=world.now,
    )  # fmt: skip
    posting.run(at=world.now + timedelta(days=3))
    assert _told() == [
        ("lead", "1.2", "to_lead"), ("officer", "1.2", "overdue"), ("officer", "1.2", "overdue"),
    ]  # fmt: skip


def test_a_request_is_answered_by_another_and_a_delivered_action_closed_by_one_who_does_not_lead_it(
    world: World, server: type[Server]
) -> None:
    Extension.ask(
        world.started, world.today + timedelta(days=99), reason="capacity", words="Two left.", by=world.lead,
        at=world.now,
    )  # fmt: skip
    Updater.objects.create(action=world.overdue, person=world.lead)
    progress.make(world.overdue, "deliver", by=world.officer, at=world.now)
    posting.run(at=world.now)
    assert _told() == [("director", "1.1", "to_answer"), ("director", "1.2", "to_close")]


def test_where_nobody_has_an_account_the_theme_lead_is_told_and_then_the_director(
    world: World, server: type[Server]
) -> None:
    Updater.objects.all().delete()
    posting.run(at=world.now)
    assert ("lead", "1.2", "overdue") in _told()
    Grant.objects.get(person=world.lead).end(by=world.admin, at=world.now)
    Notice.objects.all().delete()
    posting.run(at=world.now)
    assert _told() == [("director", "1.2", "overdue"), ("director", "1.2", "to_lead")]


def test_a_partner_is_told_of_their_own_and_nobody_of_what_they_may_no_longer_read(
    world: World, server: type[Server]
) -> None:
    at = world.now + timedelta(days=80)
    posting.run(at=at)
    assert ("partner", "2.1", "due") in _told()
    Grant.objects.get(person=world.partner).end(by=world.admin, at=at)
    posting.run(at=at + timedelta(days=8))
    assert [(email, kind) for email, number, kind in _told() if number == "2.1"] == [
        ("director", "due_again"), ("director", "silent"), ("partner", "due"), ("partner", "silent"),
    ]  # fmt: skip


def test_what_is_optional_is_not_told_to_whoever_does_without(world: World, server: type[Server]) -> None:
    Unwanted.choose(world.officer, wanted=[], at=world.now)
    posting.run(at=world.now + timedelta(days=50))
    assert {kind for email, _, kind in _told() if email == "officer"} == {"overdue"}
    Unwanted.choose(world.officer, wanted=["due", "silent"], at=world.now)
    posting.run(at=world.now + timedelta(days=50))
    assert {kind for email, _, kind in _told() if email == "officer"} == {"overdue", "due", "silent"}


def test_the_councils_own_days_decide(world: World, server: type[Server]) -> None:
    Reminding(pk=1, due=60, to_lead=200, to_director=300).save()
    posting.run(at=world.now)
    assert _told() == [("officer", "1.1", "due"), ("officer", "1.2", "overdue")]


def test_one_refused_mail_keeps_nobody_elses_back_and_is_tried_again(world: World, server: type[Server]) -> None:
    server.refuses = {"lead@northmoor.example"}
    assert posting.run(at=world.now) == Outcome(sent=1, failed=1, waiting=1)
    refused = Digest.objects.get(person=world.lead)
    assert (refused.tries, refused.sent_at) == (1, None)
    assert refused.fault == "The mail server refused the address: 550 5.1.1 No such user here"
    server.refuses = set()
    assert posting.run(at=world.now + timedelta(days=1)) == Outcome(sent=1, failed=0, waiting=0)
    assert _told() == [("lead", "1.2", "to_lead"), ("officer", "1.2", "overdue")]
    refused.refresh_from_db()
    assert (refused.tries, refused.fault) == (2, "")


def test_a_connection_that_breaks_is_made_anew_for_the_next_mail(world: World, server: type[Server]) -> None:
    server.breaks_off_at = {"officer@northmoor.example", "lead@northmoor.example"}
    world.overdue.updaters.create(person=world.director)
    assert posting.run(at=world.now) == Outcome(sent=1, failed=2, waiting=2)
    assert _mails() == ["director"]


def test_a_server_that_cannot_be_reached_is_said_of_every_digest(world: World, server: type[Server]) -> None:
    server.is_away = True
    assert posting.run(at=world.now) == Outcome(sent=0, failed=2, waiting=2)
    said = {(digest.tries, digest.fault) for digest in Digest.objects.all()}
    assert said == {(1, "The mail server could not be reached: Connection refused")}


def test_a_name_that_no_header_can_carry_fails_alone(world: World, server: type[Server]) -> None:
    Person.objects.filter(pk=world.lead.pk).update(email="lead\n@northmoor.example")
    assert posting.run(at=world.now) == Outcome(sent=1, failed=1, waiting=1)
    assert Digest.objects.get(person=world.lead).fault == "The address or the name is not one that a mail can carry."


def test_what_waits_is_made_anew_with_the_days_and_dropped_once_nothing_is_due(
    world: World, server: type[Server]
) -> None:
    server.is_away = True
    posting.run(at=world.now)
    before = {digest.pk: digest.key for digest in Digest.objects.all()}
    posting.run(at=world.now + timedelta(days=1))
    assert {digest.pk: digest.key for digest in Digest.objects.all()} == before
    assert {digest.made_for for digest in Digest.objects.all()} == {world.today + timedelta(days=1)}
    progress.revise(
        world.overdue, world.today + timedelta(days=90), reason="capacity", words="Two people left.", by=world.lead,
        at=world.now,
    )  # fmt: skip
    server.is_away = False
    assert posting.run(at=world.now + timedelta(days=2)) == Outcome(sent=0, failed=0, waiting=0)
    assert Digest.objects.count() == 0


def test_without_a_mail_server_digests_are_kept_and_none_is_sent(world: World) -> None:
    outcome = posting.run(at=world.now)
    assert outcome == Outcome(sent=0, failed=0, waiting=2)
    assert outcome.words == (
        "This service has no mail server, so digests are made and kept, and none is sent. 2 digests wait."
    )
    assert mail.outbox == []


def test_one_who_carries_much_has_one_mail_and_the_rest_of_it_on_the_page(world: World, server: type[Server]) -> None:
    post = Lead.objects.create(slug="busy", name="Busy post", kind="post", person=world.officer)
    due_on = world.today - timedelta(days=1)
    Action.objects.bulk_create(
        Action(
            plan=world.plan, theme=world.front_door, number=f"1.{n}", position=n, title=f"Promise {n}", words="Said.",
            success="Seen.", lead=post, starts_on=world.today, due_on=due_on, first_due_on=due_on,
        )
        for n in range(10, 55)
    )  # fmt: skip
    posting.run(at=world.now)
    [message] = [message for message in mail.outbox if message.to == ["officer@northmoor.example"]]
    assert message.subject == "46 actions need you"
    assert "There is more to tell of 6 other actions. See them all:" in message.body
    assert message.body.count("/actions/1.") == 40


def test_the_number_of_questions_does_not_grow_with_the_actions_or_the_people(world: World) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            posting.make(at=world.now)
        return len(asked)

    posting.make(at=world.now)
    few = questions()
    _crowd(world, people=12)
    posting.make(at=world.now)
    assert Digest.objects.count() == 15
    assert questions() == few


def _crowd(world: World, *, people: int) -> None:
    due_on = world.today - timedelta(days=30)
    for n in range(people):
        person = Person.objects.add(email=f"officer{n}@northmoor.example", name=f"Officer {n}")
        Grant.give(person, Role.OFFICER, by=None, at=world.now - timedelta(days=90))
        post = Lead.objects.create(slug=f"post-{n}", name=f"Post {n}", kind="post", person=person)
        Action.objects.create(
            plan=world.plan, theme=world.front_door, number=f"1.{n + 10}", position=n + 10, title=f"Promise {n}",
            words="Said.", success="Seen.", lead=post, starts_on=due_on, due_on=due_on, first_due_on=due_on,
        )  # fmt: skip


def _command(*words: str) -> str:
    said = StringIO()
    call_command("send_reminders", *words, stdout=said)
    return said.getvalue()


def test_the_command_says_what_it_would_do_and_does_nothing(world: World, server: type[Server]) -> None:
    assert sorted(_command("--dry-run").splitlines()) == [
        "2 people would be told. Nothing has been made or sent.",
        "lead@northmoor.example: 1 action",
        "officer@northmoor.example: 1 action",
    ]
    assert (Digest.objects.count(), mail.outbox) == (0, [])


def test_the_command_says_what_it_did(world: World, server: type[Server]) -> None:
    assert _command() == "2 digests sent.\n"
    assert _command() == "0 digests sent.\n"


def test_the_command_fails_with_a_sentence_where_a_mail_failed(world: World, server: type[Server]) -> None:
    server.refuses = {"lead@northmoor.example"}
    with pytest.raises(CommandError) as refusal:
        _command()
    assert str(refusal.value) == "1 digest sent. 1 digest could not be sent, and will be tried again."
    assert refusal.value.returncode == 1


def test_two_runs_at_once_tell_everybody_once(lasting_world: World, server: type[Server]) -> None:
    with transaction.atomic():
        _crowd(lasting_world, people=20)
    at = lasting_world.now
    outcomes: list[Outcome] = []
    runs = [threading.Thread(target=_run_apart, args=(at, outcomes)) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(outcomes) == 4
    assert sum(outcome.sent for outcome in outcomes) == len(_mails()) == len(set(_mails())) == 23
    assert Digest.objects.waiting().count() == 0


def test_what_another_run_sends_while_this_one_reckons_is_not_told_twice(world: World, server: type[Server]) -> None:
    posting.make(at=world.now)
    tomorrow = world.now + timedelta(days=1)
    due = due_now(on=day_of(tomorrow))
    posting.send(at=tomorrow)
    Digest.make_all(due, at=tomorrow)
    assert (Digest.objects.waiting().count(), Notice.objects.count()) == (0, 2)


def test_a_mail_server_that_is_slow_to_answer_does_not_end_the_run(world: World, server: type[Server]) -> None:
    server.thinks = 0.3
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '100ms'")
    assert posting.run(at=world.now) == Outcome(sent=2, failed=0, waiting=0)


def _run_apart(at: datetime, outcomes: list[Outcome]) -> None:
    try:
        outcomes.append(posting.run(at=at))
    finally:
        connections["default"].close()


def test_whose_digest_another_run_is_sending_is_left_to_it(lasting_world: World, server: type[Server]) -> None:
    posting.make(at=lasting_world.now)
    outcomes: list[Outcome] = []
    with transaction.atomic():
        held = Digest.objects.waiting().held().numbered(Digest.objects.get(person=lasting_world.officer).pk)
        assert held is not None
        other = threading.Thread(target=_run_apart, args=(lasting_world.now, outcomes))
        other.start()
        other.join()
        assert outcomes == [Outcome(sent=1, failed=0, waiting=1)]
        held.note("", at=lasting_world.now)
    assert _mails() == ["lead"]
    assert posting.run(at=lasting_world.now) == Outcome(sent=0, failed=0, waiting=0)


def test_every_kind_is_told_in_the_order_in_which_it_presses(world: World, server: type[Server]) -> None:
    Updater.objects.create(action=world.overdue, person=world.lead)
    Updater.objects.create(action=world.started, person=world.lead)
    posting.run(at=world.now + timedelta(days=57))
    digest = Digest.objects.get(person=world.lead)
    kinds = [Kind(notice.kind) for notice in digest.notices.with_actions()]
    assert kinds == [Kind.OVERDUE, Kind.DUE_AGAIN, Kind.SILENT, Kind.SILENT]
    [message] = [message for message in mail.outbox if message.to == ["lead@northmoor.example"]]
    assert message.subject == "2 actions need you"
    assert message.body.count("1.2 Record consent") == message.body.count("1.1 Answer every contact") == 1
