import { account } from "daypass";

await account("find the cheapest flight from New York to London", async (flight) => {
    const answer = await flight.fetch("flights", "/offers?from=NYC&to=LON");
    console.log((await answer.json()).offers[0]);
});
