import assert from 'node:assert/strict';
import { calculateJwkThumbprint, decodeJwt, exportJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import { SEARCH } from './grants.mjs';
import { check } from './harness.mjs';
import { anonymous, known, resource, shopper, task } from './world.mjs';

const OFFERS = new URL(resource('shop') + '/offers?from=NYC&to=LON');

/** A client that cannot do mutual TLS: it signs assertions, and proves a key of its own. */
async function prover() {
  const keys = await oauth.generateKeyPair('ES256', { extractable: true });
  return {
    keys,
    thumbprint: await calculateJwkThumbprint(await exportJWK(keys.publicKey)),
    proof: oauth.DPoP(shopper.metadata, keys),
  };
}

function ask(by, parameters = { authorization_details: task(SEARCH, { ttl: 600 }) }) {
  return oauth.clientCredentialsGrantRequest(
    known, shopper.metadata, oauth.PrivateKeyJwt(shopper.key), parameters,
    { DPoP: by.proof, [oauth.customFetch]: anonymous.fetch },
  );
}

/** The grant, with one more try where a nonce is wanted; says how many tries it took. */
async function granted(by, parameters) {
  for (let tries = 1; ; tries++) {
    const response = await ask(by, parameters);
    try {
      return { tries, ...(await oauth.processClientCredentialsResponse(known, shopper.metadata, response)) };
    } catch (error) {
      if (tries > 1 || !oauth.isDPoPNonceError(error)) {
        throw error;
      }
    }
  }
}

async function call(by, accessToken, { url = OFFERS, method = 'GET' } = {}) {
  for (let tries = 1; ; tries++) {
    try {
      return await oauth.protectedResourceRequest(accessToken, method, url, undefined, null, {
        DPoP: by.proof, [oauth.customFetch]: anonymous.fetch,
      });
    } catch (error) {
      if (tries > 1 || !oauth.isDPoPNonceError(error)) {
        throw error;
      }
    }
  }
}

function challenge(error) {
  return error.cause.find((one) => one.scheme === 'dpop')?.parameters.error;
}

check('a client without a certificate gets a token bound to its key, with the nonce that it is told (RFC 9449)', async () => {
  const by = await prover();
  const first = await granted(by);
  const second = await granted(by);

  assert.equal(first.token_type, 'dpop');
  assert.deepEqual(decodeJwt(first.access_token).cnf, { jkt: by.thumbprint });
  assert.equal(first.tries, 2, 'the first request cannot know the nonce');
  assert.equal(second.tries, 1, 'the second one does');
});

check('it calls with the nonce of the token endpoint, for both are one origin', async () => {
  const by = await prover();
  const { access_token: accessToken } = await granted(by);

  const answer = await oauth.protectedResourceRequest(accessToken, 'GET', OFFERS, undefined, null, {
    DPoP: by.proof, [oauth.customFetch]: anonymous.fetch,
  });

  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { served: true });
});

check('it is told the nonce by a call, too', async () => {
  const by = await prover();
  const { access_token: accessToken } = await granted(by);
  const forgetful = { proof: oauth.DPoP(shopper.metadata, by.keys) };

  const answer = await call(forgetful, accessToken);

  assert.equal(answer.status, 200);
});

check('ten calls at once, each with a proof of its own, are all served', async () => {
  const by = await prover();
  const { access_token: accessToken } = await granted(by);

  const answers = await Promise.all(Array.from({ length: 10 }, () => call(by, accessToken)));

  assert.deepEqual(answers.map((answer) => answer.status), Array(10).fill(200));
});

check('a token with another key\'s proof, or as bearer, is refused', async () => {
  const by = await prover();
  const { access_token: accessToken } = await granted(by);
  const thief = await prover();

  await assert.rejects(call(thief, accessToken), (error) => challenge(error) === 'invalid_dpop_proof');
  await assert.rejects(
    oauth.protectedResourceRequest(accessToken, 'GET', OFFERS, undefined, null, { [oauth.customFetch]: anonymous.fetch }),
    (error) => error.cause.some((one) => one.scheme === 'bearer' && one.parameters.error === 'invalid_token'),
  );
  await assert.rejects(
    oauth.protectedResourceRequest(accessToken, 'GET', OFFERS, undefined, null, { [oauth.customFetch]: shopper.fetch }),
    (error) => error.cause.some((one) => one.scheme === 'bearer' && one.parameters.error === 'invalid_token'),
  );
});

check('what is outside the grant is refused with a proof, too', async () => {
  const by = await prover();
  const { access_token: accessToken } = await granted(by);

  const error = await call(by, accessToken, { url: new URL(resource('shop') + '/cards') }).catch((caught) => caught);

  assert.equal(error.status ?? error.cause?.status ?? error.response?.status, 403);
});

check('a strict resource server finds binding and proof in order', async () => {
  const by = await prover();
  const { access_token: accessToken } = await granted(by);
  let sent;
  await oauth.protectedResourceRequest(accessToken, 'GET', OFFERS, undefined, null, {
    DPoP: by.proof,
    [oauth.customFetch]: (url, options) => {
      sent = new Request(url, options);
      return anonymous.fetch(url, options);
    },
  });

  const claims = await oauth.validateJwtAccessToken(known, sent, resource('shop'), { requireDPoP: true });

  assert.equal(claims.cnf.jkt, by.thumbprint);
});

check('introspection says that the token is bound to a key', async () => {
  const by = await prover();
  const { access_token: accessToken } = await granted(by);
  const response = await oauth.introspectionRequest(
    known, shopper.metadata, oauth.TlsClientAuth(), accessToken, { [oauth.customFetch]: shopper.fetch },
  );

  const answer = await oauth.processIntrospectionResponse(known, shopper.metadata, response);

  assert.equal(answer.token_type, 'DPoP');
  assert.deepEqual(answer.cnf, { jkt: by.thumbprint });
});

check('metadata names what proofs may be signed with', async () => {
  const url = new URL('/.well-known/oauth-protected-resource/shop', known.issuer);
  const service = await (await anonymous.fetch(url)).json();

  assert.deepEqual(known.dpop_signing_alg_values_supported, ['ES256']);
  assert.deepEqual(service.dpop_signing_alg_values_supported, ['ES256']);
  assert.equal(service.dpop_bound_access_tokens_required, false);
});

check('a proof of another algorithm is refused', async () => {
  const keys = await oauth.generateKeyPair('ES384').catch(() => oauth.generateKeyPair('PS256'));
  const by = { proof: oauth.DPoP(shopper.metadata, keys) };

  await assert.rejects(granted(by), (error) => error.error === 'invalid_dpop_proof' && error.status === 400);
});
