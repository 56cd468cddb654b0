"""The papers in the browser: who reads what, composing, editing without losing a word, and downloading."""

import re
import uuid
from datetime import timedelta

import pytest

from reports import keeping
from reports.editing import Added, mark_of, parted, passages_of, revise
from reports.models import Paper, Passage
from sources.seals import acting_as
from tests.reports.northmoor import composed, made_ready
from tests.world import SEALED, World

READERS = ("officer", "lead", "director", "clerk", "finance", "member", "partner", "adviser")
DRAFT_READERS = ("director", "clerk", "finance")


@pytest.fixture
def ready(world: World) -> World:
    made_ready(world)
    return world


@pytest.fixture
def draft(ready: World) -> Paper:
    return composed(ready)


def issued(paper: Paper, world: World) -> Paper:
    with acting_as(world.director):
        keeping.issue(paper, by=world.director, at=world.now)
    return paper


def text_of(response) -> str:
    return response.content.decode()


def test_issued_papers_are_listed_for_every_reader_and_drafts_for_those_who_read_drafts(ready: World, visit) -> None:
    issued(composed(ready, visit=None), ready)
    composed(ready)
    seen = {}
    for part in READERS:
        page = text_of(visit(getattr(ready, part)).get("/papers/"))
        seen[part] = ("Northmoor improvement plan – progress" in page, "Ofsted Monitoring Visit 1" in page)
    assert seen == {part: (True, part in DRAFT_READERS) for part in READERS}
    assert visit(ready.admin).get("/papers/").status_code == 403


def test_that_words_under_seal_were_edited_is_told_only_to_those_cleared(ready: World, visit, draft: Paper) -> None:
    at = ready.now
    with acting_as(ready.director):
        sealed = Passage.objects.filter(section__paper=draft, own_seal=ready.seal, kind="bullet").first()
        section, passages = sealed.section, passages_of(sealed.section)
        words = {passages.index(sealed): "Marigold casework is worse than it was."}
        revise(section, words=words, added=Added(), opened=mark_of(passages), by=ready.director, at=at)
        said = [line.says for line in draft.lines.all()]
    with acting_as(ready.finance):
        told = [line.says for line in draft.lines.all()]
    assert said == ["composed the paper", f"edited section {section.number}"]
    assert told == ["composed the paper"]


def test_a_list_without_papers_says_so(ready: World, visit) -> None:
    assert "No paper has been issued yet" in text_of(visit(ready.member).get("/papers/"))
    assert "Compose a paper" in text_of(visit(ready.director).get("/papers/"))
    assert "Compose a paper" not in text_of(visit(ready.clerk).get("/papers/"))


def test_the_list_asks_as_often_for_three_papers_as_for_thirty(ready: World, visit, django_assert_num_queries) -> None:
    browser = visit(ready.director)
    browser.get("/papers/")
    for papers in (1, 8):
        for _ in range(papers):
            composed(ready)
        with django_assert_num_queries(LIST_QUERIES):
            browser.get("/papers/")


LIST_QUERIES = 14
"""One of them records what the director was shown under seal."""


@pytest.mark.parametrize("part", ["officer", "lead", "member", "partner", "adviser"])
@pytest.mark.parametrize("where", ["", "paper.html", "paper.pdf"])
def test_a_draft_and_a_paper_that_never_was_are_answered_alike(ready: World, draft: Paper, visit, part, where) -> None:
    browser = visit(getattr(ready, part))
    hidden, absent = browser.get(f"/papers/{draft.reference}/{where}"), browser.get(f"/papers/zzzzzzzzzz/{where}")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert without_keys(hidden) == without_keys(absent)


@pytest.mark.parametrize(("part", "cleared"), [("director", True), ("clerk", True), ("finance", False)])
@pytest.mark.parametrize("where", ["", "paper.html"])
def test_sealed_words_are_in_the_copy_of_the_cleared_alone(
    ready: World, draft: Paper, visit, part, cleared, where
) -> None:
    page = text_of(visit(getattr(ready, part)).get(f"/papers/{draft.reference}/{where}"))
    assert ("Marigold" in page, SEALED in page, "Not for publication:" in page) == (cleared, cleared, cleared)


@pytest.mark.parametrize("part", READERS)
def test_an_issued_paper_is_for_every_reader_and_its_sealed_words_for_the_cleared(
    ready: World, draft, visit, part
) -> None:
    issued(draft, ready)
    page = text_of(visit(getattr(ready, part)).get(f"/papers/{draft.reference}/"))
    assert "RECOMMENDATIONS" in page
    assert ("Marigold" in page) == (part in ("director", "clerk"))
    assert "Edit section" not in page


def test_files_are_named_by_reference_and_kept_by_nobody_on_the_way(ready: World, draft: Paper, visit) -> None:
    browser = visit(ready.director)
    for kind, content_type in (("html", "text/html; charset=utf-8"), ("pdf", "application/pdf")):
        answer = browser.get(f"/papers/{draft.reference}/paper.{kind}")
        assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
        assert answer["Content-Disposition"] == f'attachment; filename="{draft.reference}.{kind}"'
        assert answer["Cache-Control"] == "no-store"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")


def test_a_paper_too_hard_to_print_gets_a_page_with_a_sentence(ready: World, draft: Paper, visit, monkeypatch) -> None:
    monkeypatch.setattr("reports.pdf.CLOCK", 0.001)
    monkeypatch.setattr("reports.pdf.press.process", None)
    answer = visit(ready.director).get(f"/papers/{draft.reference}/paper.pdf")
    assert answer.status_code == 503
    assert "took too long to print" in text_of(answer)


def without_keys(response) -> str:
    """The page but for the key of its sign-out button, which no two pages share."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))


# Composing


def asked(world: World, **other: str) -> dict[str, str]:
    return {
        "once": str(uuid.uuid4()), "visit": world.visit.reference, "meeting": world.meeting.held_on.isoformat(),
        "as_at": world.today.isoformat(), **other,
    }  # fmt: skip


def test_a_director_composes_a_paper_and_comes_to_it(ready: World, visit) -> None:
    browser = visit(ready.director)
    assert "Monitoring visit 1" in text_of(browser.get("/papers/new/"))
    answer = browser.post("/papers/new/", asked(ready))
    with acting_as(ready.director):
        made = Paper.objects.get()
    assert answer["Location"] == f"/papers/{made.reference}/"
    assert (made.composed_by, made.visit, made.as_at, made.state) == (ready.director, ready.visit, ready.today, "draft")


def test_the_same_form_sent_twice_makes_one_paper(ready: World, visit) -> None:
    browser, form = visit(ready.director), asked(ready)
    first, again = browser.post("/papers/new/", form), browser.post("/papers/new/", form)
    assert first["Location"] == again["Location"]
    with acting_as(ready.director):
        assert Paper.objects.count() == 1


@pytest.mark.parametrize("part", [part for part in (*READERS, "admin") if part != "director"])
def test_nobody_else_composes(ready: World, visit, part: str) -> None:
    browser = visit(getattr(ready, part))
    answers = [browser.get("/papers/new/"), browser.post("/papers/new/", asked(ready))]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Your role does not let you compose papers." in text_of(answers[1])


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("visit", "", "Choose a visit, or the plan’s progress."),
        ("visit", "zzzz", "Choose one of these."),
        ("meeting", "2019-04-02", "Choose one of these meetings."),
        ("as_at", "", "Enter the day that the figures speak of."),
        ("as_at", "31 February 2026", "Enter a real date for “With figures as at”"),
        ("as_at", "2999-01-01", "is still to come"),
        ("as_at", "2001-01-01", "The plan was adopted on"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_keeps_the_rest(ready: World, visit, field, typed, sentence) -> None:
    answer = visit(ready.director).post("/papers/new/", asked(ready, **{field: typed}))
    page = text_of(answer)
    assert (answer.status_code, sentence in page, "<title>Error: " in page) == (400, True, True)
    assert Paper.objects.count() == 0


def test_a_paper_on_a_visit_does_not_speak_of_a_day_before_it(ready: World, visit) -> None:
    before = (ready.visit.starts_on - timedelta(days=1)).isoformat()
    page = text_of(visit(ready.director).post("/papers/new/", asked(ready, as_at=before)))
    assert "The visit ended on" in page


# Editing


def boxes(page: str) -> dict[str, str]:
    """The form as a browser would send it back untouched."""
    hidden = dict(re.findall(r'<input type="hidden" name="(once|opened)" value="([^"]*)"', page))
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', page, flags=re.S)
    return hidden | {name: unescaped(words) for name, words in areas}


def unescaped(words: str) -> str:
    for mark, letter in (("&#39;", "'"), ("&#34;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(mark, letter)
    return words.strip()


def opened(browser, paper: Paper, number: str) -> dict[str, str]:
    return boxes(text_of(browser.get(f"/papers/{paper.reference}/sections/{number}/")))


def saved(world: World, paper: Paper, number: str) -> list[tuple[str, str]]:
    with acting_as(world.director):
        passages = Passage.objects.filter(section__paper=paper, section__number=number)
        return list(passages.order_by("position", "id").values_list("number", "text"))


def send(browser, paper: Paper, number: str, form: dict[str, str]):
    return browser.post(f"/papers/{paper.reference}/sections/{number}/", form)


def test_a_director_changes_words_and_their_numbers_stay(ready: World, draft: Paper, visit) -> None:
    browser = visit(ready.director)
    form = opened(browser, draft, "9")
    before = saved(ready, draft, "9")
    answer = send(
        browser,
        draft,
        "9",
        form | {"words_0": "The Executive may note this.", "new": "A second option.\n\n- a bullet", "draws_on": "open"},
    )
    assert answer["Location"] == f"/papers/{draft.reference}/#section-9"
    assert [number for number, _ in before] == ["9.1"]
    assert saved(ready, draft, "9") == [
        ("9.1", "The Executive may note this."),
        ("9.2", "A second option."),
        ("", "a bullet"),
    ]
    assert "edited section 9" in text_of(browser.get(f"/papers/{draft.reference}/"))


def test_an_emptied_box_is_taken_out_and_no_other_number_moves(ready: World, draft: Paper, visit) -> None:
    browser = visit(ready.director)
    before = saved(ready, draft, "1")
    send(browser, draft, "1", opened(browser, draft, "1") | {"words_0": ""})
    assert saved(ready, draft, "1") == before[1:]


def test_words_go_where_they_are_put(ready: World, draft: Paper, visit) -> None:
    browser = visit(ready.director)
    before = saved(ready, draft, "1")
    send(browser, draft, "1", opened(browser, draft, "1") | {"new": "Between.", "after": "0", "draws_on": "open"})
    assert saved(ready, draft, "1") == [before[0], ("", "Between."), *before[1:]]


def test_whoever_knows_the_letter_says_whether_new_words_draw_on_it(ready: World, draft: Paper, visit) -> None:
    browser = visit(ready.director)
    form = opened(browser, draft, "1") | {"new": "Marigold again."}
    refused = send(browser, draft, "1", form)
    assert (refused.status_code, "Say whether the words that you put in draw" in text_of(refused)) == (400, True)
    assert "Marigold again." in text_of(refused)
    send(browser, draft, "1", opened(browser, draft, "1") | {"new": "Marigold again.", "draws_on": "1"})
    with acting_as(ready.director):
        added = Passage.objects.get(text="Marigold again.")
    assert (added.own_seal_id, added.number) == (ready.seal.pk, "")
    assert "Marigold" not in text_of(visit(ready.finance).get(f"/papers/{draft.reference}/"))


def test_sealed_words_keep_their_seal_when_they_are_changed(ready: World, draft: Paper, visit) -> None:
    browser = visit(ready.director)
    form = opened(browser, draft, "2")
    box = next(name for name, words in form.items() if words == SEALED)
    send(browser, draft, "2", form | {box: "Marigold, reworded."})
    with acting_as(ready.director):
        assert Passage.objects.get(text="Marigold, reworded.").own_seal_id == ready.seal.pk


def test_of_two_editors_of_one_section_neither_loses_a_word(ready: World, draft: Paper, visit) -> None:
    browser = visit(ready.director)
    mine, theirs = opened(browser, draft, "9"), opened(browser, draft, "9")
    send(browser, draft, "9", theirs | {"words_0": "Theirs."})
    answer = send(browser, draft, "9", mine | {"words_0": "Mine.", "new": "More of mine.", "draws_on": "open"})
    page = text_of(answer)
    assert answer.status_code == 409
    assert ["Theirs." in page, ">Mine.</textarea>" in page, ">More of mine.</textarea>" in page] == [True, True, True]
    assert saved(ready, draft, "9") == [("9.1", "Theirs.")]
    send(browser, draft, "9", boxes(page) | {"draws_on": "open"})
    assert saved(ready, draft, "9") == [("9.1", "Mine."), ("9.2", "More of mine.")]


def test_an_editor_who_knows_less_takes_nothing_away_from_those_who_know_more(
    ready: World, draft: Paper, visit
) -> None:
    """A second director, not cleared on the letter, edits the section that holds its findings."""
    from_letter = [row for row in saved(ready, draft, "2") if row[1] == SEALED]
    second = ready.adviser
    with acting_as(None):
        second.grants.create(role="director", scope="all", starts_on=ready.today, given_at=ready.now)
    browser = visit(second)
    form = opened(browser, draft, "2")
    assert SEALED not in form.values()
    send(browser, draft, "2", form | {"new": "By the second director."})
    now = [text for _, text in saved(ready, draft, "2")]
    assert now.count(SEALED) == len(from_letter) == 1
    assert now.index("By the second director.") < now.index("What inspectors found (not for publication)")


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_issued_paper_is_not_edited(ready: World, draft: Paper, visit, method: str) -> None:
    issued(draft, ready)
    before = saved(ready, draft, "9")
    answer = getattr(visit(ready.director), method)(f"/papers/{draft.reference}/sections/9/", {"words_0": "Changed."})
    assert answer.status_code == 403
    assert "a paper that has been issued is never changed" in text_of(answer)
    assert saved(ready, draft, "9") == before


@pytest.mark.parametrize("part", [part for part in (*READERS, "admin") if part != "director"])
def test_nobody_else_edits(ready: World, draft: Paper, visit, part: str) -> None:
    answer = visit(getattr(ready, part)).get(f"/papers/{draft.reference}/sections/9/")
    assert answer.status_code == 403


def test_a_section_that_is_not_there_is_not_found(ready: World, draft: Paper, visit) -> None:
    assert visit(ready.director).get(f"/papers/{draft.reference}/sections/99/").status_code == 404


def test_a_paper_is_read_in_as_many_queries_whatever_its_length(
    ready: World, draft: Paper, visit, django_assert_num_queries
) -> None:
    browser = visit(ready.director)
    browser.get(f"/papers/{draft.reference}/")
    with django_assert_num_queries(PAPER_QUERIES):
        browser.get(f"/papers/{draft.reference}/")
    send(
        browser,
        draft,
        "9",
        opened(browser, draft, "9") | {"new": "\n\n".join(f"Option {n}." for n in range(90)), "draws_on": "open"},
    )
    with django_assert_num_queries(PAPER_QUERIES):
        browser.get(f"/papers/{draft.reference}/")


PAPER_QUERIES = 15
"""One of them records what the director was shown under seal."""


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("One.\r\nstill one.\r\n\r\nTwo.", ["One. still one.", "Two."]),
        ("Note:\n- this\n- that\nand more", ["Note:", "- this", "- that and more"]),
        (" \n\n ", []),
    ],
)
def test_blank_lines_part_paragraphs_and_marks_begin_bullets(typed: str, parts: list[str]) -> None:
    assert parted(typed) == parts
