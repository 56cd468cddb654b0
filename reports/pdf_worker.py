"""The press: a process of its own that turns pages into tagged PDFs, and the only file that knows WeasyPrint.

Started by `reports.pdf` with an environment that holds no secret and no database, it is told of the fonts
and the style, and then takes one page at a time on its standard input and answers on its standard output,
in frames: a page is its length in 8 bytes and then JSON; an answer is its length, one letter (R ready,
P printed, T too hard) and then the file or the sentence. Nothing is pickled, so that a press taken over by
a bad page could still only hand back bytes.
"""

import gc
import json
import logging
import os
import signal
import sys
import traceback
from types import TracebackType
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports import tags
from sources.bounds import keep_within_bounds

TOO_LARGE = "This paper needs more memory than one paper may have; shorten it, or print it in parts."
TOO_DEEP = "This paper holds a drawing with parts within parts too deep to print; take it out."

FACES = """
@font-face { font-family: "Source Sans 3"; font-weight: 400; src: url("typeface:regular") }
@font-face { font-family: "Source Sans 3"; font-weight: 700; src: url("typeface:bold") }
@font-face { font-family: "Source Sans 3 Whole"; src: url("typeface:whole") }
.paper { font-family: "Source Sans 3", "Source Sans 3 Whole", sans-serif }
"""

ABOUT = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>{at}</xmp:CreateDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class OwnFiles(URLFetcher):
    """Knows the fonts by name, and what a page carries inside itself; everything else does not exist."""

    def __init__(self, fonts: dict[str, str]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.fonts = {f"typeface:{name}": path for name, path in fonts.items()}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url in self.fonts:
            with open(self.fonts[url], "rb") as file:
                return URLFetcherResponse(url, file.read(), {"Content-Type": "font/ttf"})
        return super().fetch(url, headers)


class Press:
    """Types set and ink warm: fonts and style are read once, pages come and go."""

    def __init__(self, *, fonts: dict[str, str], style: str) -> None:
        self.fetcher = OwnFiles(fonts)
        self.fonts = FontConfiguration()
        self.styles = [self._read(style), self._read(FACES)]

    def print(self, job: dict[str, str]) -> bytes:
        def finisher(document: Any, pdf: pydyf.PDF) -> None:
            tags.finish(document, pdf)
            say_what_it_is(pdf, job)

        page = weasyprint.HTML(string=job["html"], url_fetcher=self.fetcher)
        document = page.render(font_config=self.fonts, stylesheets=self.styles, pdf_variant="pdf/ua-1")
        key = job["key"].encode()
        return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=key, finisher=finisher)

    def _read(self, style: str) -> weasyprint.CSS:
        return weasyprint.CSS(string=style, font_config=self.fonts, url_fetcher=self.fetcher)


def say_what_it_is(pdf: pydyf.PDF, job: dict[str, str]) -> None:
    """Title, author, the paper's own instant, and nothing else: what a page says of itself is left out."""
    known = {name: job[name] for name in ("title", "author", "at")}
    pdf.info.clear()
    pdf.info["Title"] = pydyf.String(known["title"])
    if known["author"]:
        pdf.info["Author"] = pydyf.String(known["author"])
    pdf.info["CreationDate"] = pydyf.String("D:" + "".join(filter(str.isdigit, known["at"])) + "Z")
    about = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    about.stream = [ABOUT.format(**{name: escape(value) for name, value in known.items()}).encode()]


def answer(job: dict[str, str], *, press: Press, seconds: int) -> tuple[bytes, bytes]:
    """The letter and the content."""
    # The door's own clock strikes first; this is for when the door is gone in the middle of a paper.
    signal.alarm(seconds)
    try:
        return b"P", press.print(job)
    except MemoryError:
        return b"T", TOO_LARGE.encode()
    except RecursionError:
        return b"T", TOO_DEEP.encode()
    finally:
        signal.alarm(0)


def serve(inward: BinaryIO, outward: BinaryIO, *, seconds: int) -> None:
    """Print until the door closes, or ends us after a paper that was too hard."""
    settings = read_frame(inward)
    press = Press(fonts=settings["fonts"], style=settings["style"])
    write_frame(outward, b"R", b"")
    # Collecting in the middle of a paper costs a fifth of its time; between papers nobody waits.
    gc.collect()
    gc.freeze()
    gc.disable()
    while job := read_frame(inward):
        write_frame(outward, *answer(job, press=press, seconds=seconds))
        gc.collect()


def read_frame(inward: BinaryIO) -> Any:
    length = inward.read(8)
    return json.loads(inward.read(int.from_bytes(length, "big"))) if len(length) == 8 else None


def write_frame(outward: BinaryIO, letter: bytes, content: bytes) -> None:
    outward.write(len(content).to_bytes(8, "big") + letter + content)
    outward.flush()


def say_where(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """What broke and in which line of ours, without the words that it broke on."""
    traceback.print_tb(trace)
    sys.stderr.write(f"The press broke down: {kind.__name__}\n")


def main(memory: str, seconds: str) -> None:
    """The two limits come from the door, which keeps them."""
    keep_within_bounds(int(memory))
    # A warning or an error would quote the page, and a page may be under embargo.
    logging.disable(logging.CRITICAL)
    sys.excepthook = say_where
    outward = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, outward, seconds=int(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
