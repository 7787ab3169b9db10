import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { granted, SEARCH } from './grants.mjs';
import { check } from './harness.mjs';
import { known, shopper, stranger, task } from './world.mjs';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

async function exchanged(by, subject, words) {
  const response = await oauth.genericTokenEndpointRequest(
    known,
    by.metadata,
    oauth.TlsClientAuth(),
    EXCHANGE,
    { subject_token: subject, subject_token_type: ACCESS_TOKEN, authorization_details: task(words) },
    { [oauth.customFetch]: by.fetch },
  );
  return oauth.processGenericTokenEndpointResponse(known, by.metadata, response);
}

check('a client that was named exchanges a token for one of its own (RFC 8693)', async () => {
  assert.ok(known.grant_types_supported.includes(EXCHANGE));
  const parent = await granted({ authorization_details: task(SEARCH, { ttl: 600, delegates: ['stranger'] }) });

  const answer = await exchanged(stranger, parent.access_token, SEARCH);
  const claims = decodeJwt(answer.access_token);

  assert.equal(answer.issued_token_type, ACCESS_TOKEN);
  assert.equal(claims.client_id, 'stranger');
  assert.deepEqual(claims.cnf, { 'x5t#S256': stranger.thumbprint });
  assert.equal(claims.act.sub, 'stranger');
  assert.deepEqual(claims.act.act, { sub: 'shopper', account: decodeJwt(parent.access_token).sub });
});

check('a client that only got hold of a token exchanges nothing', async () => {
  const parent = await granted({ authorization_details: task(SEARCH) });

  await assert.rejects(
    exchanged(stranger, parent.access_token, SEARCH),
    (error) => error instanceof oauth.ResponseBodyError && error.error === 'invalid_request',
  );
  assert.equal((await exchanged(shopper, parent.access_token, SEARCH)).issued_token_type, ACCESS_TOKEN);
});
