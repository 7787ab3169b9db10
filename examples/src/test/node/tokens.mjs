import assert from 'node:assert/strict';
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { granted, SEARCH } from './grants.mjs';
import { check } from './harness.mjs';
import { anonymous, known, post, resource, shopper, stranger, task } from './world.mjs';

async function token() {
  return (await granted({ authorization_details: task(SEARCH, { ttl: 600 }) })).access_token;
}

async function introspected(accessToken, by = shopper) {
  const response = await oauth.introspectionRequest(known, by.metadata, oauth.TlsClientAuth(), accessToken, {
    [oauth.customFetch]: by.fetch,
  });
  assert.equal(response.headers.get('cache-control'), 'no-store');
  return oauth.processIntrospectionResponse(known, by.metadata, response);
}

async function revoke(accessToken, by = shopper) {
  const response = await oauth.revocationRequest(known, by.metadata, oauth.TlsClientAuth(), accessToken, {
    [oauth.customFetch]: by.fetch,
  });
  return oauth.processRevocationResponse(response);
}

function presented(accessToken) {
  return new Request(resource('shop'), { headers: { authorization: `Bearer ${accessToken}` } });
}

check('jose verifies a token by the published keys (RFC 9068, section 4)', async () => {
  const keys = createRemoteJWKSet(new URL(known.jwks_uri));
  const expected = { issuer: known.issuer, audience: resource('shop'), typ: 'at+jwt', algorithms: ['ES256'] };
  const accessToken = await token();

  const { payload, protectedHeader } = await jwtVerify(accessToken, keys, {
    ...expected,
    requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti', 'cnf', 'task_id', 'rsh', 'tenant'],
  });

  assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
  assert.match(payload.sub, /^acc_/);
  assert.equal(Buffer.from(payload.jti, 'base64url').length, 16);
  assert.ok(accessToken.length <= 4096);
  await assert.rejects(
    jwtVerify(accessToken, keys, { ...expected, audience: resource('library') }),
    errors.JWTClaimValidationFailed,
  );
  const [header, , signature] = accessToken.split('.');
  const forged = Buffer.from(JSON.stringify({ ...payload, client_id: 'stranger' })).toString('base64url');
  await assert.rejects(
    jwtVerify(`${header}.${forged}.${signature}`, keys, expected),
    errors.JWSSignatureVerificationFailed,
  );
});

check('published keys hold no private part and are named', async () => {
  const { keys } = await (await anonymous.fetch(known.jwks_uri)).json();

  assert.ok(keys.length > 0);
  for (const key of keys) {
    assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  }
});

check('a strict resource server finds every claim in order, up to the binding that it does not know', async () => {
  const accessToken = await token();

  // It knows DPoP only, and rightly refuses a token whose binding it cannot check.
  await assert.rejects(
    oauth.validateJwtAccessToken(known, presented(accessToken), resource('shop')),
    (error) =>
      error instanceof oauth.UnsupportedOperationError && /Confirmation method/.test(error.message),
  );
  await assert.rejects(
    oauth.validateJwtAccessToken(known, presented(accessToken), resource('library')),
    (error) => error.code === oauth.INVALID_REQUEST || error.code === oauth.JWT_CLAIM_COMPARISON,
  );
  await assert.rejects(
    oauth.validateJwtAccessToken({ ...known, issuer: 'https://other.example' }, presented(accessToken), resource('shop')),
    (error) => !(error instanceof oauth.UnsupportedOperationError),
  );
});

check('introspection tells the holder what its token is (RFC 7662)', async () => {
  const accessToken = await token();
  const claims = decodeJwt(accessToken);
  const answer = await introspected(accessToken);

  assert.equal(answer.active, true);
  for (const member of ['iss', 'sub', 'client_id', 'iat', 'exp', 'jti', 'cnf', 'task_id']) {
    assert.deepEqual(answer[member], claims[member], member);
  }
  assert.deepEqual([answer.aud].flat(), [claims.aud].flat());
  assert.equal(answer.token_type.toLowerCase(), 'bearer');
  assert.equal(answer.authorization_details[0].type, 'agent_task');
});

check('introspection says nothing of what is no token, or of another client\'s', async () => {
  const accessToken = await token();
  const [header, payload, signature] = accessToken.split('.');

  for (const [what, by] of [
    ['no-token', shopper],
    ['a.b.c', shopper],
    ['\u0000\u00e9"\\', shopper],
    ['x'.repeat(20_000), shopper],
    [`${header}.${payload}.${signature.slice(0, -4)}AAAA`, shopper],
    [`${header}..${signature}`, shopper],
    [accessToken, stranger],
  ]) {
    assert.deepEqual(await introspected(what, by), { active: false });
  }
});

check('a revoked token is inactive and refused at once, and revoking twice is no error (RFC 7009)', async () => {
  const accessToken = await token();

  await revoke(accessToken);
  await revoke(accessToken);

  assert.deepEqual(await introspected(accessToken), { active: false });
  await assert.rejects(
    oauth.protectedResourceRequest(
      accessToken, 'GET', new URL(resource('shop') + '/offers?from=NYC&to=LON'), undefined, null,
      { [oauth.customFetch]: shopper.fetch },
    ),
    (error) => error.cause[0].parameters.error === 'invalid_token',
  );
});

check('revoking what is no token is no error', async () => {
  for (const what of ['no-token', 'a.b.c', '..']) {
    await revoke(what);
  }
});

check('a client cannot revoke another client\'s token', async () => {
  const accessToken = await token();

  await assert.rejects(revoke(accessToken, stranger), (error) => error.error === 'unauthorized_client');

  assert.equal((await introspected(accessToken)).active, true);
});

check('an unknown hint is ignored', async () => {
  const accessToken = await token();
  const response = await post('/oauth2/introspect', {
    client_id: 'shopper', token: accessToken, token_type_hint: 'refresh_token',
  });

  assert.equal((await response.json()).active, true);
});

check('revocation and introspection want a client and a token', async () => {
  for (const path of ['/oauth2/revoke', '/oauth2/introspect']) {
    const nobody = await post(path, { token: 'x' }, { by: anonymous });
    const nothing = await post(path, { client_id: 'shopper' });

    assert.equal(nobody.status, 401, path);
    assert.equal((await nobody.json()).error, 'invalid_client', path);
    assert.equal(nothing.status, 400, path);
    assert.equal((await nothing.json()).error, 'invalid_request', path);
  }
});
