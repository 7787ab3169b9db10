// openid-client against a running server, which is described as one JSON object on standard input.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { WWWAuthenticateChallengeError } from 'openid-client';
import { byAssertion, byCertificate, call, delegate, end, open } from './agent.mjs';
import { cheapest } from './flights.mjs';

const given = JSON.parse(readFileSync(0, 'utf8'));
const SEARCH = 'find the cheapest flight from New York to London';
const OFFERS = '/offers?from=NYC&to=LON';
const config = await byCertificate('agent');

function claims(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
}

/** The error of a call that the edge refuses for its token. */
async function challenged(calling) {
  const error = await calling.then(() => assert.fail('was served'), (e) => e);
  assert.ok(error instanceof WWWAuthenticateChallengeError, String(error));
  return error.cause.map((one) => one.parameters.error);
}

test('the agent gets a token for its task and finds the cheapest flight', async () => {
  assert.match((await cheapest(config)).id, /^of-nyc-lon-/);
});

test('the answer tells what was granted (RFC 9396), and the token is bound to the certificate (RFC 8705)', async () => {
  const { access_token: token, authorization_details: [granted], token_type: type } = await open(config, SEARCH);
  assert.deepEqual(granted.grant.map((one) => one.operation), ['searchOffers']);
  assert.equal(type, 'bearer');
  assert.ok(claims(token).cnf['x5t#S256']);
  await end(config, token);
});

test('a token that was revoked is worth nothing (RFC 7009)', async () => {
  const { access_token: token } = await open(config, SEARCH);
  await end(config, token);
  assert.ok((await challenged(call(config, token, 'flights', OFFERS))).includes('invalid_token'));
});

test("a token is worth nothing with another agent's certificate", async () => {
  const { access_token: token } = await open(config, SEARCH);
  const thief = await byCertificate('other', given.other);
  assert.ok((await challenged(call(thief, token, 'flights', OFFERS))).includes('invalid_token'));
  await end(config, token);
});

test('what was not granted is refused', async () => {
  const { access_token: token } = await open(config, SEARCH);
  assert.ok((await challenged(call(config, token, 'flights', '/users'))).includes('insufficient_scope'));
  await end(config, token);
});

test("a sub-agent's account lies inside its parent's and ends with it (RFC 8693)", async () => {
  const { access_token: parent } = await open(config, SEARCH);
  const { access_token: child, issued_token_type: type } = await delegate(config, parent, SEARCH);
  assert.equal(type, 'urn:ietf:params:oauth:token-type:access_token');
  assert.equal((await call(config, child, 'flights', OFFERS)).status, 200);
  await end(config, parent);
  assert.ok((await challenged(call(config, child, 'flights', OFFERS))).includes('invalid_token'));
});

test('without mutual TLS a token is bound to a key that each call proves (RFC 9449)', async () => {
  const { config: plain, DPoP } = await byAssertion('agent');
  const { access_token: token, token_type: type } = await open(plain, SEARCH, { DPoP });
  assert.equal(type, 'dpop');
  assert.ok(claims(token).cnf.jkt);
  assert.equal((await call(plain, token, 'flights', OFFERS, { DPoP })).status, 200);
  await assert.rejects(call(plain, token, 'flights', OFFERS));
  await end(plain, token);
});

test('a task that justifies nothing gets no token', async () => {
  await assert.rejects(open(config, 'sing a song'), (e) => e.error === 'invalid_authorization_details');
});
