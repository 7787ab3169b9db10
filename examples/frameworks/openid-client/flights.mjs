import { pathToFileURL } from 'node:url';
import { byCertificate, call, end, open } from './agent.mjs';

/** Gets a token for the task, uses it, and ends the account. */
export async function cheapest(config) {
  const { access_token: token } = await open(config, 'find the cheapest flight from New York to London', { ttl: 600 });
  try {
    const answer = await call(config, token, 'flights', '/offers?from=NYC&to=LON');
    return (await answer.json()).offers[0];
  } finally {
    await end(config, token);
  }
}

// node flights.mjs NAME
if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await cheapest(await byCertificate(process.argv[2])));
}
