"""What a block needs of AutoGPT's `backend.data.model`, for tests."""

from dataclasses import dataclass
from typing import Any

NEEDED = object()


@dataclass(frozen=True)
class Field:
    description: str
    default: Any


def SchemaField(description: str, default: Any = NEEDED, placeholder: str = "", advanced: bool = False) -> Any:
    return Field(description, default)
