"""The page that explains the API, drawn from the same schema that machines read.

The library's own pages run under our policy but fail on contrast, on names of fields and at 320 pixels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator

from people.openapi import IF_NONE_MATCH, REFUSALS

FORMATS = {"date": "date", "date-time": "instant", "time": "time of day", "decimal": "number as text"}
TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a shape, or one word that can be asked; `shape` is the shape that it holds, if it holds one."""

    name: str
    kind: str
    shape: str
    note: str
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an operation may answer."""

    code: str
    says: str
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method at one address."""

    collection: str
    method: str
    address: str
    says: str
    asks: list[Field]
    sends: str
    form: str
    """What may be sent as a form, where there is such a thing."""
    answers: list[Answer]


def api_docs(request: HttpRequest) -> HttpResponse:
    """Every address, what can be asked and sent there, what is answered, and the shapes of it."""
    collections, shapes = described()
    return render(request, "api_docs.html", {"collections": collections, "shapes": shapes, "refusals": REFUSALS})


@cache
def described() -> tuple[list[tuple[str, list[Operation]]], list[tuple[str, str, list[Field]]]]:
    """The schema in words, made once: it is the same for every reader."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    parts = schema["components"]["schemas"]
    found = sorted(_operations(schema, parts), key=lambda operation: operation.collection)
    collections = [(name, list(each)) for name, each in groupby(found, key=lambda operation: operation.collection)]
    shapes = [(name, part.get("description", ""), _fields(part, parts)) for name, part in parts.items()]
    return collections, [shape for shape in shapes if shape[2]]


def _operations(schema: dict[str, Any], parts: dict[str, Any]) -> Iterator[Operation]:
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield Operation(
                collection=operation["tags"][0],
                method=method.upper(),
                address=address,
                says=operation.get("description", ""),
                asks=[_asked(word, parts) for word in operation.get("parameters", []) if word != IF_NONE_MATCH],
                sends=_body(operation.get("requestBody"), "application/json"),
                form=_body(operation.get("requestBody"), "multipart/form-data"),
                answers=[_answer(code, answer) for code, answer in _good(operation["responses"])],
            )


def _asked(word: dict[str, Any], parts: dict[str, Any]) -> Field:
    where = {"query": "", "path": "In the address", "header": "A header"}[word["in"]]
    note = ". ".join(filter(None, (where, word.get("description", "").split("\n\n*")[0].rstrip("."))))
    kind, shape = _kind(word["schema"], parts)
    return Field(name=word["name"], kind=kind, shape=shape, note=note, needed=True)


def _fields(part: dict[str, Any], parts: dict[str, Any]) -> list[Field]:
    needed = part.get("required", [])
    return [_field(name, of, parts, is_needed=name in needed) for name, of in part.get("properties", {}).items()]


def _field(name: str, of: dict[str, Any], parts: dict[str, Any], *, is_needed: bool) -> Field:
    kind, shape = _kind(of, parts)
    note = "" if shape else of.get("description", "").split("* `")[0].strip()
    return Field(name=name, kind=kind, shape=shape, note=note, needed=is_needed)


def _kind(of: dict[str, Any], parts: dict[str, Any]) -> tuple[str, str]:
    """What it is, in words, and the shape that it holds."""
    nothing = " or null" if of.get("nullable") else ""
    one = (of.get("allOf") or of.get("oneOf") or [of])[0]
    if "$ref" in one:
        name = _name(one)
        return (_kind(parts[name], parts)[0] + nothing, "") if "enum" in parts[name] else (nothing, name)
    if "enum" in one:
        return "one of " + ", ".join(str(value) for value in one["enum"]) + nothing, ""
    if one.get("type") == "array":
        kind, shape = _kind(one["items"], parts)
        return f"list of {kind}".strip() + nothing, shape
    return FORMATS.get(one.get("format", ""), TYPES.get(one.get("type", ""), "anything")) + nothing, ""


def _body(said: dict[str, Any] | None, kind: str) -> str:
    return _name(said["content"][kind]["schema"]) if said and kind in said["content"] else ""


def _good(answers: dict[str, Any]) -> list[tuple[str, Any]]:
    """The refusals are the same everywhere, and are said once."""
    return sorted((code, answer) for code, answer in answers.items() if code.startswith("2"))


def _answer(code: str, answer: dict[str, Any]) -> Answer:
    content = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return Answer(code=code, says=answer.get("description", ""), shape=_name(content))


def _name(reference: dict[str, Any]) -> str:
    return str(reference.get("$ref", "")).rpartition("/")[2]
