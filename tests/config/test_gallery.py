"""The gallery shows every component, to whoever settles how the council's pages look."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.world import World

TEMPLATES = Path(settings.BASE_DIR) / "templates"
BEHIND_OTHERS = {"field", "select", "shape"}
"""Drawn by a form, a field or a rating, and never asked for by a page that could leave them out."""


def test_every_component_stands_in_the_gallery() -> None:
    shown = re.findall(r'from "components/(\w+)\.html"', (TEMPLATES / "gallery.html").read_text("utf-8"))
    assert {*shown, *BEHIND_OTHERS} == {path.stem for path in (TEMPLATES / "components").glob("*.html")}


def test_whoever_settles_the_ratings_sees_the_gallery_and_its_form_with_everything_wrong(
    world: World, visit: Any
) -> None:
    browser = visit(world.director)
    pages = [browser.get(address) for address in ("/gallery/", "/gallery/?wrong=yes")]
    assert [(page.status_code, "There is a problem" in page.content.decode()) for page in pages] == [
        (200, False),
        (200, True),
    ]
    assert visit(world.officer).get("/gallery/").status_code == 403
