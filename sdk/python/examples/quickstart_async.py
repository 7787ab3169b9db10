import asyncio

import daypass


async def main() -> None:
    async with daypass.account("find the cheapest flight from New York to London") as account:
        answer = await account.fetch("flights", "/offers?from=NYC&to=LON")
        print((await answer.json())["offers"][0])


asyncio.run(main())
