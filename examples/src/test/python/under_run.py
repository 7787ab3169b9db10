"""The Python SDK in a program under `daypass run`, and what that program cannot do."""

import json
import os
import unittest
import unittest.mock
import urllib.error
import urllib.request

import daypass

API = os.environ["DAYPASS_URL"] + "/.api/v1/accounts"
SEARCH = "find the cheapest flight from New York to London"


def ask(method, url, value=None):
    body = None if value is None else json.dumps(value).encode()
    request = urllib.request.Request(url, data=body, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


class UnderRun(unittest.TestCase):
    def run_account(self):
        return json.loads(ask("GET", os.environ["DAYPASS_URL"])[1])["id"]

    def test_an_account_lies_below_the_runs_and_ends_with_its_block(self):
        with daypass.account(SEARCH) as account:
            self.assertEqual(self.run_account(), account._told["parent"])
            self.assertTrue(account.fetch("flights", "/offers?from=NYC&to=LON").ok)
            with self.assertRaises(daypass.NotPermitted):
                account.fetch("flights", "/users")
            with account.account("find the cheapest flight from New York to London") as inner:
                self.assertEqual(account.id, inner._told["parent"])
                inner.renew()
                self.assertTrue(inner.fetch("flights", "/offers?from=NYC&to=LON").ok)
            place = account.endpoints["flights"]
        self.assertEqual(404, ask("GET", place + "/offers?from=NYC&to=LON")[0])

    def test_a_grant_is_told_as_tools_that_can_be_called(self):
        with daypass.account(SEARCH) as account:
            (tool,) = account.tools()
            self.assertIn("offers", account.call(tool, {"from": "NYC", "to": "LON"}).json())

    def test_no_token_reaches_the_program(self):
        status, text = ask("POST", API, {"task": SEARCH})
        account = json.loads(text)
        self.assertEqual(201, status)
        self.assertNotIn("eyJ", text)
        self.assertTrue(account["endpoints"]["flights"].startswith("http://127.0.0.1:"))
        status, text = ask("POST", f"{API}/{account['id']}/token")
        self.assertEqual(200, status)
        self.assertNotIn("eyJ", text)

    def test_nothing_wider_than_the_run(self):
        with self.assertRaises(daypass.NothingGranted):
            daypass.open("delete the user u-1")

    def test_what_is_the_runs_to_say_the_program_cannot(self):
        for more in (
            {"key": {"jwk": {}}},
            {"lease": "5m"},
            {"delegates": ["magpie"]},
            {"parent": "acc_01KAT4M8ZQ3N5V7X9B1D3F5H7K"},
            {"parent": None},
            {"parent": 7},
            {"parent": []},
            {"parent": {}},
        ):
            self.assertEqual(400, ask("POST", API, {"task": SEARCH, **more})[0], more)
        self.assertEqual(400, ask("POST", API, [SEARCH])[0])

    def test_another_place_in_the_variable_is_no_run(self):
        for place in ("http://127.0.0.1:80@evil.example/x", "http://127.0.0.1:80/x/../y", "http://127.0.0.1.evil.example:80/x"):
            with unittest.mock.patch.dict(os.environ, DAYPASS_URL=place), self.assertRaises(daypass.NoIdentity):
                daypass.Client()

    def test_accounts_of_others_and_other_calls_are_not_there(self):
        run = self.run_account()
        other = "acc_01KAT4M8ZQ3N5V7X9B1D3F5H7K"
        with daypass.account(SEARCH) as account:
            for method, path in (
                ("GET", f"/{other}"),
                ("POST", f"/{other}/token"),
                ("POST", f"/{run}/token"),
                ("POST", f"/{run}/complete"),
                ("POST", f"/{account.id}/lease"),
                ("DELETE", f"/{account.id}"),
                ("GET", f"/{account.id}/../{other}"),
                ("GET", f"/{account.id}/services/unknown/x"),
                ("GET", f"/{account.id}?x=1"),
                ("GET", ""),
            ):
                self.assertEqual(404, ask(method, API + path)[0], path)
        self.assertEqual(404, ask("GET", os.environ["DAYPASS_URL"] + "/.api/v1/explain")[0])


if __name__ == "__main__":
    unittest.main()
