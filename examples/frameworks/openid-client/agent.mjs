import { createPrivateKey, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';

const IDENTITY = join(homedir(), '.daypass', 'identity');

/**
 * This host's agent as an OAuth client over mutual TLS (RFC 8705): its tokens are bound to its certificate.
 *
 * @param name that the agent enrolled with
 * @param identity directory of what `daypass agent enrol` wrote
 */
export function byCertificate(name, identity = IDENTITY) {
  const read = (file) => readFileSync(join(identity, file), 'utf8');
  const agent = new Agent({ keepAlive: true, ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') });
  return discovered(name, identity, client.TlsClientAuth(), agent);
}

/** The same where there can be no mutual TLS: it signs assertions (RFC 7523), and its tokens are bound to a key of its own (RFC 9449). */
export async function byAssertion(name, identity = IDENTITY) {
  const der = createPrivateKey(readFileSync(join(identity, 'key.pem'))).export({ format: 'der', type: 'pkcs8' });
  const key = await webcrypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const agent = new Agent({ keepAlive: true, ca: readFileSync(join(identity, 'ca.pem')) });
  const config = await discovered(name, identity, client.PrivateKeyJwt(key), agent);
  return { config, DPoP: client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256')) };
}

function discovered(name, identity, authentication, agent) {
  const server = new URL(readFileSync(join(identity, 'server'), 'utf8').trim());
  return client.discovery(server, name, undefined, authentication, { algorithm: 'oauth2', [client.customFetch]: over(agent) });
}

/** Opens an account for a task (RFC 9396); what was granted stands in `authorization_details`. */
export function open(config, task, { DPoP, ...more } = {}) {
  return client.clientCredentialsGrant(config, { authorization_details: details(task, more) }, { DPoP });
}

/** Opens an account for a sub-agent, inside that of a token (RFC 8693). */
export function delegate(config, token, task, more = {}) {
  return client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:token-exchange', {
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    authorization_details: details(task, more),
  });
}

/** Ends the account of a token, and every account below it (RFC 7009). */
export function end(config, token) {
  return client.tokenRevocation(config, token);
}

/** Calls a service through the edge. */
export function call(config, token, service, path, { method = 'GET', body, headers, DPoP } = {}) {
  const url = new URL(`/${service}${path}`, config.serverMetadata().issuer);
  return client.fetchProtectedResource(config, token, url, method, body, new Headers(headers), { DPoP });
}

function details(task, more) {
  return JSON.stringify([{ type: 'agent_task', task, ...more }]);
}

// The platform's fetch cannot be given a client certificate or an authority, so this one goes by node:https.
function over(agent) {
  return (url, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { agent, method, headers: Object.fromEntries(new Headers(headers)) }, (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk)).on('error', reject).on('end', () => {
          const fields = new Headers();
          for (let i = 0; i < answer.rawHeaders.length; i += 2) {
            fields.append(answer.rawHeaders[i], answer.rawHeaders[i + 1]);
          }
          resolve(new Response(answer.statusCode === 204 ? null : Buffer.concat(chunks), { status: answer.statusCode, headers: fields }));
        });
      });
      sent.on('error', reject);
      sent.end(body === undefined || body === null ? undefined : String(body));
    });
}
