import { pathToFileURL } from 'node:url';
import { initChatModel } from 'langchain';
import { account } from 'daypass';
import { work } from './agent.mjs';

/** The account lives as long as the agent works. */
export function cheapest(model) {
  return account('find the cheapest flight from New York to London', (flight) => work(flight, model));
}

// MODEL=anthropic:claude-sonnet-4-5 node flights.mjs (with the package of that provider)
if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await cheapest(await initChatModel(process.env.MODEL)));
}
