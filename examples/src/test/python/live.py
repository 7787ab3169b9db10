"""The Python SDK against a running server, which is described as one JSON object on standard input."""

import asyncio
import json
import shutil
import sys
import tempfile
import threading
import unittest
import urllib.request
from pathlib import Path

import daypass

GIVEN = json.load(sys.stdin)
SEARCH = "find the cheapest flight from New York to London"
OFFERS = "/offers?from=NYC&to=LON"
LONG = 7_200  # seconds: more than an hour waits for a human
CLIENT = daypass.Client(GIVEN["agents"]["buybot"])


def account(task: str = SEARCH, **wishes: object) -> daypass.Opening:
    return daypass.account(task, client=CLIENT, **wishes)


def decide(verb: str, told: dict) -> None:
    request = urllib.request.Request(
        f"{GIVEN['console']}/v1/accounts/{told['id']}/{verb}",
        method="POST",
        headers={"authorization": f"Bearer {GIVEN['operator']}", "content-type": "application/json"},
    )
    with urllib.request.urlopen(request):
        pass


def later(verb: str):
    """Has a human decide while the SDK waits."""
    return lambda told: threading.Thread(target=decide, args=(verb, told)).start()


class Live(unittest.TestCase):
    def test_a_call_is_served_and_the_account_is_gone_after_its_block(self) -> None:
        with account() as acc:
            answer = acc.fetch("flights", OFFERS)
            self.assertEqual(200, answer.status)
            self.assertIn("offers", answer.json())
            self.assertEqual("searchOffers", acc.grant[0]["operation"])
        self.assertEqual("ended", CLIENT.show(acc.id)["state"])
        with self.assertRaises(daypass.Closed):
            acc.fetch("flights", OFFERS)

    def test_what_goes_wrong_in_the_block_ends_the_account_too(self) -> None:
        with self.assertRaises(ZeroDivisionError):
            with account() as acc:
                1 // 0
        self.assertEqual("ended", CLIENT.show(acc.id)["state"])

    def test_a_call_outside_the_grant_is_refused_with_its_step(self) -> None:
        with account() as acc:
            with self.assertRaises(daypass.NotPermitted) as refused:
                acc.fetch("flights", "/users")
            self.assertEqual("permitted", refused.exception.step)
            self.assertEqual(200, acc.fetch("flights", OFFERS).status)

    def test_a_service_that_was_not_granted_is_named(self) -> None:
        with account() as acc:
            with self.assertRaisesRegex(daypass.DaypassError, "nothing at `shop`; it has: flights"):
                acc.fetch("shop", "/")

    def test_words_that_justify_nothing_open_nothing(self) -> None:
        with self.assertRaises(daypass.NothingGranted) as refused:
            with account("sing a song"):
                pass
        self.assertEqual("confine", refused.exception.step)
        self.assertTrue(refused.exception.dropped)

    def test_an_account_that_was_revoked_says_that_it_has_ended(self) -> None:
        with account() as acc:
            CLIENT.complete(acc.id)
            with self.assertRaises(daypass.Ended):
                acc.fetch("flights", OFFERS)

    def test_a_sub_agents_account_ends_with_its_parent(self) -> None:
        with account() as parent:
            child = parent.account(SEARCH)
            self.assertEqual(200, child.fetch("flights", OFFERS).status)
        with self.assertRaises(daypass.Ended):
            child.fetch("flights", OFFERS)

    def test_a_renewed_token_is_served(self) -> None:
        with account() as acc:
            acc.renew()
            self.assertEqual(200, acc.fetch("flights", OFFERS).status)

    def test_the_grant_is_told_as_tools_that_can_be_called(self) -> None:
        with account() as acc:
            (tool,) = acc.tools()
            self.assertEqual("flights_searchOffers", tool.name)
            self.assertEqual("LON", tool.input_schema["properties"]["to"]["const"])
            self.assertIn("offers", acc.call(tool, {"from": "NYC", "to": "LON", "max": 2}).json())
            with self.assertRaises(ValueError):
                acc.call(tool, {"from": "NYC"})
            with self.assertRaises(daypass.NotPermitted):
                acc.call(tool, {"from": "NYC", "to": "PAR"})

    def test_more_is_asked_for_and_had(self) -> None:
        with account() as acc:
            offer = acc.fetch("flights", OFFERS).json()["offers"][0]["id"]
            with self.assertRaises(daypass.NotPermitted):
                acc.fetch("flights", f"/offers/{offer}")
            acc.widen(f"show the details of offer {offer}")
            self.assertEqual(200, acc.fetch("flights", f"/offers/{offer}").status)

    def test_a_human_agrees_and_the_block_begins(self) -> None:
        with account(ttl=LONG, waiting=later("approve")) as acc:
            self.assertEqual(200, acc.fetch("flights", OFFERS).status)

    def test_a_human_says_no(self) -> None:
        told = []
        with self.assertRaises(daypass.NotApproved):
            with account(ttl=LONG + 1, waiting=lambda t: (told.append(t), later("deny")(t))):
                pass
        self.assertEqual("ended", CLIENT.show(told[0]["id"])["state"])

    def test_who_does_not_wait_leaves_nothing_behind(self) -> None:
        told = []
        with self.assertRaises(daypass.NotApproved):
            with account(ttl=LONG + 2, wait=0, waiting=told.append):
                pass
        self.assertEqual("ended", CLIENT.show(told[0]["id"])["state"])

    def test_many_threads_share_an_account(self) -> None:
        with account() as acc:
            statuses: list[int] = []

            def call() -> None:
                answer = acc.fetch("flights", OFFERS)
                answer.read()
                statuses.append(answer.status)

            threads = [threading.Thread(target=call) for _ in range(16)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual([200] * 16, statuses)

    def test_a_server_that_is_not_there_is_told_in_a_sentence(self) -> None:
        with self.assertRaisesRegex(daypass.Unreachable, "does not answer"):
            self.elsewhere("https://127.0.0.1:1").open(daypass.Wish(SEARCH))

    def test_a_host_without_an_identity_says_how_to_get_one(self) -> None:
        with self.assertRaisesRegex(daypass.NoIdentity, "daypass agent enrol"):
            daypass.Client(tempfile.gettempdir() + "/nobody")

    def elsewhere(self, server: str) -> daypass.Client:
        place = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, place)
        for file in ("ca.pem", "cert.pem", "key.pem"):
            shutil.copy(Path(GIVEN["agents"]["buybot"]) / file, place)
        (place / "server").write_text(server)
        return daypass.Client(place)


class LiveAsync(unittest.IsolatedAsyncioTestCase):
    async def test_calls_at_once_are_served(self) -> None:
        async with account() as acc:
            answers = await asyncio.gather(*(acc.fetch("flights", OFFERS) for _ in range(8)))
            read = await asyncio.gather(*(answer.json() for answer in answers))
        self.assertEqual(8, sum("offers" in each for each in read))
        self.assertEqual("ended", CLIENT.show(acc.id)["state"])

    async def test_a_tool_is_called(self) -> None:
        async with account() as acc:
            (tool,) = await acc.tools()
            answer = await acc.call(tool, {"from": "NYC", "to": "LON"})
            self.assertIn("offers", await answer.json())

    async def test_a_body_comes_in_pieces(self) -> None:
        async with account() as acc:
            answer = await acc.fetch("flights", OFFERS)
            whole = b"".join([piece async for piece in answer.pieces()])
        self.assertIn("offers", json.loads(whole))

    async def test_a_sub_agents_account_ends_with_its_block(self) -> None:
        async with account() as parent:
            async with parent.account(SEARCH) as child:
                self.assertEqual(200, (await child.fetch("flights", OFFERS)).status)
            self.assertEqual("ended", CLIENT.show(child.id)["state"])

    async def test_who_is_cancelled_while_it_opens_leaves_nothing_behind(self) -> None:
        told = []
        waits = asyncio.Event()
        loop = asyncio.get_running_loop()

        def waiting(t: dict) -> None:
            told.append(t)
            loop.call_soon_threadsafe(waits.set)

        async def work() -> None:
            async with account(ttl=LONG + 3, waiting=waiting):
                raise AssertionError("nobody agreed to this yet")

        task = asyncio.create_task(work())
        await waits.wait()
        task.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await task
        decide("approve", told[0])
        while CLIENT.show(told[0]["id"])["state"] != "ended":
            await asyncio.sleep(0.05)


unittest.main()
