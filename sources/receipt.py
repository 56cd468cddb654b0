"""What is asked of whoever records a document: what it is, whether the public may see it, and if not, on what terms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from people.day_field import DayField
from people.models import Person
from sources.forms import InstantForm
from sources.models import Source
from sources.terms import CONFIDENTIAL, EXEMPT, FAULTS, Basis, Paragraph, Terms

PUBLIC, SET, NEVER = "public", "set", "never"


class ReceiveForm(InstantForm):
    """A document as it came. The sentence that ends an embargo is quoted first, read, and looked at."""

    kind = forms.ChoiceField(
        label="What kind of document is it?", choices=Source.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of document it is."},
    )  # fmt: skip
    title = forms.CharField(
        label="Title", max_length=240, help_text="Shown only to whoever may see the document.",
        error_messages={"required": "Enter its title."},
    )  # fmt: skip
    from_whom = forms.CharField(
        label="From whom", max_length=160, error_messages={"required": "Enter who gave it to the council."}
    )
    dated_on = DayField(label="The date it bears", required=False)
    received_on = DayField(
        label="The day it was received", error_messages={"required": "Enter the day it was received."}
    )
    text = forms.CharField(
        label="Its words", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Paste the whole text, with an empty line between paragraphs.",
    )  # fmt: skip
    terms = forms.ChoiceField(
        label="May the public see it?", widget=forms.RadioSelect,
        choices=[
            (PUBLIC, "Yes, it is public"),
            (CONFIDENTIAL, "No, it is confidential: the council must withhold it"),
            (EXEMPT, "No, it is exempt: the council may withhold it"),
        ],
        error_messages={"required": "Choose whether the public may see it."},
    )  # fmt: skip
    basis = forms.ChoiceField(
        label="If it is confidential: why?", choices=Basis.choices, widget=forms.RadioSelect, required=False
    )
    paragraph = forms.TypedChoiceField(
        label="If it is exempt: under which paragraph of Schedule 12A?", required=False, coerce=int, empty_value=None,
        choices=[("", "Choose a paragraph"), *((p.value, f"{p.value}: {p.label}") for p in Paragraph)],
    )  # fmt: skip
    public_interest = forms.CharField(
        label="If it is exempt: why does the public interest favour withholding it?", required=False, max_length=2000,
        help_text="Why that in withholding it outweighs that in disclosing it, in all the circumstances of the case. "
        "This is printed wherever the withholding is.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    citation = forms.CharField(
        label="What else is relied on", required=False, max_length=1000,
        help_text="The law is cited already. Add a covering letter, an order or a further provision. It is printed.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    ends = forms.ChoiceField(
        label="Does it say when it may be disclosed?", widget=forms.RadioSelect, required=False,
        choices=[(SET, "Yes, a sentence says from when or until when"), (NEVER, "No, it is never to be published")],
        error_messages={"required": "Choose whether it says when it may be disclosed."},
    )  # fmt: skip
    cleared = forms.MultipleChoiceField(
        label="Who else may see it from the start?", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="You are cleared yourself. A director and a clerk who are both cleared are needed to release it.",
        error_messages={"invalid_choice": "Choose people from the list."},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in people}
        self.today = today
        self.fields["received_on"].initial = today
        self.fields["cleared"].choices = [  # type: ignore[attr-defined]
            (email, f"{person}, {person.post or email}") for email, person in self.people.items()
        ]
        asked = self.data.get("terms")
        self.fields["ends"].required = asked in (CONFIDENTIAL, EXEMPT)
        self.fields["words"].required = self.fields["ends"].required and self.data.get("ends") == SET

    def clean_received_on(self) -> date:
        """Nothing is recorded before it is here."""
        if self.cleaned_data["received_on"] > self.today:
            raise forms.ValidationError("Enter a day that has come.")
        return self.cleaned_data["received_on"]

    def clean(self) -> dict[str, Any]:
        """Ask for whatever its terms need, and read the end of its embargo if it has one."""
        if (terms := self._terms()) and (fault := terms.fault):
            self.add_error(fault, FAULTS[fault])
        return super().clean() if self.fields["words"].required else self.cleaned_data

    @property
    def received(self) -> dict[str, Any]:
        """As `Source.receive` takes it."""
        said = self.cleaned_data
        named = ("kind", "title", "from_whom", "dated_on", "received_on")
        document = {name: said[name] for name in named if name in self.fields}
        cleared = [self.people[email] for email in said["cleared"]]
        return {**document, "words": plain(said["text"]), "terms": self._terms(), "cleared": cleared}

    def _terms(self) -> Terms | None:
        """None for what is public."""
        said = self.cleaned_data
        kind = said.get("terms", PUBLIC)
        if kind == PUBLIC:
            return None
        asked = ("paragraph", "public_interest") if kind == EXEMPT else ("basis",)
        grounds = {name: said[name] for name in (*asked, "citation") if said.get(name)}
        if said.get("ends") == SET and said.get("words") and said.get("until_on"):
            grounds |= {"until": self.until, "words": said["words"]}
        return Terms(kind=kind, **grounds)


def plain(text: str) -> str:
    """As it was pasted, with the ends of its lines as they are everywhere else."""
    return text.replace("\r\n", "\n").strip()
