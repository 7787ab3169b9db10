"""The vectors that every SDK passes: `spec/vectors/sdk`."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

from daypass import _events, errors
from daypass._http import refuse_framing, target
from daypass._tools import Tool, tool_request

VECTORS = Path(__file__).resolve().parents[3] / "spec" / "vectors" / "sdk"


def cases(name: str) -> list[dict[str, Any]]:
    read = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))["cases"]
    assert read, name
    return read


class Vectors(unittest.TestCase):
    def test_an_answer_is_the_error_that_it_says_or_the_services_own(self) -> None:
        for case in cases("problems"):
            with self.subTest(case["name"]):
                headers = {**case["headers"], "content-type": case["content_type"]}
                refused = errors.refusal(case["status"], headers, case["body"].encode())
                if case["error"] is None:
                    self.assertIsNone(refused)
                    continue
                assert refused is not None
                self.assertEqual(case["error"], type(refused).__name__)
                self.assertEqual(case["step"], refused.step)
                self.assertEqual(case["next"], refused.next)
                self.assertEqual(case.get("retry_after"), refused.retry_after)

    def test_a_path_leads_below_its_endpoint_or_nowhere(self) -> None:
        for case in cases("targets"):
            with self.subTest(case["name"]):
                if case.get("refused"):
                    with self.assertRaises(ValueError):
                        target(case["endpoint"], case["path"])
                else:
                    self.assertEqual(case["url"], target(case["endpoint"], case["path"]))

    def test_header_fields_that_frame_a_message_are_not_a_callers(self) -> None:
        for case in cases("fields"):
            with self.subTest(case["name"]):
                if case.get("refused"):
                    with self.assertRaises(ValueError):
                        refuse_framing([case["field"]])
                else:
                    refuse_framing([case["field"]])

    def test_a_tools_call_is_one_request_or_none(self) -> None:
        read = json.loads((VECTORS / "tools.json").read_text("utf-8"))
        for case in cases("tools"):
            with self.subTest(case["name"]):
                tool = Tool.of(read[case.get("tool", "tool")])
                if case.get("refused"):
                    with self.assertRaises(ValueError):
                        tool_request(tool, case["arguments"])
                    continue
                made = tool_request(tool, case["arguments"])
                self.assertEqual((case["path"], case["headers"], case.get("body")), (made.path, made.headers, made.json))
                self.assertEqual(json.dumps(case.get("body")), json.dumps(made.json))

    def test_events_are_read_however_they_are_cut(self) -> None:
        for case in cases("events"):
            with self.subTest(case["name"]):
                read = _events.events(piece.encode() for piece in case["pieces"])
                self.assertEqual(case["events"], [vars(event) for event in read])


if __name__ == "__main__":
    unittest.main()
