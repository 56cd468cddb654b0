"""What a write by the API may say: fields each of its own type, all of them known, and none said twice."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request


class Words(serializers.CharField):
    """Text, and not a number or a list that could be made into text."""

    default_error_messages = {"invalid": "Send text."}

    def to_internal_value(self, data: Any) -> str:
        """The text."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNo(serializers.BooleanField):
    """True or false, and nothing that could be taken for one of them."""

    default_error_messages = {"invalid": "Send true or false."}

    def to_internal_value(self, data: Any) -> bool:
        """One of the two."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Whole(serializers.IntegerField):
    """A whole number, and not a text of one or a yes."""

    default_error_messages = {"invalid": "Send a whole number."}

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class Choice(serializers.ChoiceField):
    """One of a list, which is told to whoever names another."""

    default_error_messages = {"invalid_choice": "There is no such choice. Choose one of: {may}."}

    def fail(self, key: str, **more: Any) -> Any:
        """Raise ValidationError."""
        super().fail(key, may=", ".join(map(str, self.choices)), **more)


class Day(serializers.DateField):
    """A day, without an hour."""

    default_error_messages = dict.fromkeys(("invalid", "datetime"), "Give a day as text, such as 2027-03-27.")


class Strict(serializers.Serializer[Any]):
    """Its own fields, each of its own type, and no others."""

    default_error_messages = {"invalid": "Send one JSON object."}
    no_others = True

    def to_internal_value(self, data: Any) -> Any:
        """Refuse fields that would be passed over in silence."""
        if isinstance(data, Mapping) and (unknown := sorted(set(map(str, data)) - set(self.fields))):
            may = f"There is no such field here. There are: {', '.join(self.fields)}."
            raise ValidationError({name: [may] for name in unknown})
        return super().to_internal_value(data)


class Wanted(Strict):
    """What a write may say.

    Every one may say why words that repeat a text under seal may stand; that is for the save, not for its deed.
    """

    say_openly = Words(
        required=False, default="", allow_blank=True, max_length=1000,
        help_text="Why words that repeat a text under seal may be said here, for whoever is cleared on it.",
    )  # fmt: skip

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """What the request says, or ValidationError."""
        if not isinstance(request.data, Mapping):
            raise ValidationError(cls.default_error_messages["invalid"])
        said = cls(data=request.data)
        said.is_valid(raise_exception=True)
        return said.validated_data
