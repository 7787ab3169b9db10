import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { check, run } from './harness.mjs';
import { names } from './sdk.mjs';
import { bearer, endpoint, fetchOf, post } from './world.mjs';

const VERSION = '2026-07-28';

async function connected(account, options = {}, heard = []) {
  const transport = new StreamableHTTPClientTransport(endpoint('modern'), {
    fetch: async (url, init) => {
      const answer = await fetchOf(account)(url, init);
      const [one, two] = answer.body ? answer.body.tee() : [null, null];
      heard.push({ status: answer.status, sent: init?.headers, text: new Response(two).text() });
      return new Response(one, { status: answer.status, headers: answer.headers });
    },
    requestInit: { headers: bearer(account) },
  });
  const client = new Client(
    { name: 'interop', version: '1' },
    { versionNegotiation: { mode: { pin: VERSION } }, ...options },
  );
  await client.connect(transport);
  return client;
}

check('the newer client speaks the stateless revision through the edge', async () => {
  const heard = [];
  const client = await connected('noter', {}, heard);
  const { tools } = await client.listTools();
  assert.deepEqual(names(tools), ['read_note']);
  const answer = await client.callTool({ name: 'read_note', arguments: { text: 'hello' } });
  assert.deepEqual(answer.content, [{ type: 'text', text: 'note: hello' }]);
  const listed = (await Promise.all(heard.map((h) => h.text))).find((t) => t.includes('"tools":['));
  assert.match(listed, /"cacheScope":"private"/);
  await client.close();
});

check('a tool that is not granted is refused in the stateless revision, too', async () => {
  const client = await connected('noter');
  await assert.rejects(
    client.callTool({ name: 'read_page', arguments: { text: 'x' } }),
    { name: 'InsufficientScopeError' },
  );
  await client.close();
});

check('the newer client, left to itself, speaks the older revisions', async () => {
  const transport = new StreamableHTTPClientTransport(endpoint('modern'), {
    fetch: fetchOf('noter'),
    requestInit: { headers: bearer('noter') },
  });
  const client = new Client({ name: 'interop', version: '1' });
  await client.connect(transport);
  assert.deepEqual(names((await client.listTools()).tools), ['read_note']);
  await client.close();
});

check('a server may ask for input where that was granted, and gets it', async () => {
  const heard = [];
  const client = await connected('asker', { capabilities: { elicitation: { form: {} } } }, heard);
  client.setRequestHandler('elicitation/create', async () => ({
    action: 'accept',
    content: { confirm: true },
  }));
  const answer = await client.callTool({ name: 'ask_question', arguments: {} });
  assert.deepEqual(answer.content, [{ type: 'text', text: 'confirmed' }]);
  const texts = await Promise.all(heard.map((h) => h.text));
  assert.ok(texts.some((t) => /"requestState":"[\w-]{43}\.kept by the client"/.test(t)));
  await client.close();
});

check('a server that asks for input where that was not granted is cut short', async () => {
  const client = await connected('unasked', { capabilities: { elicitation: { form: {} } } });
  client.setRequestHandler('elicitation/create', async () => ({
    action: 'accept',
    content: { confirm: true },
  }));
  await assert.rejects(client.callTool({ name: 'ask_question', arguments: {} }));
  await client.close();
});

check('a state that was given to another account is refused', async () => {
  const heard = [];
  const client = await connected('asker', { inputRequired: { autoFulfill: false } }, heard);
  const request = (state) => ({
    jsonrpc: '2.0',
    id: 5,
    method: 'tools/call',
    params: {
      name: 'ask_question',
      arguments: {},
      inputResponses: {},
      requestState: state,
      _meta: {
        'io.modelcontextprotocol/protocolVersion': VERSION,
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  });
  const headers = { 'mcp-protocol-version': VERSION, 'mcp-method': 'tools/call', 'mcp-name': 'ask_question' };
  const answer = await post('modern', 'asker', request('kept by the client'), headers);
  assert.equal(answer.status, 400);
  assert.match(await answer.text(), /`requestState` was not given to this account/);
  await client.close();
});

await run();
process.exit(0);
