"""The seal follows the words: what repeats a sealed letter is stopped, or told to the cleared and to nobody else."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path as at
from pypdf import PdfReader

from improvement.models import Action
from monitoring import progress
from monitoring.models import Blocker, Evidence
from people.models import Person, Token
from reports import keeping
from reports.editing import mark_of, passages_of
from reports.keeping import Belonging, Terms
from reports.models import Paper, Passage
from reports.whereabouts import KNOWN
from sources.models import Quotation, Refused, Seal, SealLine, Source
from sources.openly import Quoted, said_openly
from sources.seals import acting_as
from tests.reports import papers
from tests.reports.northmoor import composed, made_ready
from tests.trust.addresses import KEY, ROWS
from tests.trust.asking import Stage
from tests.trust.catalogue import WATCHED
from tests.trust.quotations import FIFTY, INNOCENT, LETTER, REPORT, TRADE
from tests.trust.scene import UNCLEARED
from tests.trust.wondering import Wish, both
from tests.world import SEALED, World, confidential

STOPPED = (
    "Your words repeat eight or more from “Letter of monitoring visit 1: Marigold”, which is under seal: “Marigold "
    "casework has drifted beyond every timescale that inspectors were shown.”. Say it in other words, or say why these "
    "may stand."
)


def an_update(world: World, person: Any, words: str, **more: str) -> Any:
    client = Client()
    client.force_login(person)
    page = client.get("/actions/1.1/update/").content.decode()
    once, version = (page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("once", "version"))
    form = {"once": once, "version": version, "news": "changed", "words": words, **more}
    return client.post("/actions/1.1/update/", form)


def test_a_cleared_author_is_told_and_keeps_their_words(world: World) -> None:
    answer = an_update(world, world.director, f"We were told: {SEALED}")
    said = answer.content.decode()
    assert answer.status_code == 409
    assert STOPPED in said
    assert f"We were told: {SEALED}</textarea>" in said
    assert "Why these words may be said here" in said
    assert not world.started.updates.filter(words__contains="Marigold").exists()


def draft_saying(world: World, words: str, *, by: Any = None, seal: int = 0) -> Any:
    """A draft whose first paragraph says the words, written by somebody who is not cleared unless named."""
    short = papers.short()
    first = short.sections[0]
    blocks = (replace(first.blocks[0], text=words), *first.blocks[1:])
    value = replace(short, sections=(replace(first, blocks=blocks), *short.sections[1:]))
    terms = {(0, 0): Terms(seal=seal)}
    with acting_as(by or world.finance):
        return keeping.keep(value, by=world.finance, at=world.now, belonging=Belonging(terms=terms))


def test_a_paper_that_repeats_the_letter_is_not_issued_whoever_wrote_it(world: World) -> None:
    draft = draft_saying(world, f"Inspectors said: {SEALED}")
    with acting_as(world.director), pytest.raises(Quoted, match="The paper repeats eight words or more from “Letter"):
        keeping.issue(draft, by=world.director, at=world.now)
    with acting_as(world.director):
        draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_paper_is_issued_with_such_words_once_somebody_cleared_says_why(world: World) -> None:
    draft = draft_saying(world, f"Inspectors said: {SEALED}")
    with acting_as(world.director):
        keeping.issue(draft, by=world.director, at=world.now, why_openly="Ofsted has read them out in public.")
        told = list(Quotation.objects.values_list("stands_in", "words", "by__name", "settled_by__name", "how"))
        line = SealLine.objects.latest("id")
    draft.refresh_from_db()
    assert draft.state == "issued"
    assert told == [
        ("reports_passage", SEALED, "Dev Nair", "Ruth Okafor", "Ofsted has read them out in public."),
    ]
    assert (line.says, line.reason) == (
        f"let words that repeat it stand: “{SEALED}”", "Ofsted has read them out in public.",
    )  # fmt: skip


@pytest.mark.parametrize("words", [f"Inspectors said: {SEALED}", "Inspectors said nothing of the kind."])
def test_whoever_is_not_cleared_on_all_that_is_held_is_refused_alike(world: World, words: str) -> None:
    draft = draft_saying(world, words)
    with acting_as(world.finance), pytest.raises(Refused, match=r"^A paper is issued by someone cleared on everything"):
        keeping.issue(draft, by=world.finance, at=world.now)
    with acting_as(world.director):
        draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.fixture
def letter(world: World) -> Seal:
    """A letter of ten sentences under a seal of its own, and an open report that says a part of one of them."""
    with acting_as(world.director):
        of = {"from_whom": "Ofsted", "received_on": world.today}
        Source.objects.create(kind="report", title="Earlier report", words=REPORT, **of)
        seal = Seal.make(confidential(), by=world.director)
        Source.objects.create(kind="letter", title="Letter of May", words=LETTER, seal=seal, **of)
    return seal


def is_stopped(world: World, words: str) -> bool:
    """Whether a cleared author's update is stopped; whatever was saved is taken back."""
    try:
        with acting_as(world.director), said_openly():
            progress.update(world.started, words=words, by=world.director, at=world.now)
            transaction.set_rollback(True)
    except Quoted as quoted:
        return "“Letter of May”, which is under seal" in str(quoted)
    return False


def test_fifty_quotations_are_stopped_and_at_most_one_of_fifty_innocent_texts(world: World, letter: Seal) -> None:
    assert (len(set(FIFTY)), len(set(INNOCENT))) == (50, 50)
    assert [words for words in FIFTY if not is_stopped(world, words)] == []
    assert [words for words in INNOCENT if is_stopped(world, words)] == []


def test_fifty_quotations_are_stopped_on_the_page_and_by_the_api(world: World, letter: Seal) -> None:
    browser = Client()
    browser.force_login(world.director)
    page = browser.get("/actions/1.1/update/").content.decode()
    form = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("once", "version")}
    pages = [browser.post("/actions/1.1/update/", {**form, "news": "changed", "words": said}) for said in FIFTY]
    key = {"Authorization": f"Token {Token.make(world.director, at=world.now)}", "If-Match": "*"}
    api = [
        Client().post("/api/actions/1.1/updates/", {"words": said}, "application/json", headers=key) for said in FIFTY
    ]
    assert {answer.status_code for answer in (*pages, *api)} == {409}
    assert {"Your words repeat eight or more from “Letter of May”" in answer.json()["detail"] for answer in api} == {
        True
    }
    assert world.started.updates.count() == 1


def test_fifty_quotations_are_stopped_at_issue_whoever_wrote_them(world: World, letter: Seal) -> None:
    drafts = [draft_saying(world, said) for said in FIFTY]
    for draft in drafts:
        with acting_as(world.director), pytest.raises(Quoted, match="The paper repeats eight words or more from"):
            keeping.issue(draft, by=world.director, at=world.now)


def test_whoever_is_not_cleared_is_told_nothing_and_the_cleared_are_told(world: World) -> None:
    answer = an_update(world, world.officer, f"We were told: {SEALED}")
    assert answer.status_code == 302
    with acting_as(world.director):
        told = set(Quotation.objects.unsettled().values_list("stands_in", "words", "by__name"))
    assert told == {
        ("monitoring_update", SEALED, "Asha Mellor"),
        ("improvement_actionline", SEALED, "Asha Mellor"),
    }
    for other in (None, world.officer, world.finance, world.admin):
        with acting_as(other):
            assert Quotation.objects.count() == 0


SAID = "Abel casework drifted beyond every time-scale that the inspectors had been shown."


@pytest.fixture
def one_seals_it(scratch: tuple[Stage, Stage]) -> tuple[Stage, Stage]:
    """Two worlds, in the first of which alone the words are under seal."""
    for stage, words in zip(scratch, (SAID, "Something else is said here, and of another matter."), strict=True):
        with stage.lit(), acting_as(stage.scene.world.director):
            Source.objects.filter(reference="letter2222").update(words=words)
    return scratch


FORM = {"once": KEY, "version": "4", "news": "changed", "words": SAID}
SAVES = (
    ("/actions/1.1/update/", FORM, None),
    ("/actions/1.1/update/", FORM | {"say_openly": "Because it is known."}, None),
    ("/actions/1.1/moves/", {"once": KEY, "move": "deliver", "reason": SAID}, None),
    ("/papers/compose222/sections/1/", {"once": KEY, "new": SAID, "draws_on": "open"}, None),
    ("/api/actions/1.1/updates/", {}, {"words": SAID}),
    ("/api/actions/1.1/moves/", {}, {"move": "deliver", "reason": SAID, "say_openly": "Because it is known."}),
)


def test_to_the_uncleared_saving_sealed_words_is_like_saving_any_others(one_seals_it: tuple[Stage, Stage]) -> None:
    saved = set()
    with one_seals_it[0].lit(), acting_as(Person.objects.get(email="second-director@northmoor.example")):
        section = Paper.objects.get(reference="compose222").sections.get(number="1")
        boxes = {f"words_{place}": passage.text for place, passage in enumerate(passages_of(section))}
        boxes["opened"] = mark_of(passages_of(section))
    for part in UNCLEARED:
        for path, form, said in SAVES:
            form = form | boxes if "papers" in path else form
            wish = Wish(part, "POST", path, form=tuple(form.items()), json=json.dumps(said) if said else None)
            one, other = both(one_seals_it, wish)
            assert (wish, one.whole) == (wish, other.whole)
            saved |= {path} if one.status in (201, 302) and "sign-in" not in one.header("Location") else set()
    assert saved == {path for path, _, _ in SAVES}
    for path, form, said in SAVES[::4]:
        wish = Wish("director", "POST", path, form=tuple(form.items()), json=json.dumps(said) if said else None)
        one, other = both(one_seals_it, wish)
        assert (one.status, other.status) == (409, 201 if said else 302)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE improvement_action SET words = %s WHERE number = '1.1'",
        "UPDATE improvement_action SET title = %s WHERE number = '1.1'",
        "UPDATE monitoring_visit SET areas = %s WHERE ordinal = 1",
        "UPDATE monitoring_measure SET definition = %s",
        "INSERT INTO monitoring_blocker (action_id, seal_id, waiting_for, from_whom, since_on)"
        " SELECT id, 0, %s, 'The police', now() FROM improvement_action WHERE number = '1.1'",
        "UPDATE sources_source SET words = %s WHERE kind = 'report'",
    ],
)
def test_the_database_stops_the_words_whatever_writes_them(world: World, statement: str) -> None:
    made_ready(world)
    with acting_as(world.director), pytest.raises(Quoted), said_openly(), connection.cursor() as cursor:
        cursor.execute(statement, [f"It was said that {SEALED}"])


def test_a_document_entered_openly_by_mistake_makes_nothing_open_until_somebody_cleared_has_looked(
    world: World,
) -> None:
    of = {"kind": "report", "title": "Letter of May", "from_whom": "Ofsted", "received_on": world.today}
    with acting_as(world.admin):
        Source.objects.create(words=SEALED, **of)
    assert an_update(world, world.director, SEALED).status_code == 409
    with acting_as(world.director):
        assert list(Quotation.objects.unsettled().values_list("stands_in", flat=True)) == ["sources_source"]
        with said_openly("Ofsted has published it."):
            Source.objects.create(words=SEALED, **of)
    assert an_update(world, world.director, SEALED).status_code == 302


def test_nobody_reads_or_writes_what_the_words_are_compared_with(world: World) -> None:
    for table in ("sources_run", "sources_spelling"):
        with acting_as(world.director), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            connection.cursor().execute(f"SELECT FROM {table}")


def test_what_stands_under_the_same_seal_may_repeat_it_and_is_itself_sealed(world: World) -> None:
    mine = "Our own account of the drift says much more than the letter ever did."
    draft_saying(world, f"{SEALED} {mine}", by=world.director, seal=world.seal.pk)
    with acting_as(world.director):
        section = Paper.objects.get().sections.first()
        section.passages.create(
            position=1, kind="paragraph", text=mine, origin="Written by hand", seal_id=section.seal_id,
            own_seal=world.seal,
        )  # fmt: skip
        with pytest.raises(Quoted, match="Our own account of the drift"), said_openly():
            progress.update(world.started, words=mine, by=world.director, at=world.now)


def test_a_composed_paper_keeps_the_letter_under_its_seal_and_no_open_passage_may_repeat_it(world: World) -> None:
    made_ready(world)
    paper = composed(world)
    with acting_as(world.director):
        sealed = Passage.objects.filter(text=SEALED).first()
        assert sealed.own_seal == world.seal
        open_ = paper.sections.get(number="1").passages.first()
        with pytest.raises(Quoted), said_openly():
            Passage.objects.filter(pk=open_.pk).update(text=SEALED)
        with pytest.raises(Refused, match="stays under the seal"), said_openly():
            Passage.objects.filter(pk=sealed.pk).update(own_seal=0)


def test_a_cleared_author_may_say_them_with_a_reason_which_is_recorded(world: World) -> None:
    why = "The chair has read this sentence out in public."
    answer = an_update(world, world.director, SEALED, say_openly=why)
    assert answer.status_code == 302
    with acting_as(world.clerk):
        lines = list(SealLine.objects.filter(verb="let_stand").values_list("by__name", "says", "reason"))
        assert Quotation.objects.unsettled().count() == 0
    assert lines == [("Ruth Okafor", f"let words that repeat it stand: “{SEALED}”", why)]
    assert an_update(world, world.director, f"Again: {SEALED}").status_code == 409


def test_a_reason_of_whoever_is_not_cleared_lets_nothing_stand(world: World) -> None:
    assert an_update(world, world.officer, SEALED, say_openly="Everybody knows.").status_code == 302
    with acting_as(world.director):
        assert Quotation.objects.unsettled().how_many() == 1
        assert not SealLine.objects.filter(verb="let_stand").exists()


@pytest.mark.parametrize(("path", "form"), [
    ("/actions/1.1/moves/", {"move": "withdraw", "reason": f"They told us: {SEALED}"}),
    ("/papers/{paper}/sections/1/", {"new": f"They told us: {SEALED}", "draws_on": "open"}),
    ("/settings/ratings/", ROWS["settings/ratings/"].form | {"red_meaning": f"They told us: {SEALED}"}),
])  # fmt: skip
def test_every_form_asks_why_and_saves_once_it_is_told(world: World, path: str, form: dict[str, str]) -> None:
    made_ready(world)
    paper = composed(world)
    with acting_as(world.director):
        passages = passages_of(paper.sections.get(number="1"))
    if "papers" in path:
        form = form | {f"words_{n}": p.text for n, p in enumerate(passages)} | {"opened": mark_of(passages)}
    where, browser = path.format(paper=paper.reference), Client()
    browser.force_login(world.director)
    stopped = browser.post(where, form | {"once": KEY})
    assert (stopped.status_code, STOPPED in stopped.text, 'name="say_openly"' in stopped.text) == (409, True, True)
    assert f"They told us: {SEALED}</textarea>" in stopped.text
    assert browser.post(where, form | {"once": KEY, "say_openly": "It is known."}).status_code == 302


def test_the_api_asks_why_and_saves_once_it_is_told(world: World) -> None:
    key = {"Authorization": f"Token {Token.make(world.director, at=world.now)}", "If-Match": "*"}
    where = "/api/actions/1.1/updates/"
    stopped = Client().post(where, {"words": SEALED}, "application/json", headers=key)
    assert (stopped.status_code, stopped.json()) == (409, {"detail": STOPPED})
    told = Client().post(where, {"words": SEALED, "say_openly": "It is known."}, "application/json", headers=key)
    assert told.status_code == 201


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


def test_wherever_words_are_compared_the_cleared_are_told_where_they_stand() -> None:
    assert sorted(KNOWN) == sorted(WATCHED)


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


def asks_nobody(request: HttpRequest) -> HttpResponse:
    """A page that somebody may write one day, and not ask why the words may stand."""
    Action.objects.filter(number="1.1").update(title=SEALED)
    return HttpResponse("Saved.")


urlpatterns = [at("asks-nobody/", asks_nobody)]


@pytest.mark.urls("tests.trust.test_quotations")
def test_a_page_that_does_not_ask_why_answers_with_the_sentence_and_saves_nothing(world: World) -> None:
    browser = Client()
    browser.force_login(world.director)
    answers = [browser.post("/asks-nobody/")]
    assert f'<p class="govuk-body">{STOPPED}</p>' in answers[0].text
    answers.append(browser.post("/asks-nobody/", {}, "application/json"))
    assert answers[1].json() == {"detail": STOPPED}
    assert [answer.status_code for answer in answers] == [409, 409]
    world.started.refresh_from_db()
    assert world.started.title == "Answer every contact within a day"


REPORTS = sorted((Path(__file__).resolve().parents[3] / "shared" / "data" / "inspection-reports").glob("*.pdf"))


@pytest.mark.skipif(not REPORTS, reason="needs ../shared: real inspection reports")
def test_a_real_report_under_seal_is_recognised_wherever_it_is_quoted(world: World) -> None:
    said = "\n".join(page.extract_text() for page in PdfReader(REPORTS[0]).pages)
    with acting_as(world.director):
        seal = Seal.make(confidential(), by=world.director)
        Source.objects.create(
            kind="letter", title="Letter of May", words=said, seal=seal, from_whom="Ofsted", received_on=world.today
        )
    words = said.split()
    quoted = [" ".join(words[at : at + 12]).upper() for at in range(500, len(words) - 12, len(words) // 20)]
    assert len(quoted) > 15
    assert [at for at, text in enumerate(quoted) if not is_stopped(world, text)] == []
    assert [at for at, text in enumerate(TRADE) if is_stopped(world, text)] == []
