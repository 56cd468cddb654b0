"""What the schema says of every address: the answers besides the good one, each with its sentence."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from people.api import AlreadySignedIn

ANY = {
    400: "A word or a field makes no sense; it is named under “fields”.",
    401: "Nobody has signed in, or their session has ended, or the key is not known.",
    403: "The person’s roles do not reach this, or a second factor has still to be shown.",
    404: "There is nothing here that the person may see: it is hidden or it never was.",
    406: "Something other than JSON was asked for.",
    429: "The person has asked too often; the Retry-After header says for how many seconds to wait.",
}
CHANGE = {
    409: "A rule does not allow the deed now, or its words repeat a text under seal: say them in other words, or say "
    "why they may stand in “say_openly”.",
    411: "The body comes in pieces, without a Content-Length.",
    413: "The body is too long to be read.",
    415: "The body is not sent as JSON.",
}
ONCE = {422: "The Idempotency-Key came before, with another change."}
VERSION = {
    412: "The record has been changed since it was read: If-Match names another version. What you sent stands beside "
    "what has been said since.",
    428: "If-Match is missing: it names the version that was read.",
}
REFUSALS = dict(sorted((ANY | CHANGE | ONCE | VERSION).items()))


RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}
ETAG = {"ETag": {"description": "Which answer this is: other words, another ETag.", "schema": {"type": "string"}}}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER,
    description="A key of your own, of 1 to 200 characters: sent again, the deed is not done twice; with another "
    "change, it is refused.",
)  # fmt: skip
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The ETag of the answer that you have: 304, and nothing more, if it still holds.",
}


class Fault(serializers.Serializer[Any]):
    """Why not: a sentence and, where fields were at fault, what is wrong with each."""

    detail = serializers.CharField()
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), required=False
    )


class HowToSignIn(OpenApiAuthenticationExtension):
    """What the schema says of signing in."""

    target_class = AlreadySignedIn
    name = ["key", "session"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, str]]:
        """A script's key, or a browser's session."""
        key = {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and the key.",
        }
        return [key, {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}]

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[str]]]:
        """Either of the two, and not both."""
        return [{name: []} for name in self.name]


class Told(AutoSchema):
    """An operation with its refusals, and shapes called by what they are shapes of."""

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        """“Action” for ActionShape."""
        return str(super().get_serializer_name(serializer, direction)).removesuffix("Shape")

    def get_filter_backends(self) -> list[Any]:
        """What a list is narrowed by does not narrow what stands below one of its rows."""
        backends: list[Any] = super().get_filter_backends() if getattr(self.view, "action", "") == "list" else []
        return backends

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)
        if getattr(serializer, "no_others", False):
            return schema | {"additionalProperties": False}
        # What is read comes whole; the library takes a column that may be empty for one that may be left out.
        return schema if isinstance(serializer, Fault) else schema | {"required": list(schema["properties"])}

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """As the library draws it, and the refusals beside it."""
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            if self.method == "GET":
                _may_be_unchanged(operation)
            body = {"application/json": {"schema": self.resolve_serializer(Fault, "response").ref}}
            for code, words in self._refusals(operation).items():
                told = operation["responses"].setdefault(str(code), {"content": body})
                told["description"] = words
            operation["responses"]["429"]["headers"] = RETRY_AFTER
        return operation

    def _refusals(self, operation: dict[str, Any]) -> dict[int, str]:
        """What every address may answer; and those that change something, by the headers that they read."""
        asked = {word["name"] for word in operation.get("parameters", [])}
        changes = CHANGE if self.method in ("POST", "PUT") else {}
        return ANY | changes | (ONCE if "Idempotency-Key" in asked else {}) | (VERSION if "If-Match" in asked else {})


def _may_be_unchanged(operation: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(IF_NONE_MATCH)
    operation["responses"]["200"]["headers"] = ETAG
    operation["responses"]["304"] = {"description": "The answer that you have still holds.", "headers": ETAG}
