"""The HTML printing of a paper: a file that needs no other, and the bare page that the press works from."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports import typeface
from reports.paper import Paper

HOME = Path(__file__).resolve().parent.parent
STYLE = HOME / "static" / "print.css"

# An environment of our own: how an issued paper prints must not change with the app's context or filters.
pages = Environment(
    loader=FileSystemLoader(HOME / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def render(paper: Paper) -> str:
    """The whole paper as one file that fetches nothing, for the screen and for a browser's printer."""
    return _page(paper, style=f"{typeface.travelling()}\n{STYLE.read_text()}")


def bare(paper: Paper) -> str:
    """The same page without its style, which the press has already read."""
    return _page(paper, style="")


def title(paper: Paper) -> str:
    """What the paper is called in a browser's tab and a PDF's window."""
    return paper.head.title or paper.reference or "Committee paper"


def _page(paper: Paper, *, style: str) -> str:
    return pages.get_template("reports/paper.html").render(paper=paper, title=title(paper), style=style)
