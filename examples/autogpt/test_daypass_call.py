"""The block against a running server, which is described as one JSON object on standard input."""

import asyncio
import json
import re
import sys
import unittest
import uuid

import daypass
from backend.data.block import BlockError
from daypass_call import DaypassCallBlock

GIVEN = json.load(sys.stdin)
TASK = "find the cheapest flight from New York to London"
OFFERS = "/offers?from=NYC&to=LON"


def executed(**given):
    async def all_of_it():
        return [each async for each in DaypassCallBlock().execute(given, graph_id="g", user_id="u")]

    return asyncio.run(all_of_it())


def client():
    return daypass.Client(GIVEN["agents"]["buybot"])


class DaypassCall(unittest.TestCase):
    def test_a_call_is_served_and_its_account_is_over(self):
        out = dict(executed(task=TASK, service="flights", path=OFFERS))

        self.assertEqual(200, out["status"])
        self.assertIn("offers", out["response"])
        self.assertEqual("ended", client().show(out["account"])["state"])

    def test_what_the_words_do_not_justify_fails_with_the_step(self):
        with self.assertRaisesRegex(BlockError, "at `permitted`.*next: "):
            executed(task=TASK, service="flights", path="/users")

    def test_a_task_that_justifies_nothing_fails(self):
        with self.assertRaisesRegex(BlockError, "at `confine`"):
            executed(task="delete the user u-1", service="flights", path="/users/u-1", method="DELETE")

    def test_what_the_service_refuses_is_its_answer(self):
        out = dict(executed(task=TASK, service="flights", path=f"{OFFERS}&date=never"))

        self.assertEqual(400, out["status"])

    def test_a_human_who_does_not_come_is_an_error_and_no_account_stays(self):
        with self.assertRaisesRegex(BlockError, "nobody agreed"):
            executed(task=TASK, service="flights", path=OFFERS, ttl=7200, patience=0)

    def test_wrong_input_is_refused_before_anything_opens(self):
        with self.assertRaisesRegex(BlockError, "task is missing"):
            executed(service="flights", path=OFFERS)

    def test_it_is_what_autogpt_loads(self):
        block = DaypassCallBlock()

        self.assertEqual(block.id, str(uuid.UUID(block.id)))
        self.assertTrue(type(block).__name__.endswith("Block"))
        self.assertTrue(re.fullmatch("[a-z0-9_]+", DaypassCallBlock.__module__))
        for schema in (block.input_schema, block.output_schema):
            for kind, field in schema.fields().values():
                self.assertIsNotNone(kind)
                self.assertTrue(field.description)

    def test_its_own_test_values_fit_its_schemas(self):
        block = DaypassCallBlock()
        block.call = block.test_mock["call"]

        async def all_of_it():
            return [each async for each in block.execute(block.test_input)]

        self.assertEqual(block.test_output, asyncio.run(all_of_it()))


if __name__ == "__main__":
    unittest.main()
