import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { SEARCH } from './grants.mjs';
import { check } from './harness.mjs';
import { assertError } from './refusals.mjs';
import { anonymous, known, post, shopper, stranger, task } from './world.mjs';

const rsa = await generateKeyPair('RS256');
const other = await generateKeyPair('ES256');

function now() {
  return Math.floor(Date.now() / 1000);
}

function claims(more = {}) {
  return {
    iss: 'shopper', sub: 'shopper', aud: known.issuer, jti: randomUUID(), iat: now(), exp: now() + 60, ...more,
  };
}

function signed(payload, { header = {}, key = shopper.key, alg = 'ES256' } = {}) {
  return new SignJWT(payload).setProtectedHeader({ alg, ...header }).sign(key);
}

function present(assertion, more = {}, by = anonymous) {
  return post(
    '/oauth2/token',
    {
      grant_type: 'client_credentials',
      authorization_details: task(SEARCH),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...more,
    },
    { by },
  );
}

async function assertRefused(assertions) {
  for (const [what, assertion] of Object.entries(assertions)) {
    await assertError(await present(await assertion), 401, 'invalid_client').catch((error) => {
      error.message = `${what}: ${error.message}`;
      throw error;
    });
  }
}

check('an assertion is accepted once', async () => {
  const assertion = await signed(claims());

  assert.equal((await present(assertion)).status, 200);
  await assertError(await present(assertion), 401, 'invalid_client');
  await assertError(await present(assertion, {}, shopper), 401, 'invalid_client');
});

check('two presentations of one assertion at the same moment get one token', async () => {
  const assertion = await signed(claims());
  const answers = await Promise.all(Array.from({ length: 8 }, () => present(assertion)));

  assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
});

check('an assertion for another audience is refused', () =>
  assertRefused({
    'the token endpoint': signed(claims({ aud: known.token_endpoint })),
    'the issuer with a slash': signed(claims({ aud: known.issuer + '/' })),
    'the issuer in a list': signed(claims({ aud: [known.issuer] })),
    'two audiences': signed(claims({ aud: [known.issuer, 'https://other.example'] })),
    'another server': signed(claims({ aud: 'https://other.example' })),
    'no audience': signed(claims({ aud: undefined })),
  }));

check('an assertion out of its time is refused', () =>
  assertRefused({
    'expired five minutes ago': signed(claims({ exp: now() - 300 })),
    'no end': signed(claims({ exp: undefined })),
    'ten minutes to live': signed(claims({ exp: now() + 600 })),
    'issued in two minutes': signed(claims({ iat: now() + 120 })),
    'not before two minutes from now': signed(claims({ nbf: now() + 120 })),
    'an end beyond all time': signed(claims({ exp: 4e18 })),
    'an end before all time': signed(claims({ exp: -4e18 })),
    'an issue beyond all time': signed(claims({ iat: 4e18 })),
    'an end that is text': signed(claims({ exp: 'later' })),
  }));

check('a clock that is ten seconds ahead is forgiven', async () => {
  const assertion = await signed(claims({ iat: now() + 10, nbf: now() + 10, exp: now() + 70 }));

  assert.equal((await present(assertion)).status, 200);
});

check('an assertion of nobody, or of two, is refused', () =>
  assertRefused({
    'no subject': signed(claims({ sub: undefined })),
    'no issuer': signed(claims({ iss: undefined })),
    'issuer and subject differ': signed(claims({ iss: 'stranger' })),
    'signed by another client': signed(claims(), { key: stranger.key }),
    'signed by nobody known': signed(claims(), { key: other.privateKey }),
    'an unknown client': signed(claims({ iss: 'nobody', sub: 'nobody' })),
    'a client that cannot be': signed(claims({ iss: 'No Body!', sub: 'No Body!' })),
    'no id': signed(claims({ jti: undefined })),
    'an empty id': signed(claims({ jti: '' })),
    'an id that is a number': signed(claims({ jti: 7 })),
    'a long id': signed(claims({ jti: 'x'.repeat(201) })),
  }));

check('an assertion in another form, or of another kind, is refused', async () => {
  const whole = await signed(claims());
  const [header, payload, signature] = whole.split('.');
  await assertRefused({
    'RS256': signed(claims(), { key: rsa.privateKey, alg: 'RS256' }),
    'HS256': signed(claims(), { key: new TextEncoder().encode('k'.repeat(32)), alg: 'HS256' }),
    'no signature': new UnsecuredJWT(claims()).encode(),
    'an access token': signed(claims(), { header: { typ: 'at+jwt' } }),
    'a proof of possession': signed(claims(), { header: { typ: 'dpop+jwt' } }),
    'a key of its own': signed(claims(), { header: { jwk: { kty: 'EC' } } }),
    'a header twice': `${Buffer.from('{"alg":"ES256","alg":"ES256"}').toString('base64url')}.${payload}.${signature}`,
    'a signature cut off': `${header}.${payload}.`,
    'a changed claim': `${header}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.${signature}`,
    'two parts': `${header}.${payload}`,
    'no JSON': `${Buffer.from('none').toString('base64url')}.${payload}.${signature}`,
    'text': 'assertion',
    'more than 8 KB': signed(claims({ padding: 'x'.repeat(9_000) })),
  });
});

check('an assertion must say what it is, and go with its client', async () => {
  const type = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer';

  await assertError(await present(await signed(claims()), { client_assertion_type: type }), 400, 'invalid_request');
  await assertError(await present(await signed(claims()), { client_assertion_type: '' }), 400, 'invalid_request');
  await assertError(await present('', {}), 400, 'invalid_request');
  await assertError(await present('', {}, shopper), 400, 'invalid_request');
  await assertError(await present(await signed(claims()), { client_id: 'stranger' }), 401, 'invalid_client');
  await assertError(await present(await signed(claims()), {}, stranger), 401, 'invalid_client');
});

check('an assertion that is refused is not used up', async () => {
  const jti = randomUUID();

  await assertError(await present(await signed(claims({ jti, exp: now() - 300 }))), 401, 'invalid_client');

  assert.equal((await present(await signed(claims({ jti })))).status, 200);
});
