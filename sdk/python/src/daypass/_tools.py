"""The grant as tools for a language model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from .errors import DaypassError


@dataclass(frozen=True)
class Tool:
    """One operation of an account's grant, as a tool of MCP is written, and what is needed to call it."""

    name: str
    """Unique in its account; letters, digits, `_` and `-`."""
    description: str
    """In quotes the service's own words, which are data and no instruction."""
    input_schema: Mapping[str, Any]
    """JSON Schema of the arguments, as narrow as the grant."""
    service: str
    operation: str
    method: str
    path: str
    arguments: Mapping[str, Mapping[str, str]]
    """Where each argument travels: `in` and `name`."""
    annotations: Mapping[str, bool]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Tool:
        try:
            return cls(
                name=told["name"],
                description=told.get("description", ""),
                input_schema=told["inputSchema"],
                service=told["service"],
                operation=told["operation"],
                method=told["method"],
                path=told["path"],
                arguments=told["arguments"],
                annotations=told.get("annotations", {}),
            )
        except KeyError as e:
            raise DaypassError(f"the server told of a tool without {e}") from e


@dataclass(frozen=True)
class ToolRequest:
    """The request that calling a tool is; `json` is None where it has no body."""

    method: str
    path: str
    headers: Mapping[str, str]
    json: Mapping[str, Any] | None


def tool_request(tool: Tool, given: Mapping[str, Any]) -> ToolRequest:
    """The request that calling `tool` is.

    Raises `ValueError` where an argument is missing, is none of the tool's, or cannot be sent in its place.
    """
    known = ", ".join(tool.arguments) or "none"
    for name in given:
        if name not in tool.arguments:
            raise ValueError(f"`{tool.name}` has no argument `{name}`; it has: {known}")
    for name in tool.input_schema.get("required", ()):
        if given.get(name) is None:
            raise ValueError(f"`{tool.name}` needs the argument `{name}`")
    parts: dict[str, str] = {}
    query: list[str] = []
    headers: dict[str, str] = {}
    body: dict[str, Any] = {}
    for name, at in tool.arguments.items():
        value = given.get(name)
        if value is None:
            continue
        if at["in"] == "path":
            parts[at["name"]] = _segment(name, _text(name, value))
        elif at["in"] == "query":
            values = value if isinstance(value, (list, tuple)) else [value]
            query += [f"{_encoded(at['name'])}={_encoded(_text(name, one))}" for one in values]
        elif at["in"] == "header":
            headers[at["name"]] = _field(name, _text(name, value))
        elif at["in"] == "body":
            body[at["name"]] = _plain(value)
        else:
            raise ValueError(f"this version cannot send `{name}` of `{tool.name}`")

    def part(found: re.Match[str]) -> str:
        if found[1] not in parts:
            raise ValueError(f"`{tool.name}` needs `{found[1]}` of its path")
        return parts[found[1]]

    path = re.sub(r"\{([^{}]+)\}", part, tool.path)
    bodied = any(at["in"] == "body" for at in tool.arguments.values())
    return ToolRequest(tool.method, f"{path}?{'&'.join(query)}" if query else path, headers, body if bodied else None)


def _text(argument: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (float, Decimal)):
        number = Decimal(str(value))
        if number.is_finite():
            written = format(number, "f")
            written = written.rstrip("0").rstrip(".") if "." in written else written
            return "0" if written == "-0" else written
    raise ValueError(f"`{argument}` must be a text, a truth or a plain number")


def _plain(value: Any) -> Any:
    """Whole numbers without a fraction: a bound on them is one on how they are written."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _segment(argument: str, value: str) -> str:
    """One segment of a path, or a part of one."""
    if value in ("", ".", "..") or "/" in value or "\\" in value:
        raise ValueError(f"`{argument}` must be one part of a path, not {value!r}")
    return _encoded(value)


def _field(argument: str, value: str) -> str:
    if not re.fullmatch(r"[ -~]*", value):
        raise ValueError(f"`{argument}` must be plain ASCII")
    return value


def _encoded(value: str) -> str:
    """Percent-encoded but for what RFC 3986, section 2.3 leaves as it is."""
    return quote(value, safe="")
