import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { refused, SEARCH } from './grants.mjs';
import { check } from './harness.mjs';
import { anonymous, known, post, resource, shopper, task } from './world.mjs';

const TOKEN = '/oauth2/token';
const GRANT = { grant_type: 'client_credentials', client_id: 'shopper' };

/** An OAuth error as RFC 6749, section 5.2 has it, whatever went wrong. */
export async function assertError(response, status, error) {
  const body = await response.json();

  assert.equal(body.error, error, JSON.stringify(body));
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), 'application/json');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.match(body.error_description, /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  return body;
}

check('what is not a task is refused as authorization details (RFC 9396, section 5)', async () => {
  const one = JSON.parse(task(SEARCH))[0];
  const bad = {
    'not JSON': '[{"type":"agent_task",',
    'no array': JSON.stringify(one),
    'no object': '["agent_task"]',
    'none': '[]',
    'two of them': JSON.stringify([one, one]),
    'no type': JSON.stringify([{ task: SEARCH }]),
    'another type': JSON.stringify([{ ...one, type: 'payment_initiation' }]),
    'a type that is no text': JSON.stringify([{ ...one, type: 7 }]),
    'a member too many': task(SEARCH, { "surplus\"'\\\u00e9\u0007": 1 }),
    'no task': JSON.stringify([{ type: 'agent_task' }]),
    'a task that is no text': task(7),
    'an empty task': task(''),
    'a task with a hidden character': task('find\u200b offers'),
    'a task of 5,000 characters': task('find offers '.repeat(420)),
    'services that are no list': task(SEARCH, { services: 'shop' }),
    'a service with no name': task(SEARCH, { services: ['No Such Name!'] }),
    'a lifetime of nothing': task(SEARCH, { ttl: 0 }),
    'a lifetime below nothing': task(SEARCH, { ttl: -1 }),
    'a lifetime of ten years': task(SEARCH, { ttl: '3650d' }),
    'a lifetime without a unit': task(SEARCH, { ttl: 'soon' }),
    'a fraction of a second': task(SEARCH, { ttl: 0.5 }),
    'no uses': task(SEARCH, { uses: 0 }),
    'a budget with a member too many': task(SEARCH, { budget: { calls: 1, coins: 2 } }),
    'a parent that is no account': task(SEARCH, { parent: 'root' }),
    'a member twice': '[{"type":"agent_task","task":"find offers","task":"find cards"}]',
    'something behind it': task(SEARCH) + '[]',
    'more than 16 KB': task(SEARCH) + ' '.repeat(16 * 1024),
    'a deep nest': '['.repeat(5_000) + ']'.repeat(5_000),
  };
  for (const [what, details] of Object.entries(bad)) {
    const response = await post(TOKEN, { ...GRANT, authorization_details: details });

    await assertError(response, 400, 'invalid_authorization_details').catch((error) => {
      error.message = `${what}: ${error.message}`;
      throw error;
    });
  }
});

check('a resource that is not a service here is refused as target (RFC 8707, section 2)', async () => {
  for (const target of [
    resource('nowhere'),
    resource('shop') + '#part',
    resource('shop') + '?query',
    resource('shop') + '/offers',
    resource('%73hop'),
    known.issuer,
    known.issuer + '/',
    'https://elsewhere.example/shop',
    'shop',
    'urn:shop',
    resource('shop') + ' ',
  ]) {
    for (const details of [{}, { authorization_details: task(SEARCH) }]) {
      const { status, error } = await refused({ resource: target, ...details });

      assert.deepEqual({ status, error }, { status: 400, error: 'invalid_target' }, target);
    }
  }
});

check('a resource that has nothing to do with the task is refused as target', async () => {
  const { error } = await refused({
    resource: resource('library'),
    authorization_details: task(SEARCH, { services: ['shop'] }),
  });

  assert.equal(error, 'invalid_target');
});

check('without details more than one resource is too many, and none too few', async () => {
  const two = new URLSearchParams([['resource', resource('shop')], ['resource', resource('library')]]);

  assert.equal((await refused(two)).error, 'invalid_target');
  assert.equal((await refused({})).error, 'invalid_target');
});

check('a client secret is refused with the challenge of its scheme (RFC 6749, section 5.2)', async () => {
  const options = { [oauth.customFetch]: shopper.fetch };
  const parameters = { authorization_details: task(SEARCH) };
  const byHeader = await oauth.clientCredentialsGrantRequest(
    known, shopper.metadata, oauth.ClientSecretBasic('secret'), parameters, options);
  const inBody = await oauth.clientCredentialsGrantRequest(
    known, shopper.metadata, oauth.ClientSecretPost('secret'), parameters, options);

  assert.match(byHeader.headers.get('www-authenticate'), /^Basic realm="/);
  await assertError(byHeader, 401, 'invalid_client');
  await assertError(inBody, 401, 'invalid_client');
});

check('two ways of authentication in one request are refused (RFC 6749, section 2.3)', async () => {
  const assertion = {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'a.b.c',
  };
  const basic = { headers: { authorization: 'Basic c2hvcHBlcjpzZWNyZXQ=' } };

  for (const [parameters, options] of [
    [{ ...GRANT, ...assertion, client_secret: 'secret' }, {}],
    [{ ...GRANT, ...assertion }, basic],
    [{ ...GRANT, client_secret: 'secret' }, basic],
  ]) {
    await assertError(await post(TOKEN, parameters, options), 400, 'invalid_request');
  }
});

check('nobody, and somebody who says to be another, is refused', async () => {
  const details = { authorization_details: task(SEARCH) };

  await assertError(await post(TOKEN, { ...GRANT, ...details }, { by: anonymous }), 401, 'invalid_client');
  await assertError(await post(TOKEN, { ...GRANT, ...details, client_id: 'stranger' }), 401, 'invalid_client');
});

check('other grants are not supported', async () => {
  for (const grant_type of ['authorization_code', 'password', 'refresh_token', 'CLIENT_CREDENTIALS', 'x"\\\u00e9']) {
    await assertError(await post(TOKEN, { ...GRANT, grant_type }), 400, 'unsupported_grant_type');
  }
  await assertError(await post(TOKEN, { client_id: 'shopper' }), 400, 'invalid_request');
  await assertError(await post(TOKEN, { client_id: 'shopper', grant_type: '' }), 400, 'invalid_request');
});

check('a parameter given twice is refused (RFC 6749, section 3.2)', async () => {
  for (const twice of ['grant_type', 'client_id', 'authorization_details', 'scope', 'unheard_of']) {
    const parameters = new URLSearchParams({ ...GRANT, authorization_details: task(SEARCH), scope: 'a' });
    parameters.append(twice, parameters.get(twice) ?? 'x');
    parameters.append(twice, 'y');

    await assertError(await post(TOKEN, parameters), 400, 'invalid_request');
  }
});

check('an unknown parameter and an empty one count as absent', async () => {
  const parameters = { ...GRANT, authorization_details: task(SEARCH), unheard_of: 'x', resource: '', client_secret: '' };
  const response = await post(TOKEN, parameters);

  assert.equal(response.status, 200);
});

check('parameters in the query are refused', async () => {
  const response = await post(TOKEN + '?grant_type=client_credentials', { ...GRANT, authorization_details: task(SEARCH) });

  await assertError(response, 400, 'invalid_request');
});

check('a body that is not a form is refused', async () => {
  const form = new URLSearchParams({ ...GRANT, authorization_details: task(SEARCH) }).toString();
  const json = JSON.stringify({ ...GRANT });

  for (const [body, type] of [
    [json, 'application/json'],
    [form, 'text/plain'],
    [form, 'application/x-www-form-urlencodedness'],
    [form, 'multipart/form-data; boundary=x'],
  ]) {
    await assertError(await post(TOKEN, body, { headers: { 'content-type': type } }), 400, 'invalid_request');
  }
  const tolerated = await post(TOKEN, form, {
    headers: { 'content-type': 'Application/X-WWW-Form-Urlencoded ; charset=utf-8' },
  });
  assert.equal(tolerated.status, 200);
});

check('a form that is not well encoded is refused', async () => {
  const form = new URLSearchParams(GRANT).toString();

  for (const broken of ['%', '%4', '%zz', '%+1', '%-1', '%FF', '%C3', '%ED%A0%80']) {
    const response = await post(TOKEN, `${form}&authorization_details=${broken}`);

    await assertError(response, 400, 'invalid_request').catch((error) => {
      error.message = `${broken}: ${error.message}`;
      throw error;
    });
  }
});

check('the endpoints take POST only', async () => {
  for (const path of [TOKEN, '/oauth2/revoke', '/oauth2/introspect']) {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await shopper.fetch(known.issuer + path, { method });

      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get('allow'), 'POST', `${method} ${path}`);
    }
  }
});

check('a body without end is refused', async () => {
  const response = await post(TOKEN, 'grant_type=client_credentials&x=' + 'x'.repeat(70_000));

  assert.equal(response.status, 413);
});
