"""F4: what repeats a text under seal is told to the cleared, and to nobody else, until it is released or changed."""

from dataclasses import replace

from django.test import Client

from monitoring import progress
from monitoring.models import Blocker, Evidence
from reports import keeping
from sources.models import Quotation, Seal, Source
from sources.seals import acting_as
from tests.reports import papers
from tests.trust.addresses import KEY
from tests.trust.quotations import FIFTY, LETTER
from tests.trust.sayings import an_update, is_stopped
from tests.world import SEALED, World, confidential


def test_the_cleared_see_what_repeats_the_letter_and_where_and_may_let_it_stand(world: World) -> None:
    an_update(world, world.officer, f"We were told: {SEALED}")
    clerk, where = Client(), f"/seals/{world.letter.reference}/"
    clerk.force_login(world.clerk)
    page = clerk.get(where).text
    assert "Under seal (2 need you)" in page
    assert f'<q class="quoted">{SEALED}</q>' in page
    assert "Asha Mellor, <time" in page
    assert '<a class="govuk-link" href="/actions/1.1/">Action 1.1, updates</a>' in page
    assert '<a class="govuk-link" href="/actions/1.1/">Action 1.1, history</a>' in page
    deed = page.split(f'href="{where}words/')[1].split('"')[0]
    asked = clerk.get(f"{where}words/{deed}").text
    assert "checked" in asked.split('type="radio"')[1].split(">")[0]
    chosen = {"once": KEY, "words": deed.removeprefix("?words=")}
    assert clerk.post(f"{where}words/", {**chosen, "reason": ""}).status_code == 400
    assert clerk.post(f"{where}words/", {**chosen, "reason": "It is known."}).status_code == 302
    after = clerk.get(where).text
    assert ("Under seal (1 needs you)" in after, "Words that repeat it" in after) == (True, False)
    assert f"Janet Pryce let words that repeat it stand: “{SEALED}”" in after


def test_words_that_were_changed_or_taken_out_are_told_of_no_more(world: World) -> None:
    with acting_as(world.officer):
        block = progress.block(world.started, waiting_for=SEALED, from_whom="Police", by=world.officer, at=world.now)
        proof = Evidence.objects.create(
            action=world.started, kind="data", title=SEALED, dated_on=world.today, added_at=world.now
        )
        Blocker.objects.filter(pk=block.pk).update(waiting_for="Their rota.")
        proof.delete()
    with acting_as(world.director):
        told = Quotation.objects.values_list("stands_in", "how", "settled_by__name")
        assert set(told.exclude(stands_in="improvement_actionline")) == {
            ("monitoring_blocker", "The words were changed.", "Asha Mellor"),
            ("monitoring_evidence", "The words were changed.", "Asha Mellor"),
        }


def test_a_released_letter_stops_nobody(world: World) -> None:
    with acting_as(world.director):
        seal = Seal.make(confidential(), by=world.director)
        seal.clear(world.clerk)
        Source.objects.create(
            kind="letter", title="Letter of May", words=LETTER, seal=seal, from_whom="Ofsted", received_on=world.today
        )
    assert is_stopped(world, FIFTY[0])
    an_update(world, world.officer, FIFTY[0])
    with acting_as(world.director):
        seal.propose_release()
    with acting_as(world.clerk):
        seal.confirm_release()
    assert not is_stopped(world, FIFTY[0])
    with acting_as(world.director):
        assert Quotation.objects.unsettled().count() == 0


def test_a_paper_of_long_ago_is_loaded_whatever_it_repeats_and_the_cleared_are_told(world: World) -> None:
    short = papers.short()
    first = short.sections[0]
    said = replace(short, sections=(replace(first, blocks=(replace(first.blocks[0], text=SEALED),)),))
    with acting_as(None):
        assert keeping.load(said, at=world.now)[1]
    with acting_as(world.director):
        assert list(Quotation.objects.values_list("stands_in", "by")) == [("reports_passage", None)]
