"""A block for AutoGPT that makes one call with a temporary account, and holds no key.

It goes into `autogpt_platform/backend/backend/blocks/`; see the README beside it.
"""

import json
from typing import Any

import daypass

from backend.data.block import Block, BlockCategory, BlockOutput, BlockSchemaInput, BlockSchemaOutput
from backend.data.model import SchemaField


class DaypassCallBlock(Block):
    """Opens an account for a task, calls a service through the edge, ends the account."""

    class Input(BlockSchemaInput):
        task: str = SchemaField(
            description="What is about to be done, in words; nothing else will be permitted",
            placeholder="find the cheapest flight from New York to London",
        )
        service: str = SchemaField(description="Name of the service at Daypass", placeholder="flights")
        path: str = SchemaField(description="Path at the service, with its query", placeholder="/offers?from=NYC&to=LON")
        method: str = SchemaField(description="HTTP method", default="GET", advanced=True)
        body: Any = SchemaField(description="JSON to send; none where it is empty", default=None, advanced=True)
        ttl: int = SchemaField(description="Seconds that the account may live", default=600, advanced=True)
        patience: int = SchemaField(
            description="Seconds to wait for a human where one must agree", default=300, advanced=True
        )

    class Output(BlockSchemaOutput):
        response: Any = SchemaField(description="What the service answered: JSON, or text")
        status: int = SchemaField(description="HTTP status of the service")
        account: str = SchemaField(description="Id of the account; the ledger has all that was done with it")
        error: str = SchemaField(description="Why it was refused, by which step, and what to do next")

    def __init__(self) -> None:
        super().__init__(
            id="6f1c2f7e-52d0-4a35-9d8b-0a4b0f6a3f1d",
            description="Calls a service with a temporary account that has what the task needs, and no stored key.",
            categories={BlockCategory.DEVELOPER_TOOLS},
            input_schema=DaypassCallBlock.Input,
            output_schema=DaypassCallBlock.Output,
            test_input={"task": "find flights", "service": "flights", "path": "/offers"},
            test_output=[("account", "acc_0"), ("status", 200), ("response", {"offers": []})],
            test_mock={"call": lambda *_: _answered("acc_0", 200, {"offers": []})},
        )

    @staticmethod
    async def call(task: str, service: str, path: str, method: str, body: Any, ttl: int, patience: int) -> tuple[str, int, Any]:
        """One call in an account of its own."""
        async with daypass.account(task, services=[service], calls=1, ttl=ttl, wait=patience) as account:
            answer = await account.fetch(service, path, method=method, json=body)
            return account.id, answer.status, _content(await answer.text())

    async def run(self, input_data: Input, **_: Any) -> BlockOutput:
        try:
            account, status, response = await self.call(
                input_data.task,
                input_data.service,
                input_data.path,
                input_data.method,
                input_data.body,
                input_data.ttl,
                input_data.patience,
            )
        except daypass.DaypassError as error:
            yield "error", str(error)
        else:
            yield "account", account
            yield "status", status
            yield "response", response


async def _answered(account: str, status: int, response: Any) -> tuple[str, int, Any]:
    return account, status, response


def _content(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
