"""What a block needs of AutoGPT's `backend.data.block`, for tests. Written for Daypass from what that module does:

- `run` is an async generator of (output, data); `execute` checks the input first and each output after, and turns an
  output called `error` into a failure.
- Fields are annotated and described by `SchemaField`; an output schema has `error: str`.

It uses no pydantic, knows the types str, int and Any only, and writes nothing to a database.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from enum import Enum
from typing import Any, get_type_hints

from .model import NEEDED, Field, SchemaField

BlockInput = dict[str, Any]
BlockOutput = AsyncGenerator[tuple[str, Any], None]


class BlockCategory(Enum):
    DEVELOPER_TOOLS = "Developer tools"


class BlockError(Exception):
    """Any failure of a block."""


class BlockSchema:
    @classmethod
    def fields(cls) -> dict[str, tuple[type, Field]]:
        return {name: (kind, getattr(cls, name)) for name, kind in get_type_hints(cls).items()}

    @classmethod
    def mismatch(cls, name: str, value: Any) -> str | None:
        if name not in cls.fields():
            return f"no field {name}"
        kind, _ = cls.fields()[name]
        return None if kind is Any or isinstance(value, kind) else f"{name} is not {kind.__name__}"

    def __init__(self, **data: Any) -> None:
        for name, (_, field) in self.fields().items():
            if name not in data and field.default is NEEDED:
                raise BlockError(f"{name} is missing")
            setattr(self, name, data.get(name, field.default))


class BlockSchemaInput(BlockSchema):
    pass


class BlockSchemaOutput(BlockSchema):
    error: str = SchemaField(description="Error message", default="")


class Block(ABC):
    def __init__(
        self,
        id: str = "",
        description: str = "",
        categories: set[BlockCategory] | None = None,
        input_schema: type[BlockSchema] = BlockSchemaInput,
        output_schema: type[BlockSchema] = BlockSchemaOutput,
        test_input: BlockInput | None = None,
        test_output: list[tuple[str, Any]] | None = None,
        test_mock: dict[str, Any] | None = None,
    ) -> None:
        self.id = id
        self.description = description
        self.categories = categories or set()
        self.input_schema = input_schema
        self.output_schema = output_schema
        self.test_input = test_input
        self.test_output = test_output
        self.test_mock = test_mock

    @abstractmethod
    def run(self, input_data: Any, **kwargs: Any) -> BlockOutput: ...

    async def execute(self, input_data: BlockInput, **kwargs: Any) -> BlockOutput:
        given = {name: value for name, value in input_data.items() if value is not None}
        for name, value in given.items():
            if wrong := self.input_schema.mismatch(name, value):
                raise BlockError(f"invalid input: {wrong}")
        async for name, value in self.run(self.input_schema(**given), **kwargs):
            if name == "error":
                raise BlockError(value)
            if wrong := self.output_schema.mismatch(name, value):
                raise BlockError(f"invalid output: {wrong}")
            yield name, value
