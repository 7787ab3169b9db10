import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { check } from './harness.mjs';
import { anonymous, issuer, known, resource, shopper } from './world.mjs';

check('the metadata of the server is found and conforms (RFC 8414)', async () => {
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2' });
  const server = await oauth.processDiscoveryResponse(issuer, response);

  for (const endpoint of ['token_endpoint', 'jwks_uri', 'revocation_endpoint', 'introspection_endpoint']) {
    assert.ok(server[endpoint].startsWith(server.issuer + '/oauth2/'), endpoint);
  }
  assert.deepEqual(server.token_endpoint_auth_methods_supported, ['tls_client_auth', 'private_key_jwt']);
  assert.deepEqual(server.token_endpoint_auth_signing_alg_values_supported, ['ES256']);
  assert.ok(server.grant_types_supported.includes('client_credentials'));
  assert.ok(server.grant_types_supported.includes('urn:openid:params:grant-type:ciba'));
  assert.ok(server.authorization_details_types_supported.includes('agent_task'));
  assert.equal(server.tls_client_certificate_bound_access_tokens, true);
  assert.deepEqual(server.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(server.protected_resources, [resource('library'), resource('shop')]);
  Object.assign(known, server);
});

check('the same metadata is where OpenID Connect clients look', async () => {
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oidc' });

  assert.deepEqual(await oauth.processDiscoveryResponse(issuer, response), { ...known });
});

check('metadata of an issuer that is not here is not found', async () => {
  const response = await anonymous.fetch(`${known.issuer}/.well-known/oauth-authorization-server/other`);

  assert.equal(response.status, 404);
});

check('metadata has no empty list and no member without a value', () => {
  for (const [name, value] of Object.entries(known)) {
    assert.notEqual(value, null, name);
    assert.ok(!Array.isArray(value) || value.length > 0, name);
  }
});

check('a protected resource names its authorization server (RFC 9728)', async () => {
  const shop = new URL(resource('shop'));
  const response = await oauth.resourceDiscoveryRequest(shop);
  const found = await oauth.processResourceDiscoveryResponse(shop, response);

  assert.equal(found.resource, resource('shop'));
  assert.deepEqual(found.authorization_servers, [known.issuer]);
  assert.deepEqual(found.bearer_methods_supported, ['header']);
  assert.equal(found.tls_client_certificate_bound_access_tokens, true);
});

check('a resource that is not here has no metadata', async () => {
  const other = new URL(resource('nowhere'));
  const response = await oauth.resourceDiscoveryRequest(other);

  assert.equal(response.status, 404);
  await assert.rejects(oauth.processResourceDiscoveryResponse(other, response));
});

check('a call without a token is told where to find the metadata', async () => {
  await assert.rejects(
    oauth.protectedResourceRequest('x', 'GET', new URL(resource('shop') + '/offers'), undefined, null, {
      [oauth.customFetch]: (url, { headers, ...rest }) => {
        headers = new Headers(headers);
        headers.delete('authorization');
        return shopper.fetch(url, { ...rest, headers });
      },
    }),
    (error) => {
      const [challenge] = error.cause;
      assert.equal(error.code, oauth.WWW_AUTHENTICATE_CHALLENGE);
      assert.equal(challenge.scheme, 'bearer');
      assert.equal(challenge.parameters.error, undefined);
      assert.equal(
        challenge.parameters.resource_metadata,
        `${known.issuer}/.well-known/oauth-protected-resource/shop`,
      );
      return true;
    },
  );
});

check('metadata and keys may be read by any web page', async () => {
  for (const path of [
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
    '/.well-known/oauth-protected-resource/shop',
    '/oauth2/jwks',
  ]) {
    const read = await anonymous.fetch(known.issuer + path);
    const asked = await anonymous.fetch(known.issuer + path, {
      method: 'OPTIONS',
      headers: { origin: 'https://page.example', 'access-control-request-method': 'GET' },
    });
    const head = await anonymous.fetch(known.issuer + path, { method: 'HEAD' });

    assert.equal(read.status, 200, path);
    assert.equal(read.headers.get('content-type'), 'application/json', path);
    assert.equal(read.headers.get('access-control-allow-origin'), '*', path);
    assert.equal(asked.status, 204, path);
    assert.equal(asked.headers.get('access-control-allow-origin'), '*', path);
    assert.equal(head.status, 200, path);
    assert.equal(await head.text(), '', path);
  }
});
