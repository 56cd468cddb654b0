"""A paper kept and taken out again is the same paper, as its reader may see it, and once issued for ever."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings

from improvement.models import Refused
from people.models import Person
from reports import keeping, transcript
from reports.keeping import Belonging, Terms
from reports.models import Paper, PaperLine, Passage, Section
from reports.paper import Paper as Value
from sources.seals import acting_as
from tests.reports import imagined_papers, papers
from tests.world import SEALED, World

SAMPLE = (Path(__file__).parent / "sample_paper.txt").read_text("utf-8")


def taken_out(paper: Paper, *, reader: Person | None = None) -> Value | None:
    with acting_as(reader):
        found = Paper.objects.whole().filter(pk=paper.pk).first()
        return keeping.as_value(found) if found else None


def loaded(value: Value, world: World) -> Paper:
    with acting_as(None):
        return keeping.load(value, at=world.now)[0]


def bare(value: Value) -> Value:
    """Without what only a kept paper has."""
    return replace(value, reference="", code="", audit_head="", standing="", as_at=None)


def test_a_loaded_paper_comes_out_as_it_went_in(world: World) -> None:
    value = transcript.read(SAMPLE)
    kept = loaded(value, world)
    assert bare(taken_out(kept)) == bare(value)
    assert (kept.state, kept.is_historical, kept.seal_id) == ("issued", True, 0)
    assert kept.code == keeping.code_of(value)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=imagined_papers.papers)
def test_papers_of_every_shape_come_out_as_they_went_in(typed, world: World) -> None:
    with transaction.atomic():
        assert bare(taken_out(loaded(typed, world))) == bare(typed)
        transaction.set_rollback(True)


def test_the_same_words_loaded_twice_are_one_paper(world: World) -> None:
    value = transcript.read(SAMPLE)
    with acting_as(None):
        first, was_new = keeping.load(value, at=world.now)
        again, is_new = keeping.load(value, at=world.now)
    assert (again.reference, was_new, is_new) == (first.reference, True, False)
    assert Paper.objects.count() == 1


def test_the_code_changes_with_any_word() -> None:
    paper = papers.short()
    codes = {
        keeping.code_of(paper),
        keeping.code_of(replace(paper, head=replace(paper.head, letter="BJ"))),
        keeping.code_of(replace(paper, sections=paper.sections[:-1])),
    }
    assert len(codes) == 3
    assert {len(code) for code in codes} == {14}


def sealed_draft(world: World) -> Paper:
    """The short paper, its second paragraph under the letter's seal and saying what the letter says."""
    short = papers.short()
    first = short.sections[0]
    blocks = (first.blocks[0], replace(first.blocks[1], text=SEALED), *first.blocks[2:])
    value = replace(short, sections=(replace(first, blocks=blocks), *short.sections[1:]))
    terms = {(0, 1): Terms(seal=world.seal.pk)}
    with acting_as(world.director):
        return keeping.keep(value, by=world.director, at=world.now, belonging=Belonging(terms=terms))


@pytest.mark.parametrize("part", ["director", "clerk"])
def test_the_cleared_have_the_sealed_passage_and_their_copy_says_that_it_is_private(world: World, part: str) -> None:
    copy = taken_out(sealed_draft(world), reader=getattr(world, part))
    assert SEALED in list(copy.words())
    assert copy.standing.endswith("Not for publication: this copy contains confidential information")


def test_a_reader_of_drafts_who_is_not_cleared_has_the_paper_without_the_passage(world: World) -> None:
    copy = taken_out(sealed_draft(world), reader=world.finance)
    assert SEALED not in list(copy.words())
    assert "Not for publication" not in copy.standing
    assert copy.sections[0].blocks[0].text == "The first office to read a contact is the front door."


@pytest.mark.parametrize("part", [None, "officer", "lead", "member", "partner", "adviser", "admin"])
def test_a_draft_is_not_there_for_anyone_who_does_not_read_drafts(world: World, part: str | None) -> None:
    draft = sealed_draft(world)
    assert taken_out(draft, reader=getattr(world, part) if part else None) is None


def test_issuing_opens_the_paper_and_never_what_stands_under_another_seal(world: World) -> None:
    draft = sealed_draft(world)
    with acting_as(world.director):
        keeping.issue(draft, by=world.director, at=world.now)
    public, cleared = taken_out(draft), taken_out(draft, reader=world.director)
    assert SEALED not in list(public.words())
    assert SEALED in list(cleared.words())
    # Two papers that differ under seal alone carry one code, or the code would tell of what is sealed.
    assert public.code == cleared.code == keeping.code_of(public)
    with acting_as(world.director):
        says = list(PaperLine.objects.filter(paper=draft).values_list("verb", "says", "seal_id"))
    assert says == [("compose", "composed the paper", 0), ("issue", "issued the paper", 0)]


def test_an_issued_paper_cannot_be_issued_again(world: World) -> None:
    kept = loaded(transcript.read(SAMPLE), world)
    with pytest.raises(Refused, match="a paper that has been issued is never changed"):
        kept.issue(code="x", by=None, at=world.now)


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: Paper.objects.filter(pk=kept.pk).update(title="Another"),
        lambda kept: Section.objects.filter(paper=kept).update(heading="ANOTHER"),
        lambda kept: Passage.objects.filter(section__paper=kept).update(text="Another"),
        lambda kept: Passage.objects.filter(section__paper=kept).first().delete(),
        lambda kept: Section.objects.filter(paper=kept).delete(),
        lambda kept: Section.objects.create(paper=kept, number="13", heading="MORE", position=99),
        lambda kept: Passage.objects.create(section=kept.sections.first(), position=99, kind="paragraph", text="More"),
    ],
)
def test_the_database_lets_nobody_change_a_word_of_an_issued_paper(world: World, change) -> None:
    kept = loaded(transcript.read(SAMPLE), world)
    before = taken_out(kept)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(kept)
    assert taken_out(kept) == before


def test_the_database_keeps_one_paper_of_the_same_loaded_words(world: World) -> None:
    kept = loaded(transcript.read(SAMPLE), world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(is_historical=True, code=kept.code, composed_at=world.now)


def test_taking_a_paper_out_asks_as_often_for_one_section_as_for_twelve(
    world: World, django_assert_num_queries
) -> None:
    long, short = (
        transcript.read(SAMPLE),
        replace(transcript.read(SAMPLE), sections=transcript.read(SAMPLE).sections[:1]),
    )
    for value in (long, short):
        kept = loaded(value, world)
        with acting_as(None), django_assert_num_queries(3):
            keeping.as_value(Paper.objects.whole().get(pk=kept.pk))
