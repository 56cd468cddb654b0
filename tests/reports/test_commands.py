"""Papers in and out by command: a paper's text in, its HTML and PDF out, every word of it, and for its reader alone."""

import re
from io import StringIO
from pathlib import Path

import page
import pypdf
import pytest
from django.core.management import CommandError, call_command

from reports import transcript
from reports.keeping import issue
from reports.models import Paper
from sources.seals import acting_as
from tests.reports import papers
from tests.reports.northmoor import composed, made_ready
from tests.reports.test_printing import Reader
from tests.world import SEALED, World

SAMPLE = Path(__file__).parent / "sample_paper.txt"
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "executive-paper-2019-04-02.txt"
TEXTS = [
    SAMPLE,
    pytest.param(
        SEED, marks=pytest.mark.skipif(not SEED.exists(), reason="needs ../shared: the seed paper is not here")
    ),
]


def said_by(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def load(file: Path) -> str:
    return said_by("load_paper", str(file)).split()[-1]


@pytest.mark.parametrize("file", TEXTS)
def test_every_word_of_a_loaded_paper_is_in_its_page_and_its_pdf_in_order(
    world: World, tmp_path: Path, file: Path
) -> None:
    reference = load(file)
    written = said_by("print_paper", reference, "--out", str(tmp_path)).split()
    assert written == [str(tmp_path / f"{reference}.html"), str(tmp_path / f"{reference}.pdf")]
    value = transcript.read(file.read_text("utf-8"))
    expected = papers.spoken(value)
    kept = Paper.objects.get(reference=reference)
    head = " ".join(kept.audit_head[at : at + 4] for at in (0, 4, 8, 12))
    foot = [value.council, reference, f"Check code {kept.code}", f"Audit trail {head}"]
    foot = " · ".join(filter(None, foot))
    html = (tmp_path / f"{reference}.html").read_text()
    assert papers.tokens("".join(Reader(html).words)) == expected + papers.tokens(foot)
    assert f'<span title="{kept.audit_head}">' in html
    sheets = pypdf.PdfReader(tmp_path / f"{reference}.pdf").pages
    text = "\n".join(sheet.extract_text() for sheet in sheets)
    broken = r"\s+".join(map(re.escape, foot.split()))
    assert papers.tokens(re.sub(rf"{broken}\s*Page \d+ of \d+", " ", text)) == expected


@pytest.mark.parametrize("file", TEXTS)
def test_every_word_of_the_text_is_in_the_paper(world: World, tmp_path: Path, file: Path) -> None:
    """Against the file itself, so that a word that the reader dropped is missed here too."""
    reference = load(file)
    said_by("print_paper", reference, "--out", str(tmp_path))
    printed = papers.tokens("".join(Reader((tmp_path / f"{reference}.html").read_text()).words))
    typed = papers.tokens(re.sub(r"^Page \d+ of \d+$", "", file.read_text("utf-8"), flags=re.M))
    assert set(typed) - set(printed) <= LABELS


LABELS = {"Portfolio"}
"""A label that the template prints only where something stands beside it, as nothing does in the sample."""


def test_the_reference_is_the_last_word_and_the_same_for_the_same_text(world: World) -> None:
    first, again = said_by("load_paper", str(SAMPLE)), said_by("load_paper", str(SAMPLE))
    assert first.split()[-1] == again.split()[-1] == Paper.objects.get().reference
    assert "was loaded before" in again


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Dear Sir,\n\nI write about the bins.\n", "“Dear Sir,”"),
        (b"", "was not loaded"),
        (b"\xff\xfeR\x00e\x00", "is not plain text in UTF-8"),
        (b"%PDF-1.7\n\x93\x8c\x8b\x9e", "is not plain text in UTF-8"),
        (b"x" * (5 * 1024 * 1024 + 1), "is larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_paper_gets_a_sentence_and_leaves_nothing(
    world: World, tmp_path: Path, content, sentence
) -> None:
    file = tmp_path / "paper.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=re.escape(sentence)):
        said_by("load_paper", str(file))
    assert Paper.objects.count() == 0


@pytest.mark.parametrize("name", ["nothing.txt", "."])
def test_no_file_gets_a_sentence(world: World, tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="There is no file at"):
        said_by("load_paper", str(tmp_path / name))


def refusal(*words: str) -> str:
    with pytest.raises(CommandError) as refused:
        said_by("print_paper", *words)
    return str(refused.value)


def test_what_may_not_be_read_and_what_never_was_are_refused_alike(world: World, tmp_path: Path) -> None:
    made_ready(world)
    draft, out = composed(world).reference, ("--out", str(tmp_path / "out"))
    admin, nobody = world.admin.email, "nobody@northmoor.example"
    assert refusal(draft, *out) == f"There is no paper {draft} that the public may read."
    assert refusal("zzzzzzzzzz", *out) == "There is no paper zzzzzzzzzz that the public may read."
    for reader in (admin, nobody, world.member.email):
        assert refusal(draft, *out, "--as", reader) == f"There is no paper {draft} that {reader} may read."
    assert not (tmp_path / "out").exists()


def test_the_public_copy_holds_no_sealed_word_and_a_cleared_persons_own_copy_does(world: World, tmp_path: Path) -> None:
    made_ready(world)
    draft = composed(world)
    with acting_as(world.director):
        issue(draft, by=world.director, at=world.now)
    for reader, folder in (("", "public"), (world.member.email, "member"), (world.director.email, "director")):
        said_by("print_paper", draft.reference, "--out", str(tmp_path / folder), *(["--as", reader] if reader else []))
    held = {
        folder: [
            "Marigold" in (tmp_path / folder / f"{draft.reference}.html").read_text(),
            "Marigold" in everything_in(tmp_path / folder / f"{draft.reference}.pdf"),
        ]
        for folder in ("public", "member", "director")
    }
    assert held == {"public": [False, False], "member": [False, False], "director": [True, True]}
    assert SEALED.split()[0] == "Marigold"
    modes = {folder: oct((tmp_path / folder / f"{draft.reference}.pdf").stat().st_mode & 0o777) for folder in held}
    assert modes == {"public": "0o644", "member": "0o600", "director": "0o600"}


def everything_in(file: Path) -> str:
    """Text, title, bookmarks and attachments."""
    reader = pypdf.PdfReader(file)
    pages = [page.extract_text() for page in reader.pages]
    return " ".join(
        [*pages, str(reader.metadata), str(reader.outline), str(reader.xmp_metadata), str(reader.attachments)]
    )


def test_the_demonstration_paper_is_the_latest_that_was_issued_to_the_executive(
    world: World, tmp_path, settings
) -> None:
    settings.VAR = tmp_path
    with pytest.raises(CommandError, match="No paper to the Executive has been issued yet"):
        said_by("write_demonstration_paper")
    made_ready(world)
    draft = composed(world)
    with acting_as(world.director):
        issue(draft, by=world.director, at=world.now)
    written = said_by("write_demonstration_paper").split()
    assert written == [str(tmp_path / "demo" / f"executive-paper.{kind}") for kind in ("html", "pdf")]
    assert draft.title in Path(written[0]).read_text()


def test_a_composed_paper_passes_every_rule_of_pdf_ua_1(world: World, tmp_path: Path) -> None:
    made_ready(world)
    draft = composed(world)
    said_by("print_paper", draft.reference, "--out", str(tmp_path), "--as", world.director.email)
    report = page.validate_pdf_bytes((tmp_path / f"{draft.reference}.pdf").read_bytes(), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert (report.is_compliant, report.rules.total) == (True, 104)
