"""What no line of the product may do, each rule a question to a module's syntax that answers with lines of code."""

import ast
from collections.abc import Callable, Iterator

ASKING = {"filter", "exclude", "get", "Q", "order_by", "values", "values_list", "annotate", "aggregate", "alias",
          "get_or_create", "update_or_create"}  # fmt: skip
"""Words of a queryset: a mapping poured into one lets whoever filled it choose what is asked."""
PEOPLE = {"request", "person", "user", "by", "actor", "reader", "visitor"}
CACHING = {"cache_page", "cache_control", "UpdateCacheMiddleware", "FetchFromCacheMiddleware", "CacheMiddleware"}


def poured_in(tree: ast.AST) -> Iterator[ast.AST]:
    """`filter(**asked)`: CVE-2025-64459, CVE-2023-47117. Names that the code itself lists are in capitals."""
    for call in _calls(tree):
        poured = [word.value for word in call.keywords if word.arg is None]
        poured += [word.value for word in call.args if isinstance(word, ast.Starred)]
        if _name(call.func) in ASKING and not all(map(_is_constant, poured)):
            yield call


def every_field(tree: ast.AST) -> Iterator[ast.AST]:
    """`fields = "__all__"`: a column added tomorrow would be shown and written from then on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value == "__all__":
            yield node


def said_to_be_safe(tree: ast.AST) -> Iterator[ast.AST]:
    """Text that is called markup though the code did not write all of it."""
    for call in _calls(tree):
        whole = call.args and isinstance(call.args[0], ast.Constant)
        if _name(call.func) in ("mark_safe", "SafeString", "SafeText") or (_name(call.func) == "Markup" and not whole):
            yield call


def sql_put_together(tree: ast.AST) -> Iterator[ast.AST]:
    """SQL that is not a text of the code's own."""
    for call in _calls(tree):
        if _name(call.func) in ("execute", "executemany") and call.args and not _is_constant(call.args[0]):
            yield call


def raw_sql(tree: ast.AST) -> Iterator[ast.AST]:
    """SQL within a queryset."""
    for call in _calls(tree):
        if _name(call.func) in ("raw", "extra", "RawSQL"):
            yield call


def kept_for_the_next(tree: ast.AST) -> Iterator[ast.AST]:
    """Answers kept for whoever asks next: whole pages, or what a function said of a person."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and _name(node) in CACHING:
            yield node
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.split(".")[-1] in CACHING:
            yield node
        if isinstance(node, ast.FunctionDef) and _is_cached(node) and PEOPLE & {arg.arg for arg in _args(node)}:
            yield node


def told_to_a_log(tree: ast.AST) -> Iterator[ast.AST]:
    """Words of ours for a log or a terminal: Django's own lines, which name no record, are all that is logged."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node
        if isinstance(node, (ast.Import, ast.ImportFrom)) and _imported(node) & {"logging", "warnings"}:
            yield node


RULES: dict[str, Callable[[ast.AST], Iterator[ast.AST]]] = {
    rule.__name__: rule
    for rule in (
        poured_in, every_field, said_to_be_safe, sql_put_together, raw_sql, kept_for_the_next, told_to_a_log,
    )
}  # fmt: skip


def broken(code: str, rule: str) -> list[str]:
    """The lines that break a rule."""
    lines = code.splitlines()
    return [lines[node.lineno - 1].strip() for node in RULES[rule](ast.parse(code))]  # type: ignore[attr-defined]


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(of: ast.AST) -> str:
    """“filter” of `found.filter`."""
    return of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""


def _is_constant(of: ast.AST) -> bool:
    return isinstance(of, ast.Constant) or _name(of).isupper()


def _args(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _is_cached(function: ast.FunctionDef) -> bool:
    marks = [mark.func if isinstance(mark, ast.Call) else mark for mark in function.decorator_list]
    return any(_name(mark) in ("cache", "lru_cache") for mark in marks)


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {node.module or ""} if isinstance(node, ast.ImportFrom) else {name.name for name in node.names}
