"""On what terms words are withheld: what is asked, what is printed, and that the database says the same."""

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from sources.models import Refused, Seal
from sources.seals import acting_as
from sources.terms import FAULTS, Basis, Paragraph, Terms, objection
from tests import database
from tests.world import World

WHY = "The public interest in a fair tender outweighs that in telling its price now."
WHOLE = [
    *(Terms(kind="confidential", basis=basis) for basis in Basis),
    *(Terms(kind="exempt", paragraph=paragraph, public_interest=WHY) for paragraph in Paragraph),
]
FAULTY = [
    (Terms(kind="open"), "kind"),
    (Terms(kind="draft"), "kind"),
    (Terms(kind="confidential"), "basis"),
    (Terms(kind="confidential", basis="habit"), "basis"),
    (Terms(kind="confidential", basis="court", paragraph=3), "mixed"),
    (Terms(kind="confidential", basis="court", public_interest=WHY), "mixed"),
    (Terms(kind="exempt", public_interest=WHY), "paragraph"),
    (Terms(kind="exempt", public_interest=WHY, paragraph=0), "paragraph"),
    (Terms(kind="exempt", public_interest=WHY, paragraph=8), "paragraph"),
    (Terms(kind="exempt", paragraph=3), "public_interest"),
    (Terms(kind="exempt", paragraph=3, public_interest=" \n\t"), "public_interest"),
    (Terms(kind="exempt", paragraph=3, public_interest=WHY, basis="court"), "mixed"),
]


@pytest.mark.parametrize("terms", WHOLE, ids=lambda terms: f"{terms.kind} {terms.basis}{terms.paragraph or ''}")
def test_terms_that_are_whole_are_kept_as_they_were_given(world: World, terms: Terms) -> None:
    assert objection(terms) is None
    with acting_as(world.director):
        seal = Seal.make(terms, by=world.director)
    kept = (seal.kind, seal.basis, seal.paragraph, seal.public_interest, seal.relied_on)
    assert kept == (terms.kind, terms.basis, terms.paragraph, terms.public_interest, terms.relied_on)


@pytest.mark.parametrize(("terms", "part"), FAULTY, ids=lambda part: str(part)[:60])
def test_the_rule_and_the_database_refuse_the_same_terms_in_the_same_words(
    world: World, terms: Terms, part: str
) -> None:
    assert objection(terms) == FAULTS[part]
    with acting_as(world.director), pytest.raises(Refused) as refused:
        Seal.make(terms, by=world.director)
    assert str(refused.value) == FAULTS[part]


def test_an_end_without_its_sentence_is_refused_in_the_same_words(world: World) -> None:
    terms = Terms(kind="confidential", basis="court", until=world.now, words=" ")
    assert objection(terms) == FAULTS["words"]
    with acting_as(world.director), pytest.raises(Refused, match=FAULTS["words"]):
        Seal.make(terms, by=world.director)


@pytest.mark.parametrize(
    ("terms", "printed"),
    [
        (
            Terms(kind="exempt", paragraph=3, public_interest=WHY, citation="Contract standing order 9"),
            "Exempt information: paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972 (financial or "
            f"business affairs). {WHY} Contract standing order 9.",
        ),
        (
            Terms(kind="exempt", paragraph=7, public_interest="It would warn them"),
            "Exempt information: paragraph 7 of Part 1 of Schedule 12A to the Local Government Act 1972 (the "
            "prevention, investigation or prosecution of crime). It would warn them.",
        ),
        (
            Terms(kind="confidential", basis="court", citation="Order of 3 March 2019"),
            "Confidential information: its disclosure to the public is prohibited by the order of a court (Local "
            "Government Act 1972, section 100A(3)(b); SI 2012/2089, regulation 2). Order of 3 March 2019.",
        ),
        (
            Terms(kind="confidential", basis="department"),
            "Confidential information: given to the Council by a government department upon terms that forbid its "
            "disclosure (Local Government Act 1972, section 100A(3)(a); SI 2012/2089, regulation 2).",
        ),
    ],
)
def test_what_is_printed_names_the_law_the_public_interest_and_what_else_is_cited(terms: Terms, printed: str) -> None:
    assert terms.relied_on == printed


def test_every_paragraph_and_every_basis_is_cited_in_words_of_its_own() -> None:
    assert [Terms(kind="exempt", paragraph=part).relied_on.split(" of Part 1")[0] for part in Paragraph] == [
        f"Exempt information: paragraph {number}" for number in range(1, 8)
    ]
    assert len({part.label for part in (*Paragraph, *Basis)}) == len({basis.cited for basis in Basis}) + 7 == 10


@pytest.mark.parametrize(
    "change",
    [
        "basis = ''",
        "basis = 'habit'",
        "paragraph = 3",
        "public_interest = 'x'",
        "kind = 'exempt'",
        "kind = 'exempt', basis = ''",
        "kind = 'exempt', basis = '', paragraph = 3",
        "kind = 'exempt', basis = '', paragraph = 3, public_interest = ' '",
        "kind = 'exempt', basis = '', paragraph = 9, public_interest = 'x'",
        "kind = 'exempt', paragraph = 3, public_interest = 'x'",
        "kind = 'open'",
        "kind = 'draft'",
    ],
)
def test_even_in_the_keeper_s_place_nobody_can_keep_terms_that_are_not_whole(world: World, change: str) -> None:
    with database.as_owner(connection.settings_dict["NAME"]) as cursor:
        cursor.execute("BEGIN; GRANT improvement_keeper TO CURRENT_USER")
        with pytest.raises(psycopg2.IntegrityError, match="seal_terms_are_whole"):
            cursor.execute(f"UPDATE sources_seal SET {change} WHERE id > 1")
        cursor.execute("ROLLBACK")


def test_the_web_role_cannot_change_the_terms_of_a_seal(world: World) -> None:
    with (
        acting_as(world.director),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE sources_seal SET basis = 'court'")
