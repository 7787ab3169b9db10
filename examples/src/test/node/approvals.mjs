import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { granted, refused, SEARCH } from './grants.mjs';
import { check } from './harness.mjs';
import { anonymous, known, operator, resource, shopper, stranger, task } from './world.mjs';

// Each case asks for something that no other asked for, so that it waits on its own.
let lifetime = 7_200;

function long(words = SEARCH) {
  return { authorization_details: task(words, { ttl: lifetime++ }) };
}

/** One poll for what waits (OpenID Connect CIBA, section 10.1). */
async function poll(id, by = shopper) {
  const response = await oauth.backchannelAuthenticationGrantRequest(
    known, by.metadata, oauth.TlsClientAuth(), id, { [oauth.customFetch]: by.fetch });
  return oauth.processBackchannelAuthenticationGrantResponse(known, by.metadata, response);
}

async function pollError(id, by) {
  try {
    await poll(id, by);
  } catch (error) {
    assert.ok(error instanceof oauth.ResponseBodyError, String(error));
    assert.equal(error.status, 400);
    return error.error;
  }
  throw new assert.AssertionError({ message: 'was granted' });
}

check('what needs a human is told so, with an id to ask by', async () => {
  const answer = await refused(long());

  assert.equal(answer.status, 400);
  assert.equal(answer.error, 'interaction_required');
  assert.match(answer.auth_req_id, /^[A-Za-z0-9._-]{20,}$/);
  assert.ok(Number.isInteger(answer.interval) && answer.interval > 0);
  assert.ok(Number.isInteger(answer.expires_in) && answer.expires_in > 0);
  assert.ok(answer.approval_uri.startsWith('https://'));
});

check('asking again asks no second human', async () => {
  const request = long();
  const first = await refused(request);
  const again = await refused(request);
  const otherwise = await refused(request, {
    authentication: oauth.PrivateKeyJwt(shopper.key), over: anonymous,
  });

  assert.equal(again.auth_req_id, first.auth_req_id);
  assert.equal(otherwise.auth_req_id, first.auth_req_id);
  assert.ok(again.expires_in <= first.expires_in);
});

check('asking at the same moment asks no second human', async () => {
  const request = long();
  await Promise.all(Array.from({ length: 6 }, () => pollError('acc_none'))); // six connections, open
  const answers = await Promise.all(Array.from({ length: 6 }, () => refused(request)));

  assert.equal(new Set(answers.map((answer) => answer.auth_req_id)).size, 1);
});

check('an aware client polls until the human agrees', async () => {
  const { auth_req_id } = await refused(long());

  assert.equal(await pollError(auth_req_id), 'authorization_pending');
  await operator('POST', `/v1/accounts/${auth_req_id}/approve`);
  const answer = await poll(auth_req_id);

  assert.equal(decodeJwt(answer.access_token).sub, auth_req_id);
  assert.equal(answer.authorization_details[0].task, SEARCH);
});

check('a client that only tries again succeeds once the human agreed, and gets that account', async () => {
  const request = long();
  const { auth_req_id } = await refused(request);

  await operator('POST', `/v1/accounts/${auth_req_id}/approve`);
  const answer = await granted(request);

  assert.equal(decodeJwt(answer.access_token).sub, auth_req_id);
});

check('one approval is for one account', async () => {
  const request = long();
  const { auth_req_id } = await refused(request);
  await operator('POST', `/v1/accounts/${auth_req_id}/approve`);
  await granted(request);

  const next = await refused(request);

  assert.equal(next.error, 'interaction_required');
  assert.notEqual(next.auth_req_id, auth_req_id);
});

check('a refusal by the human reaches both kinds of client', async () => {
  const request = long();
  const { auth_req_id } = await refused(request);

  await operator('POST', `/v1/accounts/${auth_req_id}/deny`);

  assert.equal(await pollError(auth_req_id), 'access_denied');
  assert.equal((await refused(request)).error, 'access_denied');
  assert.equal((await refused(request)).error, 'access_denied');
});

check('an approval counts only for the resource it was asked for', async () => {
  const words = 'find offers and papers';
  const request = long(words);
  const narrow = { ...request, resource: resource('library') };
  const wide = await refused(request);

  const narrowed = await refused(narrow);
  await operator('POST', `/v1/accounts/${wide.auth_req_id}/approve`);

  assert.notEqual(narrowed.auth_req_id, wide.auth_req_id);
  assert.equal((await refused(narrow)).auth_req_id, narrowed.auth_req_id);
  assert.equal(decodeJwt((await granted(request)).access_token).sub, wide.auth_req_id);
});

check('another client learns nothing of what waits', async () => {
  const { auth_req_id } = await refused(long());

  assert.equal(await pollError(auth_req_id, stranger), 'invalid_grant');
  assert.equal(await pollError('acc_none'), 'invalid_grant');
  assert.equal(await pollError(auth_req_id.slice(0, -1) + (auth_req_id.endsWith('0') ? '1' : '0')), 'invalid_grant');
});

check('what the holder ended cannot be polled back to life', async () => {
  const { auth_req_id } = await refused(long());
  await operator('POST', `/v1/accounts/${auth_req_id}/approve`);
  const { access_token } = await poll(auth_req_id);

  await oauth.processRevocationResponse(
    await oauth.revocationRequest(known, shopper.metadata, oauth.TlsClientAuth(), access_token, {
      [oauth.customFetch]: shopper.fetch,
    }),
  );

  assert.equal(await pollError(auth_req_id), 'expired_token');
});
