"""What a reader may ask of the page that tells what answers what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from improvement.models import Finding
from improvement.models.finding import TO_ANSWER
from monitoring.coverage import Covered
from monitoring.covering import Cover


class CoverageForm(forms.Form):
    """By theme, document, kind and how far it is answered; each may be left open."""

    cover = forms.ChoiceField(label="How it is answered", required=False, choices=[("", "Any"), *Cover.choices])
    kind = forms.ChoiceField(
        label="Kind", required=False,
        choices=[("", "All that is to be answered"), *((kind.value, kind.label) for kind in TO_ANSWER)],
    )  # fmt: skip
    theme = forms.ChoiceField(label="Theme", required=False)
    document = forms.ChoiceField(label="Document", required=False)

    def __init__(self, data: Mapping[str, Any], *, rows: Sequence[Covered]) -> None:
        super().__init__(data)
        self.rows = rows
        themes = dict.fromkeys((row.theme_slug, row.theme) for row in rows)
        documents = dict.fromkeys((row.document_reference, row.document) for row in rows)
        self.fields["theme"].choices = [("", "All themes"), *themes]  # type: ignore[attr-defined]
        self.fields["document"].choices = [("", "All documents"), *documents]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = f"Choose one of the list for “{field.label}”."

    @property
    def picked(self) -> list[Covered]:
        """The rows that were asked for; none where what was asked makes no sense."""
        if not self.is_valid():
            return []
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return [row for row in self.rows if all(_said(row)[name] == value for name, value in asked.items())]

    @property
    def query(self) -> dict[str, str]:
        """What was asked, as words of an address."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


def _said(row: Covered) -> dict[str, str]:
    kind = Finding.Kind(row.kind).value
    return {
        "cover": row.cover.value, "kind": kind, "theme": row.theme_slug, "document": row.document_reference
    }  # fmt: skip
