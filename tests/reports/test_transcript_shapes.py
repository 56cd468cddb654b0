"""The many shapes in which a council's typist, or a PDF's text, sets the same thing down."""

from datetime import date

import pytest

from reports.paper import Contact, Head, Kind, Paper
from reports.transcript import read

OPENING = "Report of the Director to the meeting of Executive to be held on 2 April 2019"
HEAD = Head(
    report_of="the Director",
    committee="Executive",
    meeting_on=date(2019, 4, 2),
    meeting_words="2 April 2019",
)


def blocks(body: str, *, section: int = 0) -> list[tuple[str, str, str]]:
    """Kind, number and words of each block in one section of a paper that is typed so."""
    return [(block.kind.name[0], block.number, block.text) for block in _paper(body).sections[section].blocks]


def headings(body: str) -> list[tuple[str, str]]:
    return [(section.number, section.heading) for section in _paper(body).sections]


def _paper(body: str) -> Paper:
    return read(f"{OPENING}\n\nSubject:\n\nA\n\nA visit\n\n{body}")


@pytest.mark.parametrize(
    "heading", ["1. SUMMARY", "1 SUMMARY", "1) SUMMARY", "1.SUMMARY", "1. \t SUMMARY", "1.\n\nSUMMARY"]
)
def test_a_section_begins_at_its_number_however_that_is_stopped(heading: str) -> None:
    assert headings(f"{heading}\n\n1.1 All is well.") == [("1", "SUMMARY")]


def test_sections_in_ordinary_letters_are_sections_too() -> None:
    body = "1. Summary\n\n1.1 All is well.\n\n2. Financial and resource appraisal\n\n2.1 None.\n\n4. Options\n\nNone."
    assert headings(body) == [("1", "Summary"), ("2", "Financial and resource appraisal"), ("4", "Options")]


def test_a_heading_too_long_for_its_line_goes_on_in_capitals() -> None:
    body = "1. SUMMARY\n\n2. RISK MANAGEMENT AND GOVERNANCE\nISSUES\n\n- 2.1 None."
    assert headings(body) == [("1", "SUMMARY"), ("2", "RISK MANAGEMENT AND GOVERNANCE ISSUES")]


def test_a_numbered_list_inside_a_section_is_not_a_row_of_sections() -> None:
    body = "1. SUMMARY\n\nThe board asks:\n\n1. Why so late\n\n2. What it costs\n\n3. Who pays\n\n2. OPTIONS\n\nNone."
    assert headings(body) == [("1", "SUMMARY"), ("2", "OPTIONS")]
    assert blocks(body)[1:] == [("P", "1.", "Why so late"), ("P", "2.", "What it costs"), ("P", "3.", "Who pays")]


def test_a_list_may_reach_the_number_of_its_own_section_and_go_on() -> None:
    body = "1. SUMMARY\n\nNone.\n\n2. OPTIONS\n\n1) To wait.\n\n2) That it be noted\n\n2.1 None."
    assert headings(body) == [("1", "SUMMARY"), ("2", "OPTIONS")]
    assert [number for _, number, _ in blocks(body, section=1)] == ["1)", "2)", "2.1"]


@pytest.mark.parametrize("glyph", ["-", "•", "*", "–", "▪", "o", "\uf0b7", "\uf0a7", "\uf06e"])
def test_a_bullet_is_a_bullet_whatever_its_glyph(glyph: str) -> None:
    assert blocks(f"1. SUMMARY\n\n{glyph} Calls are answered.\n{glyph} Files are read") == [
        ("B", "", "Calls are answered."),
        ("B", "", "Files are read"),
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        ["(a)", "(b)", "(c)"],
        ["a)", "b)", "c)"],
        ["A.", "B.", "C."],
        ["(i)", "(ii)", "(iii)", "(iv)"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["1.1", "1.1.1", "1.1.2", "1.2", "1.10"],
        ["(1)", "(a)", "(b)", "(2)", "(a)"],
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_numbered_paragraph_keeps_its_number_as_printed(numbers: list[str], between: str) -> None:
    body = between.join(f"{number} That it be noted" for number in numbers)
    assert blocks(f"1. SUMMARY\n\n{body}") == [("P", number, "That it be noted") for number in numbers]


def test_a_number_on_a_line_of_its_own_numbers_the_words_below() -> None:
    assert blocks("1. SUMMARY\n\n1.1\n\nAll is well.\n\n•\n\nCalls are answered.") == [
        ("P", "1.1", "All is well."),
        ("B", "", "Calls are answered."),
    ]


@pytest.mark.parametrize(
    "line", ["4.2 million", "17 September", "2019 to see", "– it hopes –", "(a) of the Act", "1.5 million"]
)
def test_a_line_may_begin_with_a_figure_that_numbers_nothing(line: str) -> None:
    assert blocks(f"1. SUMMARY\n\n1.1 The council will set aside in\n{line} what it needs.") == [
        ("P", "1.1", f"The council will set aside in {line} what it needs.")
    ]


@pytest.mark.parametrize(
    "page_end",
    ["\n\n", "\f", "\nPage 3 of 9\n", "\n\n- 3 -\n\n", "\n\n3\n\f", "\n\nPage 3\n\n", "\n\f\nAgenda Item 7/\n\n"],
)
def test_a_page_end_in_mid_sentence_parts_nothing(page_end: str) -> None:
    assert blocks(f"1. SUMMARY\n\n- 1.1 The board asked the DFE{page_end}for what it needs.") == [
        ("P", "1.1", "The board asked the DFE for what it needs.")
    ]


def test_a_number_that_stands_alone_in_mid_page_is_a_figure_and_is_kept() -> None:
    assert blocks("1. SUMMARY\n\nThe number of children is:\n\n317\n\nIt was lower.") == [
        ("P", "", "The number of children is:"),
        ("P", "", "317"),
        ("P", "", "It was lower."),
    ]


def test_a_hyphen_at_the_end_of_a_line_holds_its_word_together() -> None:
    assert blocks("1. SUMMARY\n\nIt is co-\nlocated, with short-\nand long-term aims.") == [
        ("P", "", "It is co-located, with short- and long-term aims.")
    ]


def test_headings_inside_a_section_are_told_from_paragraphs() -> None:
    body = (
        "1. SUMMARY\n\n1.1 Areas covered\n\nThe front door was seen.\n\n1.2 WARD IMPLICATIONS\nNone.\n\n1.3 None\n\n"
        "1.4 All is well.\n\nNEXT STEPS\n\nThe Second Visit\n\nInspectors come again in the spring of the year.\n\n"
        "1.5 Not applicable"
    )
    assert blocks(body) == [
        *(("H", "1.1", "Areas covered"), ("P", "", "The front door was seen.")),
        *(("H", "1.2", "WARD IMPLICATIONS"), ("P", "", "None.")),
        *(("P", "1.3", "None"), ("P", "1.4", "All is well."), ("H", "", "NEXT STEPS")),
        *(("H", "", "The Second Visit"), ("P", "", "Inspectors come again in the spring of the year.")),
        ("P", "1.5", "Not applicable"),
    ]


def test_a_list_of_documents_is_no_row_of_headings() -> None:
    body = "1. SUMMARY\n\n2. APPENDICES\n\nAppendix 1 The Letter\n\nAppendix 2 The Plan"
    assert blocks(body, section=1) == [("P", "", "Appendix 1 The Letter"), ("P", "", "Appendix 2 The Plan")]


def test_an_earlier_report_may_be_a_background_document() -> None:
    earlier = "Report of the Director to the meeting of Executive held on 8 January 2019."
    assert blocks(f"1. SUMMARY\n\n2. BACKGROUND DOCUMENTS\n\n{earlier}", section=1) == [("P", "", earlier)]


def test_accents_and_quotation_marks_are_kept_and_accents_made_one_letter() -> None:
    assert blocks("1. SUMMARY\n\nZoe\u0308 said\u00a0“yes” – it's 'so’.") == [("P", "", "Zoë said “yes” – it's 'so’.")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028"])
def test_any_machine_s_line_ends_are_line_ends(line_end: str) -> None:
    text = f"\ufeff{OPENING}\n\n1. SUMMARY\n\nAll is well.\n".replace("\n", line_end)
    assert read(text) == read(f"{OPENING}\n\n1. SUMMARY\n\nAll is well.")


@pytest.mark.parametrize(
    ("typed", "head"),
    [
        (
            "REPORT OF THE DIRECTOR\nTO THE MEETING OF EXECUTIVE\nTO BE HELD ON 2 APRIL 2019",
            ("THE DIRECTOR", "EXECUTIVE"),
        ),
        (
            "Report of the Director to the\n\nmeeting of\n\nCabinet  to be held on\n\n2 April\n2019",
            ("the Director", "Cabinet"),
        ),
        (
            (
                "Report of the Director to the meeting of Children’s\nOverview & Scrutiny\nCommittee"
                " to be held on 2 April 2019"
            ),
            ("the Director", "Children’s Overview & Scrutiny Committee"),
        ),
    ],
)
def test_the_opening_sentence_may_be_broken_anywhere(typed: str, head: tuple[str, str]) -> None:
    found = read(f"{typed}\n\n1. SUMMARY").head
    assert (found.report_of, found.committee, found.meeting_on) == (*head, date(2019, 4, 2))


@pytest.mark.parametrize(
    "words",
    [
        *("2 April 2019", "2nd April 2019", "Tuesday 2nd April 2019", "Tuesday, 2 April, 2019", "2/4/2019", "02.04.19"),
        *("2019-04-02", "April 2, 2019", "2nd day of April 2019", "2 Apr 2019", "Tuesday 2 April 2019 at 10.30 am"),
    ],
)
def test_a_meeting_s_day_is_read_and_its_words_are_kept(words: str) -> None:
    found = read(f"Report of the Director to the meeting of Executive to be held on {words}\n\n1. SUMMARY").head
    assert (found.meeting_words, found.meeting_on) == (words, date(2019, 4, 2))


@pytest.mark.parametrize("letter", ["BH", "“BH”", '"BH"', "Document BH", "Document “BH”", "DOCUMENT BH"])
@pytest.mark.parametrize(
    "place", ["\n\n{}\n\nSubject:\n\nA visit", "\n\nSubject: {}\n\nA visit", " {}\nSubject:\nA visit"]
)
def test_the_document_letter_is_found_wherever_it_stands(letter: str, place: str) -> None:
    found = read(f"{OPENING}{place.format(letter)}\n\n1. SUMMARY").head
    assert (found.letter, found.title, found.meeting_words) == ("BH", "A visit", "2 April 2019")


ASIDES = {
    "as the house style has them": "Report Contact: Ann Lee\nPhone: 01632 960417\nE-mail: a@b.example\n\n"
    "Portfolio:\n\nChildren\n\nOverview & Scrutiny Area:\n\nSchools",
    "in capitals": "REPORT CONTACT : Ann Lee\nTELEPHONE : 01632 960417\nEMAIL : a@b.example\n"
    "PORTFOLIO : Children\nOVERVIEW AND SCRUTINY AREA : Schools",
    "sharing a line": "Report Contact: Ann Lee  Phone: 01632 960417  E-mail: a@b.example\nPortfolio: Children\n"
    "Overview & Scrutiny\nArea: Schools",
    "in another order": "Overview & Scrutiny Area: Schools\nPortfolio:\nChildren\nContact Officer: Ann Lee\n"
    "Tel: 01632 960417\nEmail: a@b.example",
    "without colons": "Report Contact Ann Lee\nPhone 01632 960417\nE-mail a@b.example\nPortfolio\nChildren\n"
    "Overview & Scrutiny Area Schools",
}


@pytest.mark.parametrize("asides", ASIDES.values(), ids=ASIDES)
def test_the_labels_of_the_head_may_be_typed_in_many_ways(asides: str) -> None:
    found = read(f"{OPENING}\n\n{asides}\n\n1. SUMMARY").head
    contact = Contact(name="Ann Lee", phone="01632 960417", email="a@b.example")
    assert (found.contact, found.portfolio, found.scrutiny_area) == (contact, "Children", "Schools")


def test_several_contacts_stand_side_by_side() -> None:
    asides = (
        "Report Contact: Ann Lee\nPhone: 1\nE-mail: a@b.example\n\nReport Contact: Bo Li\nPhone: 2\nE-mail: c@d.example"
    )
    found = read(f"{OPENING}\n\n{asides}\n\n1. SUMMARY").head.contact
    assert found == Contact(name="Ann Lee / Bo Li", phone="1 / 2", email="a@b.example / c@d.example")


def test_a_head_may_have_nothing_but_its_opening() -> None:
    assert read(f"{OPENING}\n\n1. SUMMARY").head == HEAD


def test_a_head_that_is_printed_twice_is_kept_once_and_the_fuller_wording_stays() -> None:
    first = f"Northmoor Council\n\n{OPENING}\n\nSubject:\n\nA visit\n\nPortfolio:\n\nChildren\n\n"
    again = f"Northmoor Council\n\n{OPENING.upper()}\n\nSubject:\n\nB\n\nA visit – March\n\n"
    paper = read(f"{first}{again}Summary statement:\n\nAll is well.\n\n1. SUMMARY")
    assert paper.council == "Northmoor Council"
    assert paper.head == Head(
        report_of="the Director",
        committee="Executive",
        meeting_on=date(2019, 4, 2),
        meeting_words="2 April 2019",
        letter="B",
        title="A visit – March",
        summary=("All is well.",),
        portfolio="Children",
    )


def test_a_summary_of_several_paragraphs_ends_where_the_signature_begins() -> None:
    summary = "Summary statement:\n\nAll is\nwell.\n\nMore is to come, and the board\n\nwill see it."
    signature = "Ann Lee\n\nInterim Director of\nChildren’s Services\n\nReport Contact: Bo Li"
    found = read(f"{OPENING}\n\nSubject:\n\nA visit\n\n{summary}\n\n{signature}\n\n1. SUMMARY").head
    assert found.summary == ("All is well.", "More is to come, and the board will see it.")
    assert found.signatory == ("Ann Lee", "Interim Director of", "Children’s Services")


def test_kinds_are_the_three_that_plain_text_can_show() -> None:
    body = "1. SUMMARY\n\n1.1 Areas Covered\n\n- Calls are answered."
    assert {block.kind for block in _paper(body).sections[0].blocks} == {Kind.HEADING, Kind.BULLET}
