import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Client,
  DpopSession,
  PrivateKeyJwtProvider,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { PrivateKeyJwtProvider as OlderProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { check, run } from './harness.mjs';
import { names } from './sdk.mjs';
import { endpoint, fetchOf, given } from './world.mjs';

const VERSION = '2026-07-28';

/** The client's own provider; all that is added is what its documentation says of DPoP. */
class Provider extends PrivateKeyJwtProvider {
  constructor() {
    super({
      clientId: 'prover',
      privateKey: readFileSync(join(given.accounts.prover.agent, 'key.pem'), 'utf8'),
      algorithm: 'ES256',
      expectedIssuer: given.issuer,
    });
    this.session = DpopSession.create();
  }

  dpop() {
    return this.session;
  }
}

/** A client without a certificate: the platform's own fetch, which notes what was sent and answered. */
async function connected(options = {}, provider = new Provider()) {
  const heard = [];
  const transport = new StreamableHTTPClientTransport(endpoint('modern'), {
    authProvider: provider,
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      const headers = new Headers(init?.headers);
      heard.push({ path: new URL(url).pathname, headers, body: init?.body, status: answer.status });
      return answer;
    },
  });
  const client = new Client({ name: 'interop', version: '1' }, options);
  await client.connect(transport);
  return { client, heard, provider };
}

const stateless = { versionNegotiation: { mode: { pin: VERSION } } };
const calls = (heard) => heard.filter((one) => one.path === '/modern/mcp');
const claims = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());

check('the newer client finds out whom to ask, gets a token that is bound to its key, and calls with it', async () => {
  const { client, heard, provider } = await connected(stateless);

  assert.deepEqual(names((await client.listTools()).tools), ['read_note']);
  const answer = await client.callTool({ name: 'read_note', arguments: { text: 'hello' } });
  await client.close();

  assert.deepEqual(answer.content, [{ type: 'text', text: 'note: hello' }]);
  assert.equal(calls(heard)[0].status, 401, 'it begins without a token');
  assert.ok(heard.some((one) => one.path === '/.well-known/oauth-protected-resource/modern/mcp' && one.status === 200));
  assert.ok(heard.some((one) => one.path === '/.well-known/oauth-authorization-server' && one.status === 200));
  const tokens = provider.tokens();
  assert.equal(tokens.token_type.toLowerCase(), 'dpop');
  assert.deepEqual(Object.keys(claims(tokens.access_token).cnf), ['jkt']);
  const served = calls(heard).filter((one) => one.status === 200);
  assert.ok(served.length >= 2);
  for (const { headers } of served) {
    assert.equal(headers.get('authorization'), `DPoP ${tokens.access_token}`);
    assert.equal(headers.get('mcp-protocol-version'), VERSION);
    assert.equal(claims(headers.get('dpop')).htu, `${given.issuer}/modern/mcp`);
  }
  const proofs = served.map((one) => claims(one.headers.get('dpop')).jti);
  assert.equal(new Set(proofs).size, proofs.length, 'a proof is used once');
});

check('it asks for the token of the very address of the server, and for one nonce', async () => {
  const { client, heard } = await connected(stateless);
  await client.listTools();
  await client.close();

  const asked = heard.filter((one) => one.path === '/oauth2/token');
  assert.deepEqual(asked.map((one) => one.status), [400, 200], 'the nonce, then the token');
  assert.equal(new URLSearchParams(asked[1].body).get('resource'), `${given.issuer}/modern/mcp`);
  assert.deepEqual(calls(heard).map((one) => one.status).filter((status) => status === 401), [401]);
});

check('the same client speaks the older revisions with proofs, sessions and all', async () => {
  const { client, heard } = await connected();

  assert.deepEqual(names((await client.listTools()).tools), ['read_note']);
  const answer = await client.callTool({ name: 'read_note', arguments: { text: 'old' } });
  await client.close();

  assert.deepEqual(answer.content, [{ type: 'text', text: 'note: old' }]);
  assert.ok(calls(heard).some((one) => one.headers.has('mcp-session-id') && one.headers.has('dpop')));
});

check('what is not granted stays refused, however often the client steps up', async () => {
  const { client, heard } = await connected(stateless);

  await assert.rejects(client.callTool({ name: 'read_page', arguments: { text: 'x' } }), /insufficient_scope/);
  await client.close();

  const refused = calls(heard).filter((one) => one.status === 403);
  assert.ok(refused.length >= 1 && refused.length <= 4, `${refused.length} tries`);
});

/** One request of the stateless revision, with what a thief may have. */
async function stolen(headers) {
  const body = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'read_note',
      arguments: { text: 'stolen' },
      _meta: {
        'io.modelcontextprotocol/protocolVersion': VERSION,
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  };
  return fetch(endpoint('modern'), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': VERSION,
      'mcp-method': 'tools/call',
      'mcp-name': 'read_note',
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

/** A token, its key and the nonce of the moment. */
async function got() {
  const { client, provider } = await connected(stateless);
  await client.listTools();
  await client.close();
  return { token: provider.tokens().access_token, session: await provider.dpop() };
}

check('a stolen token is worth nothing as bearer, nor with the proof of another key', async () => {
  const { token, session } = await got();
  const thief = await DpopSession.create();
  const nonceless = await stolen({
    authorization: `DPoP ${token}`,
    dpop: await thief.buildProof({ htm: 'POST', htu: endpoint('modern'), accessToken: token }),
  });
  thief.observeNonce(nonceless, endpoint('modern'));
  const mine = await thief.buildProof({ htm: 'POST', htu: endpoint('modern'), accessToken: token });

  assert.equal((await stolen({ authorization: `Bearer ${token}` })).status, 401);
  assert.equal((await stolen({ authorization: `DPoP ${token}` })).status, 401);
  const answer = await stolen({ authorization: `DPoP ${token}`, dpop: mine });
  assert.equal(answer.status, 401);
  assert.match(await answer.text(), /another key/);
  assert.ok(session);
});

check('a proof that was seen on its way is not taken twice', async () => {
  const { token, session } = await got();
  const proof = await session.buildProof({ htm: 'POST', htu: endpoint('modern'), accessToken: token });
  const headers = { authorization: `DPoP ${token}`, dpop: proof };

  const first = await stolen(headers);
  await first.text();
  const second = await stolen(headers);

  assert.equal(first.status, 200);
  assert.equal(second.status, 401);
});

check('the older client, which knows no proofs, finds everything and calls over its certificate', async () => {
  const provider = new OlderProvider({
    clientId: 'prover',
    privateKey: readFileSync(join(given.accounts.prover.agent, 'key.pem'), 'utf8'),
    algorithm: 'ES256',
  });
  const client = new OlderClient({ name: 'interop', version: '1' });
  await client.connect(new OlderTransport(endpoint('modern'), { authProvider: provider, fetch: fetchOf('prover') }));

  const answer = await client.callTool({ name: 'read_note', arguments: { text: 'older' } });
  await client.close();

  assert.deepEqual(answer.content, [{ type: 'text', text: 'note: older' }]);
  assert.deepEqual(Object.keys(claims(provider.tokens().access_token).cnf), ['x5t#S256']);
});

await run();
process.exit(0);
