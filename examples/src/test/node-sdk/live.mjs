// The TypeScript SDK against a running server, which is described as one JSON object on standard input.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, Closed, DaypassError, Ended, NoIdentity, NotApproved, NotPermitted, NothingGranted, Unreachable } from 'daypass';

const given = JSON.parse(readFileSync(0, 'utf8'));
const SEARCH = 'find the cheapest flight from New York to London';
const OFFERS = '/offers?from=NYC&to=LON';
const LONG = 7_200; // seconds: more than an hour waits for a human
const client = await Client.connect(given.agents.buybot);

async function decide(verb, told) {
  const answer = await fetch(`${given.console}/v1/accounts/${told.id}/${verb}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${given.operator}`, 'content-type': 'application/json' },
  });
  assert.ok(answer.ok, await answer.text());
}

async function within(work, task = SEARCH, wishes = {}) {
  const account = await client.open(task, wishes);
  try {
    await work(account);
  } finally {
    await account.close();
  }
}

async function status(account, path = OFFERS) {
  const answer = await account.fetch('flights', path);
  await answer.text();
  return answer.status;
}

test('a call is served, and the account is gone once it is closed', async () => {
  const account = await client.open(SEARCH);
  const answer = await account.fetch('flights', OFFERS);
  assert.equal(answer.status, 200);
  assert.ok((await answer.json()).offers.length > 0);
  assert.equal(account.grant[0].operation, 'searchOffers');
  await account.close();
  assert.equal((await client.show(account.id)).state, 'ended');
  await assert.rejects(account.fetch('flights', OFFERS), Closed);
});

test('a call outside the grant is refused with its step', () => within(async (account) => {
  await assert.rejects(account.fetch('flights', '/users'), (e) => e instanceof NotPermitted && e.step === 'permitted');
  assert.equal(await status(account), 200);
}));

test('a service that was not granted is named', () => within(async (account) => {
  await assert.rejects(account.fetch('shop', '/'), (e) => e instanceof DaypassError && /nothing at `shop`; it has: flights/.test(e.message));
}));

test('words that justify nothing open nothing', async () => {
  await assert.rejects(client.open('sing a song'), (e) => e instanceof NothingGranted && e.problem.dropped.length > 0);
});

test('an account that was revoked says that it has ended', () => within(async (account) => {
  await client.complete(account.id);
  await assert.rejects(account.fetch('flights', OFFERS), Ended);
}));

test("a sub-agent's account ends with its parent", async () => {
  const parent = await client.open(SEARCH);
  const child = await parent.open(SEARCH);
  assert.equal(await status(child), 200);
  await parent.close();
  await assert.rejects(child.fetch('flights', OFFERS), Ended);
});

test('the grant is told as tools that can be called', () => within(async (account) => {
  const [tool] = await account.tools();
  assert.equal(tool.name, 'flights_searchOffers');
  assert.equal(tool.inputSchema.properties.to.const, 'LON');
  assert.equal((await (await account.call(tool, { from: 'NYC', to: 'LON', max: 2 })).json()).offers.length, 2);
  await assert.rejects(account.call(tool, { from: 'NYC' }), TypeError);
  await assert.rejects(account.call(tool, { from: 'NYC', to: 'PAR' }), NotPermitted);
}));

test('a renewed token is served', () => within(async (account) => {
  await account.renew();
  assert.equal(await status(account), 200);
}));

test('more is asked for and had', () => within(async (account) => {
  const [offer] = (await (await account.fetch('flights', OFFERS)).json()).offers;
  await assert.rejects(account.fetch('flights', `/offers/${offer.id}`), NotPermitted);
  await account.widen(`show the details of offer ${offer.id}`);
  assert.equal(await status(account, `/offers/${offer.id}`), 200);
}));

test('a human agrees, and the account is open', () => within(
  async (account) => assert.equal(await status(account), 200),
  SEARCH, { ttl: LONG, waiting: (told) => void decide('approve', told) }));

test('a human says no', async () => {
  let id;
  const waiting = (told) => { id = told.id; void decide('deny', told); };
  await assert.rejects(client.open(SEARCH, { ttl: LONG + 1, waiting }), NotApproved);
  assert.equal((await client.show(id)).state, 'ended');
});

test('who does not wait leaves nothing behind', async () => {
  let id;
  await assert.rejects(client.open(SEARCH, { ttl: LONG + 2, wait: 0, waiting: (told) => { id = told.id; } }), NotApproved);
  assert.equal((await client.show(id)).state, 'ended');
});

test('calls at once are served', () => within(async (account) => {
  assert.deepEqual(await Promise.all(Array.from({ length: 16 }, () => status(account))), Array(16).fill(200));
}));

test('a server that is not there is told in a sentence', async () => {
  const place = mkdtempSync(join(tmpdir(), 'identity'));
  try {
    for (const file of ['ca.pem', 'cert.pem', 'key.pem']) {
      copyFileSync(join(given.agents.buybot, file), join(place, file));
    }
    writeFileSync(join(place, 'server'), 'https://127.0.0.1:1');
    const elsewhere = await Client.connect(place);
    await assert.rejects(elsewhere.open(SEARCH), (e) => e instanceof Unreachable && /does not answer/.test(e.message));
  } finally {
    rmSync(place, { recursive: true });
  }
});

test('a host without an identity says how to get one', async () => {
  await assert.rejects(Client.connect(join(tmpdir(), 'nobody')), (e) => e instanceof NoIdentity && /daypass agent enrol/.test(e.message));
});

test.after(() => client.close());
