"""A director composes the paper for a visit, edits it and takes it away; a clerk and a member see their own."""

import io
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from pypdf import PdfReader

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]
SEALED = "three or more homes within the year"
"""Words of the letter under embargo, which the director is cleared to see."""


def _compose(page: Page) -> str:
    page.goto("/papers/")
    page.get_by_role("link", name="Compose a paper").or_(page.get_by_role("button", name="Compose a paper")).click()
    page.get_by_role("radio", name="Monitoring visit 3").check()
    page.get_by_role("radio", name="Executive").first.check()
    page.get_by_role("button", name="Compose the draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Monitoring Visit 3")
    return page.url


def _download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return waiting.value.path().read_bytes()


def test_a_director_composes_edits_previews_and_downloads_the_paper_for_a_visit(
    sign_in: SignIn, violations: Violations
) -> None:
    page = sign_in("director")
    address = _compose(page)
    assert violations(page) == []
    page.get_by_role("link", name=re.compile("^Edit section 9")).click()
    assert violations(page) == []
    page.get_by_label("Words to put in").fill("The Executive may also ask scrutiny to look at homes for care leavers.")
    page.get_by_role("radio", name="No: everybody may read them").check()
    page.get_by_role("button", name="Save section 9").click()
    expect(page.get_by_role("main")).to_contain_text("ask scrutiny to look at homes for care leavers")
    assert page.url.split("#")[0] == address.split("#")[0]
    html = _download(page, "Download as HTML").decode()
    pdf = PdfReader(io.BytesIO(_download(page, "Download as PDF")))
    text = " ".join(page.extract_text() for page in pdf.pages)
    for said in ("ask scrutiny to look at homes for care leavers", SEALED):
        assert said in " ".join(html.split())
        assert said in " ".join(text.split())
    assert pdf.trailer["/Root"]["/Lang"].lower().startswith("en")
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Monitoring Visit 3" in pdf.metadata.title


def test_a_draft_is_nowhere_for_a_member_and_whole_for_a_clerk(sign_in: SignIn) -> None:
    address = _compose(sign_in("director"))
    member = sign_in("member")
    member.goto(address)
    expect(member.get_by_role("heading", level=1)).not_to_contain_text("Visit 3")
    member.goto("/papers/")
    assert "Monitoring Visit 3" not in member.get_by_role("main").inner_text()
    clerk = sign_in("clerk")
    clerk.goto(address)
    expect(clerk.get_by_role("main")).to_contain_text(SEALED)


def test_a_clearing_officer_reads_the_draft_without_the_words_under_embargo(sign_in: SignIn) -> None:
    address = _compose(sign_in("director"))
    finance = sign_in("finance")
    finance.goto(address)
    expect(finance.get_by_role("heading", level=1)).to_contain_text("Monitoring Visit 3")
    text = finance.get_by_role("main").inner_text()
    for word in (SEALED, "shared houses that their own personal adviser"):
        assert word not in text


def test_every_page_of_the_director_clerk_and_administrator_is_free_of_barriers_and_fits_a_narrow_screen(
    sign_in: SignIn, violations: Violations
) -> None:
    found = {}
    pages = {
        "director": ("/papers/", "/papers/new/", "/visits/"),
        "clerk": ("/meetings/", "/papers/"),
        "admin": ("/people/", "/people/new/", "/people/officer@northmoor.example/"),
        "partner": ("/my-actions/", "/actions/"),
    }
    for part, paths in pages.items():
        page = sign_in(part, width=320)
        for path in paths:
            page.goto(path)
            found[part, path] = (violations(page), page.evaluate("document.documentElement.scrollWidth"))
    assert found == dict.fromkeys(found, ([], 320))


def test_the_description_of_the_api_draws_under_the_strict_policy(sign_in: SignIn, violations: Violations) -> None:
    page = sign_in("officer")
    page.goto("/api/docs/")
    expect(page.get_by_role("main")).to_contain_text("/api/actions/")
    assert violations(page) == []
