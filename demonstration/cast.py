"""The invented people of Northmoor: who holds which post, who can sign in, and as what."""

from dataclasses import dataclass

from people.roles import Role


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post, team or partner that answers for actions, and whoever speaks for it."""

    slug: str
    name: str
    holder: str
    kind: str = "post"


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """A demonstration account."""

    part: str
    name: str
    post: str
    role: Role
    scopes: tuple[str, ...] = ("all",)
    speaks_for: str = ""
    """The slug of the post this person holds."""

    @property
    def email(self) -> str:
        """The address that signs in."""
        return f"{self.part}@northmoor.example"


SIGN_INS = (
    SignIn(
        part="officer", name="Asha Mellor", post="Head of Service, Front Door", role=Role.OFFICER,
        speaks_for="hos-front-door",
    ),
    SignIn(
        part="lead", name="Graham Thwaite", post="Assistant Director, Help and Protection", role=Role.LEAD,
        scopes=("theme:front-door", "theme:help-and-protection"), speaks_for="ad-help-protection",
    ),
    SignIn(
        part="director", name="Ruth Okafor", post="Director of Children’s Services", role=Role.DIRECTOR,
        speaks_for="director",
    ),
    SignIn(part="clerk", name="Janet Pryce", post="Democratic Services Manager", role=Role.CLERK),
    SignIn(part="finance", name="Dev Nair", post="Finance Business Partner", role=Role.CLEARING),
    SignIn(
        part="member", name="Councillor Moira Kent", post="Lead Member for Children", role=Role.MEMBER,
        speaks_for="lead-member",
    ),
    SignIn(
        part="partner", name="Superintendent Neil Hargreave", post="Northmoor Police", role=Role.PARTNER,
        scopes=("theme:front-door", "theme:help-and-protection"), speaks_for="northmoor-police",
    ),
    SignIn(part="adviser", name="Helen Frost", post="Improvement Adviser, Department for Education", role=Role.ADVISER),
    SignIn(part="admin", name="Sam Ridley", post="Systems Administrator", role=Role.ADMINISTRATOR),
)  # fmt: skip

POSTS = (
    Post(slug="director", name="Director of Children’s Services", holder="Ruth Okafor"),
    Post(slug="ad-help-protection", name="Assistant Director, Help and Protection", holder="Graham Thwaite"),
    Post(slug="ad-care", name="Assistant Director, Children in Care", holder="Bridget Adeyemi"),
    Post(slug="ad-resources", name="Assistant Director, Resources", holder="Colin Marsh"),
    Post(slug="hos-front-door", name="Head of Service, Front Door", holder="Asha Mellor"),
    Post(slug="hos-early-help", name="Head of Service, Early Help", holder="Louise Barraclough"),
    Post(slug="hos-assessment", name="Head of Service, Assessment", holder="Imran Sheikh"),
    Post(slug="hos-child-protection", name="Head of Service, Child Protection", holder="Fiona Waddell"),
    Post(slug="hos-care", name="Head of Service, Children in Care", holder="Martin Osei"),
    Post(slug="hos-fostering", name="Head of Service, Fostering", holder="Carol Threlfall"),
    Post(slug="hos-leaving-care", name="Head of Service, Leaving Care", holder="Jerome Baptiste"),
    Post(slug="principal-social-worker", name="Principal Social Worker", holder="Niamh Devlin"),
    Post(slug="head-qa", name="Head of Quality Assurance", holder="Alison Keighley"),
    Post(slug="head-performance", name="Head of Performance and Insight", holder="Rahul Desai"),
    Post(slug="head-workforce", name="Head of Workforce", holder="Pauline Ogden"),
    Post(slug="virtual-head", name="Virtual School Headteacher", holder="Simon Lacey"),
    Post(slug="commissioning", name="Commissioning Team", holder="Wendy Sutcliffe", kind="team"),
    Post(slug="childcare-legal", name="Childcare Legal Team", holder="Anthony Birch", kind="team"),
    Post(slug="housing-options", name="Housing Options Team", holder="Debbie Farrow", kind="team"),
    Post(slug="practice-academy", name="Practice Academy", holder="Yusuf Rahman", kind="team"),
    Post(slug="improvement-office", name="Improvement Office", holder="Kate Lindqvist", kind="team"),
    Post(
        slug="northmoor-police",
        name="Northmoor Police",
        holder="Superintendent Neil Hargreave",
        kind="partner",
    ),
    Post(slug="northmoor-health", name="Northmoor Health NHS Trust", holder="Dr Sunita Rao", kind="partner"),
    Post(slug="schools-forum", name="Northmoor Schools Forum", holder="Peter Illingworth", kind="partner"),
    Post(slug="chief-executive", name="Chief Executive", holder="Diane Holroyd"),
    Post(slug="lead-member", name="Lead Member for Children", holder="Councillor Moira Kent"),
)

THEME_LEADS = {
    "front-door": "ad-help-protection",
    "help-and-protection": "ad-help-protection",
    "children-in-care": "ad-care",
    "care-leavers": "ad-care",
    "workforce": "ad-resources",
    "leadership": "chief-executive",
}
"""Who sends back, closes and verifies in each theme; the director where they lead the action themselves."""

BOARD = (
    ("Dame Rosalind Peake", "Independent chair"),
    ("Diane Holroyd", "Chief Executive"),
    ("Councillor Moira Kent", "Lead Member for Children"),
    ("Ruth Okafor", "Director of Children’s Services"),
    ("Superintendent Neil Hargreave", "Northmoor Police"),
    ("Dr Sunita Rao", "Northmoor Health NHS Trust"),
    ("Peter Illingworth", "Northmoor Schools Forum"),
    ("Helen Frost", "Improvement Adviser, Department for Education"),
)
