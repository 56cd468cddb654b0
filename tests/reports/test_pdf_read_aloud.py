"""What a screen reader is told of a paper’s PDF."""

import re

import pikepdf

from tests.reports import papers
from tests.reports.printing import opened


def elements(told: pikepdf.Pdf, kind: str = "") -> list[pikepdf.Dictionary]:
    def beneath(element):
        yield element
        for kid in element.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from beneath(kid)

    found = beneath(told.Root.StructTreeRoot.K[0])
    return [element for element in found if not kind or str(element.S) == f"/{kind}"]


def leaves(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    kids = [kid for kid in element.K if is_element(kid)]
    return [leaf for kid in kids for leaf in leaves(kid)] or [element]


def test_what_runs_over_a_page_is_read_as_one():
    told = opened(papers.nine_pages())
    counted = {kind: len(elements(told, kind)) for kind in ("Art", "Sect", "L", "LI", "Table", "THead", "TBody")}
    assert counted == {"Art": 1, "Sect": 3, "L": 1, "LI": 30, "Table": 1, "THead": 1, "TBody": 1}
    assert len(elements(told, "TR")) == 51
    front_sheet = 15
    assert len(elements(told, "P")) == front_sheet + 12
    assert [[str(kid.S) for kid in item.K] for item in elements(told, "LI")] == [["/Lbl", "/LBody"]] * 30
    sheets = [{leaf.Pg.objgen for leaf in leaves(passage)} for passage in elements(told, "P")]
    assert 1 <= sum(len(on) == 2 for on in sheets) <= 8
    parents = [(kid.P.objgen, element.objgen) for element in elements(told) for kid in element.K if is_element(kid)]
    assert [said for said, true in parents if said != true] == []


def is_element(kid) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def test_each_cell_names_its_headers_and_each_header_its_scope():
    told = opened(papers.nine_pages())
    headers = elements(told, "TH")
    assert [str(cell.A.Scope) for cell in headers] == ["/Column"] * 3 + ["/Row"] * 50
    columns, rows = [str(cell.ID) for cell in headers[:3]], [str(cell.ID) for cell in headers[3:]]
    named = [[str(header) for header in cell.A.Headers] for cell in elements(told, "TD")]
    assert named == [[row, column] for row in rows for column in columns[1:]]
    index = told.Root.StructTreeRoot.IDTree.Names
    assert [str(name) for name in list(index)[::2]] == sorted(columns + rows)


def test_what_is_shown_is_either_read_aloud_or_set_apart():
    told = opened(papers.nine_pages())
    read_aloud = {element.objgen for element in elements(told)}
    numbers = list(told.Root.StructTreeRoot.ParentTree.Nums)
    set_apart = []
    for sheet in told.pages:
        owners = numbers[2 * int(sheet.StructParents) + 1]
        content = sheet.Contents.read_bytes()
        assert all(owners[int(mark)].objgen in read_aloud for mark in re.findall(rb"/MCID (\d+)", content))
        set_apart.append(content.count(b"/Type /Pagination"))
    footer, heading = 2, 3
    assert sorted(set(set_apart)) == [footer, footer + heading]


def test_a_chart_is_a_figure_that_says_its_finding():
    told = opened(papers.short())
    assert [str(figure.Alt) for figure in elements(told, "Figure")] == ["Two in three actions are on course"]


def test_a_link_may_be_printed_and_says_where_it_leads():
    told = opened(papers.short())
    (link,) = told.pages[0].Annots
    assert (int(link.F), str(link.Contents)) == (4, "mailto:tom.hall@northmoor.example")
