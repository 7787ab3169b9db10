import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { check, run } from './harness.mjs';
import { bearer, endpoint, fetchOf, given } from './world.mjs';

const VERSION = '2026-07-28';
const FOLLOWS_LINKS = { elicitation: { form: {}, url: {} } };

/** An account of its own that has asked for more: a widening that waits for a human. */
async function waiting(reason = 'delete the note') {
  const { agent } = given.accounts.keeper;
  const opened = await json('keeper', '/v1/accounts', { task: 'read a note', ttl: '10m' });
  given.accounts[opened.id] = { agent, token: opened.access_token };
  if (reason) {
    await json(opened.id, `/v1/accounts/${opened.id}/widen`, { reason });
  }
  return opened.id;
}

async function json(account, path, body) {
  const answer = await fetchOf(account)(new URL(path, given.issuer), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
}

async function human(verb, account) {
  const answer = await fetch(`${given.console}/v1/accounts/${account}/${verb}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${given.operator}` },
  });
  assert.ok(answer.ok, `${verb}: ${answer.status} ${await answer.text()}`);
}

async function connected(account, options = {}) {
  const transport = new StreamableHTTPClientTransport(endpoint('modern'), {
    fetch: fetchOf(account),
    requestInit: { headers: bearer(account) },
  });
  const client = new Client(
    { name: 'interop', version: '1' },
    { versionNegotiation: { mode: { pin: VERSION } }, capabilities: FOLLOWS_LINKS, ...options },
  );
  await client.connect(transport);
  return client;
}

const manual = { inputRequired: { autoFulfill: false } };
const deletion = (text, more = {}) => ({ name: 'delete_note', arguments: { text }, ...more });
const refused = { name: 'InsufficientScopeError' };

check('a call that waits for a human says so, and goes through once the human has agreed', async () => {
  const account = await waiting();
  const client = await connected(account);
  const led = [];
  client.setRequestHandler('elicitation/create', async ({ params }) => {
    led.push(params);
    await human('approve', account);
    return { action: 'accept' };
  });

  const answer = await client.callTool(deletion('a'));
  await client.close();

  assert.deepEqual(answer.content, [{ type: 'text', text: 'deleted: a' }]);
  assert.equal(led.length, 1);
  assert.equal(led[0].mode, 'url');
  assert.equal(led[0].url, `${given.issuer}/v1/accounts/${account}`);
});

check('it goes on waiting as long as nobody has decided', async () => {
  const account = await waiting();
  const client = await connected(account, manual);

  const first = await client.callTool(deletion('b'), { allowInputRequired: true });
  const inputResponses = { approval: { action: 'accept' } };
  const second = await client.callTool(deletion('b', { requestState: first.requestState, inputResponses }), {
    allowInputRequired: true,
  });
  await client.close();

  assert.equal(first.resultType, 'input_required');
  assert.equal(second.resultType, 'input_required');
  assert.deepEqual(Object.keys(second.inputRequests), ['approval']);
});

check('only the request that waited goes through: not another one, and not one that never waited', async () => {
  const account = await waiting();
  const client = await connected(account, manual);
  const { requestState } = await client.callTool(deletion('c'), { allowInputRequired: true });
  await human('approve', account);

  await assert.rejects(client.callTool(deletion('c')), refused);
  await assert.rejects(client.callTool(deletion('d', { requestState })), /requestState|400/);
  const answer = await client.callTool(deletion('c', { requestState }));
  await client.close();

  assert.deepEqual(answer.content, [{ type: 'text', text: 'deleted: c' }]);
});

check('what waited for one account is nothing to another, approved or not', async () => {
  const [one, other] = [await waiting(), await waiting()];
  const client = await connected(one, manual);
  const { requestState } = await client.callTool(deletion('e'), { allowInputRequired: true });
  await client.close();
  await human('approve', other);
  const thief = await connected(other, manual);

  await assert.rejects(thief.callTool(deletion('e', { requestState })), /requestState|400/);
  await thief.close();
});

check('a human\'s no, and a user\'s, are refusals', async () => {
  const account = await waiting();
  const client = await connected(account, manual);
  const { requestState } = await client.callTool(deletion('f'), { allowInputRequired: true });

  const inputResponses = { approval: { action: 'decline' } };
  await assert.rejects(client.callTool(deletion('f', { requestState, inputResponses })), refused);
  await human('deny', account);
  await assert.rejects(client.callTool(deletion('f', { requestState })), refused);
  await assert.rejects(client.callTool(deletion('f')), refused);
  await client.close();
});

check('what the widening would not cover is refused as ever', async () => {
  const client = await connected(await waiting(), manual);

  await assert.rejects(client.callTool({ name: 'read_page', arguments: { text: 'x' } }), refused);
  await client.close();
});

check('nothing waits where nothing was asked, nor for a client that cannot lead its user, nor in the older revisions', async () => {
  const unasked = await connected(await waiting(null), manual);
  await assert.rejects(unasked.callTool(deletion('g')), refused);
  await unasked.close();

  const account = await waiting();
  const blind = await connected(account, { ...manual, capabilities: { elicitation: { form: {} } } });
  await assert.rejects(blind.callTool(deletion('g')), refused);
  await blind.close();

  const older = await connected(account, { versionNegotiation: undefined });
  await assert.rejects(older.callTool(deletion('g')), refused);
  await older.close();
});

check('an account that has ended waits for nothing', async () => {
  const account = await waiting();
  const client = await connected(account, manual);
  const { requestState } = await client.callTool(deletion('h'), { allowInputRequired: true });
  await human('approve', account);
  await json(account, `/v1/accounts/${account}/complete`, {});

  await assert.rejects(client.callTool(deletion('h', { requestState })), /401|Unauthorized|invalid_token/);
});

await run();
process.exit(0);
