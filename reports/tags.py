"""The finisher: what a PDF still lacks, once the press has tagged it, to be read aloud as it was written.

The press tags each page by itself. Here a passage that runs over a page's end becomes one passage again, and
a table that does so one table under one heading; what belongs to the page and not to the paper (footers,
repeated table headings) becomes an artifact; header cells are given their scope and a place in the tree of
identifiers. It works on the press's own objects before they are written, so that nothing is parsed twice.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

PRINT_FLAG = 4
"""ISO 32000-1, 12.5.3: an annotation without it is not printed."""


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """Put the tags in order; for the press's `finisher`, called just before the file is written."""
    root = _of(pdf, pdf.catalog["StructTreeRoot"])
    whole = _of(pdf, root["K"][0])
    _join_pages(pdf, whole, document.pages)
    _give_items_bodies(pdf, whole)
    _scope_headers(pdf, whole)
    _index_identifiers(pdf, root, whole)
    _set_artifacts_apart(pdf, root, whole)
    _let_links_print(pdf)


def _of(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _kids(pdf: pydyf.PDF, element: Any) -> list[Any]:
    """The elements right beneath; marked content and links, which are not elements, left out."""
    found = (_of(pdf, kid) for kid in element.get("K", ()) if isinstance(kid, bytes))
    return [kid for kid in found if kid.get("Type") == "/StructElem"]


def _all(pdf: pydyf.PDF, element: Any) -> Iterator[Any]:
    yield element
    for kid in _kids(pdf, element):
        yield from _all(pdf, kid)


# A passage over two pages


def _join_pages(pdf: pydyf.PDF, whole: Any, pages: list[Any]) -> None:
    # The boxes alone say which element goes on over a page's end; there is no public way to them.
    boxes = [page._page_box.children[0] for page in pages]  # noqa: SLF001
    parts = _kids(pdf, whole)
    if len(parts) != len(boxes):  # an empty page has no part, and nothing runs over it
        return
    for part, before, after in zip(parts[1:], boxes, boxes[1:], strict=False):
        _join(pdf, parts[0], part, depth=_running_over(before, after))
    whole["K"][1:] = []


def _running_over(before: Any, after: Any) -> int:
    """How many elements, from `main` inward, end one page and also begin the next."""
    ending = {id(element) for element in _edge(before, last=True)}
    going_on = [element for element in _edge(after, last=False) if id(element) in ending]
    return sum(element.tag not in ("html", "body") for element in going_on)


def _edge(box: Any, *, last: bool) -> list[Any]:
    elements: list[Any] = []
    while True:
        if box.element is not None and not any(box.element is element for element in elements):
            elements.append(box.element)
        children = getattr(box, "children", ())
        if not children or "::" in (box.element_tag or ""):
            return elements
        box = children[-1 if last else 0]


def _join(pdf: pydyf.PDF, earlier: Any, later: Any, *, depth: int) -> None:
    """Let `later` go on where `earlier` stopped; the `depth` innermost of them do so too."""
    if earlier["S"] == "/Table":
        _join_tables(pdf, earlier, later)
        return
    mine, theirs = _kids(pdf, earlier), _kids(pdf, later)
    goes_on = depth > 1 or earlier["S"] == "/LI"
    if goes_on and mine and theirs and mine[-1]["S"] == theirs[0]["S"]:
        _join(pdf, mine[-1], theirs[0], depth=depth - 1)
        later["K"].remove(theirs[0].reference)
    _adopt(pdf, earlier, later["K"])


def _join_tables(pdf: pydyf.PDF, earlier: Any, later: Any) -> None:
    groups = {kid["S"]: kid for kid in _kids(pdf, earlier)}
    for group in _kids(pdf, later):
        if group["S"] == "/THead" and "/THead" in groups:
            _answer_to(pdf, later, first=groups["/THead"], repeated=group)
        elif group["S"] in groups:
            _adopt(pdf, groups[group["S"]], group["K"])
        else:
            _adopt(pdf, earlier, [group.reference])


def _answer_to(pdf: pydyf.PDF, table: Any, *, first: Any, repeated: Any) -> None:
    """Cells that named a repeated heading name the first one, which alone is read."""
    pairs = zip(_named(pdf, repeated), _named(pdf, first), strict=True)
    instead = {old["ID"].string: new["ID"] for old, new in pairs}
    for cell in _all(pdf, table):
        if cell["S"] == "/TD":
            headers = cell["A"].get("Headers", ())
            headers[:] = [instead.get(header.string, header) for header in headers]


def _named(pdf: pydyf.PDF, element: Any) -> list[Any]:
    return [cell for cell in _all(pdf, element) if "ID" in cell]


def _adopt(pdf: pydyf.PDF, parent: Any, kids: list[Any]) -> None:
    for kid in kids:
        if isinstance(kid, bytes) and "P" in (element := _of(pdf, kid)):
            element["P"] = parent.reference
    parent["K"].extend(kids)


# Lists and tables


def _give_items_bodies(pdf: pydyf.PDF, whole: Any) -> None:
    """An item is a mark and a body; a mark that stands in the line is left with its words loose beside it."""
    for item in [element for element in _all(pdf, whole) if element["S"] == "/LI"]:
        kids = _kids(pdf, item)
        loose = [kid.reference for kid in kids if kid["S"] not in ("/Lbl", "/LBody")]
        if loose:
            body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array()})
            body["P"] = item.reference
            pdf.add_object(body)
            item["K"][:] = [kid.reference for kid in kids if kid["S"] == "/Lbl"] + [body.reference]
            _adopt(pdf, body, loose)


def _scope_headers(pdf: pydyf.PDF, whole: Any) -> None:
    for group in _all(pdf, whole):
        if group["S"] in ("/THead", "/TBody"):
            for cell in _named(pdf, group):
                cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _index_identifiers(pdf: pydyf.PDF, root: Any, whole: Any) -> None:
    names = sorted((cell["ID"].string, cell) for cell in _named(pdf, whole))
    if names:
        pairs = [part for _, cell in names for part in (cell["ID"], cell.reference)]
        tree = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
        pdf.add_object(tree)
        root["IDTree"] = tree.reference


# What belongs to the page


def _set_artifacts_apart(pdf: pydyf.PDF, root: Any, whole: Any) -> None:
    read_aloud = {element.reference for element in _all(pdf, whole)}
    numbers = _of(pdf, root["ParentTree"])["Nums"]
    for page in [_of(pdf, reference) for reference in pdf.page_references]:
        owners = numbers[numbers.index(page["StructParents"]) + 1]
        loose = {mark for mark, owner in enumerate(owners) if owner not in read_aloud}
        owners[:] = ["null" if mark in loose else owner for mark, owner in enumerate(owners)]
        _mark_artifacts(_of(pdf, page["Contents"]), loose)


def _mark_artifacts(content: Any, loose: set[int]) -> None:
    for place, item in enumerate(content.stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in loose:
            content.stream[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _let_links_print(pdf: pydyf.PDF) -> None:
    for annotation in pdf.objects:
        if isinstance(annotation, pydyf.Dictionary) and annotation.get("Subtype") == "/Link":
            annotation["F"] = PRINT_FLAG
