"""What is asked of whoever saves a view of the list: its name."""

from django import forms

from people.forms import UNREAD, OnceForm


class ViewNameForm(OnceForm):
    """A view's name."""

    name = forms.CharField(
        label="Name of this view", max_length=60, help_text="For example, “My overdue actions”. Only you see it.",
        error_messages={"required": "Give the view a name."},
    )  # fmt: skip


class ViewForm(ViewNameForm):
    """And the words of the list as its address has them."""

    query = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False, error_messages=UNREAD)
