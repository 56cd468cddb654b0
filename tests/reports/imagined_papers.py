"""Papers of every shape that the house style allows, for hypothesis to imagine."""

from datetime import date, timedelta

from hypothesis import strategies as st

from reports.letters import letter
from reports.paper import Block, Contact, Head, Kind, Paper, Section


def _each(words: str) -> list[str]:
    return words.split()


NOUNS = _each("board council team audit plan visit report child family partner school worker letter finding")
VERBS = _each("agreed saw asked for wrote down changed looked again at kept answered")
OTHERS = _each(
    "the of and to in with co-located step-down £4.2 £1,250 2019 17 3.5% – MASH “front door” children's "
    "children’s (ILACS) 6th March café Siân and/or s.47 naïve 16-17 & Zoë’s high-risk"
)
ROMAN = _each("i ii iii iv v vi vii viii ix x")
SHAPES = (
    *(("({})", "abcdefgh"), ("{})", "abcdefgh"), ("{}.", "ABCDEFGH")),
    *(("({})", "1234567"), ("{})", "1234567"), ("({})", ROMAN), ("{}.", ROMAN)),
)
MONTHS = _each("January February March April May June July August September October November December")
WEEK = _each("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
FORMS = (
    "{day} {month} {year}",
    "{week} {day}{th} {month} {year}",
    "{day}/{m}/{year}",
    "{day} {short} {year}",
    "{week}, {day} {month} {year} at 10.30 am",
)
POSTS = ("Strategic Director of Children and Learning", "Interim Head of Quality")
COMMITTEES = (
    "Executive",
    "the Cabinet",
    "Children's Services Overview & Scrutiny Committee",
    "Audit and Governance Committee",
)
CONTACTS = ("Tom Ashdown", "Priya Nair, Head of Quality", "Ann Lee / Bo Li")
FIELDS = frozenset(
    _each("report_of committee date letter title summary signatory contact phone email portfolio scrutiny")
)

word = st.sampled_from(NOUNS + VERBS + OTHERS)
# A passage that ended with “the” would be read, rightly, as broken off by its page; so a noun comes last.
last_word = st.sampled_from(NOUNS)
first_word = st.sampled_from(_each("The A Senior Children’s Inspectors “Good” Ofsted 2019 MASH Ünal"))


@st.composite
def sentences(draw: st.DrawFn, *, most: int = 30) -> str:
    """A sentence with figures, dashes, quotation marks and accents in it."""
    middle = draw(st.lists(word, max_size=most))
    words = " ".join([draw(first_word), *middle, draw(last_word)])
    return words + draw(st.sampled_from([".", ".", ";", ":", "?", ".”"]))


def texts() -> st.SearchStrategy[str]:
    """One to three sentences, or the house style's ways of saying nothing."""
    prose = st.lists(sentences(), min_size=1, max_size=3).map(" ".join)
    nothing = st.sampled_from(["None.", "None", "Not applicable.", "Not applicable"])
    return st.one_of(prose, prose, prose, nothing)


items = st.one_of(texts(), sentences(most=8).map("note the {}".format), st.just("That the report be noted"))
titles = st.lists(
    st.sampled_from(_each("Areas Covered Summary of Findings Equality & Diversity the Front Door")),
    min_size=1,
    max_size=6,
).map(lambda words: " ".join(["Visit", *words, "Themes"]))
capitals = titles.map(str.upper)


@st.composite
def numbered(draw: st.DrawFn, section: int) -> list[Block]:
    """Paragraphs numbered in the section's own series, with gaps and a third level."""
    blocks = []
    place = 0
    for _ in range(draw(st.integers(1, 4))):
        place += draw(st.sampled_from([1, 1, 1, 2]))
        below = range(draw(st.integers(0, 2)))
        numbers = [f"{section}.{place}", *(f"{section}.{place}.{each + 1}" for each in below)]
        blocks += [Block(kind=Kind.PARAGRAPH, number=number, text=draw(texts())) for number in numbers]
    return blocks


@st.composite
def headed(draw: st.DrawFn, section: int) -> list[Block]:
    """A numbered heading above paragraphs or bullets that have no number."""
    name = draw(st.one_of(titles, capitals))
    heading = Block(kind=Kind.HEADING, number=f"{section}.{draw(st.integers(1, 12))}", text=name)
    return [heading, *draw(st.one_of(bullets(), plain()))]


@st.composite
def lettered(draw: st.DrawFn) -> list[Block]:
    """A list under letters, figures or Roman numerals, beneath the words that open it."""
    shape, names = draw(st.sampled_from(SHAPES))
    opening = draw(sentences(most=6)).rstrip(".;?:”") + ":"
    count = draw(st.integers(1, len(names)))
    numbers = [shape.format(name) for name in names[:count]]
    listed = [Block(kind=Kind.PARAGRAPH, number=number, text=draw(items)) for number in numbers]
    return [Block(kind=Kind.PARAGRAPH, text=opening), *listed]


@st.composite
def bullets(draw: st.DrawFn) -> list[Block]:
    """Bullets, some without a full stop."""
    unstopped = sentences().map(lambda text: text.rstrip(".;:?"))
    found = draw(st.lists(st.one_of(texts(), unstopped), min_size=1, max_size=5))
    return [Block(kind=Kind.BULLET, text=text) for text in found]


def plain() -> st.SearchStrategy[list[Block]]:
    """Paragraphs without a number."""
    found = st.lists(texts(), min_size=1, max_size=3)
    return found.map(lambda each: [Block(kind=Kind.PARAGRAPH, text=text) for text in each])


@st.composite
def sections(draw: st.DrawFn) -> tuple[Section, ...]:
    """Any number of sections, in capitals or not, with gaps in their numbers after the first."""
    loud = draw(st.booleans())
    found = []
    number = 1
    for _ in range(draw(st.integers(1, 6))):
        heading = draw(capitals if loud else titles)
        group = st.one_of(numbered(number), lettered(), bullets(), plain(), headed(number))
        blocks = [block for each in draw(st.lists(group, max_size=3)) for block in each]
        found.append(Section(number=str(number), heading=heading, blocks=tuple(_in_one_series(blocks))))
        # In ordinary letters, a heading “4)” after an item “3)” could not be told from the next item.
        number += draw(st.sampled_from([1, 1, 1, 2])) if loud else 1
    return tuple(found)


def _in_one_series(blocks: list[Block]) -> list[Block]:
    """No section has two passages of one decimal number."""
    seen: set[str] = set()
    decimals = [block.number if "." in block.number[:-1] else "" for block in blocks]
    return [
        block
        for block, number in zip(blocks, decimals, strict=True)
        if not number or not (number in seen or seen.add(number))  # type: ignore[func-returns-value]
    ]


def dated(day: date, form: str) -> str:
    """The day in words, without the machine's language having a say."""
    month, week = MONTHS[day.month - 1], WEEK[day.weekday()]
    th = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    figures = {"day": day.day, "m": day.month, "year": day.year}
    return form.format(**figures, th=th, month=month, short=month[:3], week=week)


@st.composite
def heads(draw: st.DrawFn) -> Head:
    """A head from which any field may be missing."""
    there = FIELDS - draw(st.frozensets(st.sampled_from(sorted(FIELDS)), max_size=6))
    # A meeting without a name or a date would be no meeting.
    there |= frozenset() if "date" in there else {"committee"}
    day = date(1995, 1, 1) + timedelta(days=draw(st.integers(0, 20_000)))
    paragraph = st.lists(sentences(), min_size=1, max_size=2).map(" ".join)

    def kept(name: str, words: st.SearchStrategy[str]) -> str:
        return draw(words) if name in there else ""

    return Head(
        report_of=kept("report_of", st.sampled_from(POSTS).map("the {}".format)),
        committee=kept("committee", st.sampled_from(COMMITTEES)),
        meeting_on=day if "date" in there else None,
        meeting_words=kept("date", st.sampled_from(FORMS).map(lambda form: dated(day, form))),
        letter=kept("letter", st.integers(1, 702).map(letter)),
        title=kept("title", st.one_of(titles, titles.map("{} – 6th and 7 March 2019".format))),
        summary=tuple(draw(st.lists(paragraph, min_size=1, max_size=3))) if "summary" in there else (),
        signatory=("Siân de Vries", draw(st.sampled_from(POSTS))) if "signatory" in there else (),
        contact=Contact(
            name=kept("contact", st.sampled_from(CONTACTS)),
            phone=kept("phone", st.sampled_from(["(01632) 960417", "01632 960 417 / 01632 960 418"])),
            email=kept("email", st.sampled_from(["tom.ashdown@northmoor.example", "a@b.example / c@d.example"])),
        ),
        portfolio=kept("portfolio", st.sampled_from(["Children and Families", "Education, Skills & Culture"])),
        scrutiny_area=kept("scrutiny", st.sampled_from(["Children’s Services", "Corporate"])),
    )


papers = st.builds(Paper, head=heads(), sections=sections(), council=st.sampled_from(["", "Northmoor Council"]))
