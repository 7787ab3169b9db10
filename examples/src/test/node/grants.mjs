import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { check } from './harness.mjs';
import { anonymous, known, resource, shopper, stranger, task } from './world.mjs';

export const SEARCH = 'find the cheapest offers from New York to London';

/** The client-credentials grant, by certificate unless told otherwise. */
export async function granted(parameters, { by = shopper, authentication = oauth.TlsClientAuth(), over = by } = {}) {
  const response = await oauth.clientCredentialsGrantRequest(known, by.metadata, authentication, parameters, {
    [oauth.customFetch]: over.fetch,
  });
  assert.equal(response.headers.get('cache-control'), 'no-store');
  return oauth.processClientCredentialsResponse(known, by.metadata, response);
}

/** The error that a grant is refused with. */
export async function refused(parameters, options) {
  try {
    await granted(parameters, options);
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) {
      return { status: error.status, ...error.cause };
    }
    throw error;
  }
  throw new assert.AssertionError({ message: 'was granted' });
}

check('a client with a certificate gets a token for its task (RFC 8705, RFC 9396)', async () => {
  const answer = await granted({ authorization_details: task(SEARCH, { ttl: 600 }) });
  const claims = decodeJwt(answer.access_token);
  const [details] = answer.authorization_details;

  assert.equal(answer.token_type, 'bearer');
  assert.equal(answer.refresh_token, undefined);
  assert.ok(answer.expires_in > 590 && answer.expires_in <= 600, String(answer.expires_in));
  assert.equal(details.type, 'agent_task');
  assert.equal(details.task, SEARCH);
  assert.deepEqual(
    details.grant.map(({ operation, constraints }) => ({ operation, constraints })),
    [{ operation: 'searchOffers', constraints: { 'query.from': ['NYC'], 'query.to': ['LON'] } }],
  );
  assert.equal(claims.client_id, 'shopper');
  assert.equal(claims.aud, resource('shop'));
  assert.deepEqual(claims.cnf, { 'x5t#S256': shopper.thumbprint });
});

check('a signed assertion does as well as a certificate (RFC 7523)', async () => {
  const authentication = oauth.PrivateKeyJwt({ key: shopper.key, kid: 'any' });

  for (const over of [anonymous, shopper]) {
    const answer = await granted({ authorization_details: task(SEARCH) }, { authentication, over });

    assert.deepEqual(decodeJwt(answer.access_token).cnf, { 'x5t#S256': shopper.thumbprint });
  }
});

check('an assertion may say what it is, and may go without a key id', async () => {
  for (const typ of ['JWT', 'client-authentication+jwt']) {
    const authentication = oauth.PrivateKeyJwt(shopper.key, {
      [oauth.modifyAssertion]: (header) => void (header.typ = typ),
    });
    const answer = await granted({ authorization_details: task(SEARCH) }, { authentication, over: anonymous });

    assert.ok(answer.access_token);
  }
});

check('without details the default task for the one resource counts (RFC 8707)', async () => {
  const answer = await granted({ resource: resource('shop') });

  assert.equal(decodeJwt(answer.access_token).aud, resource('shop'));
  assert.equal(answer.authorization_details[0].task, 'find offers');
  assert.deepEqual(answer.authorization_details[0].grant.map((g) => g.operation), ['searchOffers']);
});

check('a resource narrows the task to its service', async () => {
  const words = 'find offers and papers';
  const both = await granted({ authorization_details: task(words) });
  const one = await granted({ authorization_details: task(words), resource: resource('library') });

  assert.deepEqual(decodeJwt(both.access_token).aud, [resource('library'), resource('shop')]);
  assert.equal(decodeJwt(one.access_token).aud, resource('library'));
  assert.deepEqual([...new Set(one.authorization_details[0].grant.map((g) => g.service))], ['library']);
});

check('a token from either way of asking is accepted at the edge with the certificate', async () => {
  const url = new URL(resource('shop') + '/offers?from=NYC&to=LON');
  for (const [authentication, over] of [
    [oauth.TlsClientAuth(), shopper],
    [oauth.PrivateKeyJwt(shopper.key), anonymous],
  ]) {
    const { access_token } = await granted({ authorization_details: task(SEARCH) }, { authentication, over });
    const served = await oauth.protectedResourceRequest(access_token, 'GET', url, undefined, null, {
      [oauth.customFetch]: shopper.fetch,
    });

    assert.equal(served.status, 200);
    for (const thief of [stranger, anonymous]) {
      await assert.rejects(
        oauth.protectedResourceRequest(access_token, 'GET', url, undefined, null, { [oauth.customFetch]: thief.fetch }),
        (error) => error.cause[0].parameters.error === 'invalid_token',
        thief.name,
      );
    }
  }
});

check('a task that justifies nothing is refused as authorization details', async () => {
  const { status, error } = await refused({ authorization_details: task('sing a song') });

  assert.deepEqual({ status, error }, { status: 400, error: 'invalid_authorization_details' });
});

check('a client without a default task for the resource must say its task', async () => {
  const { error } = await refused({ resource: resource('library') });

  assert.equal(error, 'invalid_target');
});
