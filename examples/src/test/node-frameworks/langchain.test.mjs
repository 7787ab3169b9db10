// The agents of LangChain against a running server, which is described as one JSON object on standard input.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Client } from 'daypass';
import { agentOf, work } from './agent.mjs';
import { cheapest } from './flights.mjs';
import { Scripted } from './scripted.mjs';
import { toolsOf } from './tools.mjs';

const given = JSON.parse(readFileSync(0, 'utf8'));
const SEARCH = 'find the cheapest flight from New York to London';
const ROUTE = { from: 'NYC', to: 'LON' };
const client = await Client.connect(given.identity);

/** Looks for offers and names the first, as the shop has the cheapest first. */
function searching() {
  return new Scripted({ name: 'flights_searchOffers', args: ROUTE }, (seen) => JSON.parse(seen).offers[0].id);
}

async function within(use) {
  const account = await client.open(SEARCH);
  try {
    await use(account);
  } finally {
    await account.close();
  }
}

test('an agent finds the cheapest flight', async () => {
  const model = searching();
  assert.match(await cheapest(model), /^of-nyc-lon-/);
  assert.deepEqual(model.offered.map((one) => one.name), ['flights_searchOffers']);
});

test('the account has ended when the agent is done', async () => {
  const account = await client.open(SEARCH);
  await work(account, searching());
  await account.close();
  assert.equal((await client.show(account.id)).state, 'ended');
});

test('a tool shows the bounds of the grant', () => within(async (account) => {
  const [search] = await toolsOf(account);
  assert.deepEqual([search.schema.properties.from.const, search.schema.properties.to.const], ['NYC', 'LON']);
  assert.deepEqual(search.schema.required, ['from', 'to']);
  assert.match(search.description, /^Operation searchOffers of the service flights\. The service says: "/);
}));

test('what was not granted is no tool', () => within(async (account) => {
  const model = new Scripted({ name: 'flights_payBooking', args: { bookingId: 'b-1' } }, 'pity');
  assert.equal(await work(account, model), 'pity');
  assert.match(model.seen.at(-1).text, /flights_payBooking is not a valid tool, try one of \[flights_searchOffers\]/);
}));

test('what the schema does not take is not sent', () => within(async (account) => {
  const model = new Scripted({ name: 'flights_searchOffers', args: { ...ROUTE, to: 'PAR' } }, 'pity');
  assert.equal(await work(account, model), 'pity');
  assert.match(model.seen.at(-1).text, /did not match expected schema/);
}));

test('a refused call comes back to the model with the step', () => within(async (account) => {
  const [tool] = await account.tools();
  const wider = { ...tool, path: '/users', inputSchema: { type: 'object' }, arguments: {} };
  const forged = { task: SEARCH, tools: async () => [wider], call: (...all) => account.call(...all) };
  const model = new Scripted({ name: 'flights_searchOffers', args: {} }, 'pity');
  assert.equal(await work(forged, model), 'pity');
  const last = model.seen.at(-1);
  assert.equal(last.status, 'error');
  assert.match(last.text, /^refused at step permitted: .+ Next: /);
}));

test('an account that was revoked says so to the model', () => within(async (account) => {
  const agent = await agentOf(account, new Scripted({ name: 'flights_searchOffers', args: ROUTE }, 'pity'));
  await client.complete(account.id);
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: SEARCH }] });
  assert.match(messages.at(-2).text, /^refused at step fresh: /);
}));

test('a widened account has more tools', () => within(async (account) => {
  assert.equal((await account.tools()).length, 1);
  await account.widen('show the details of offer of-nyc-lon-1');
  assert.ok((await account.tools()).some((one) => one.name === 'flights_getOffer'));
}));

test("the tools of another agent's account are not told", async () => {
  const other = await Client.connect(given.other);
  await within(async (account) => {
    await assert.rejects(other.ask('GET', `/v1/accounts/${account.id}/tools`), (e) => e.status === 404);
  });
  other.close();
});

test.after(() => client.close());
