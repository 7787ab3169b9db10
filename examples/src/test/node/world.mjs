import { createHash, createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';

// Where the server is, and who may speak to it: one JSON object on standard input.
const given = JSON.parse(readFileSync(0, 'utf8'));

export const issuer = new URL(given.issuer);

/** What oauth4webapi knows of the authorization server once it is discovered. */
export const known = {};

export function resource(service) {
  return `${given.issuer}/${service}`;
}

/** An agent as an OAuth client: its certificate, its key, and a fetch over mutual TLS. */
async function client(name) {
  const directory = given.agents[name];
  const read = (file) => readFileSync(join(directory, file), 'utf8');
  const [keyPem, certPem, caPem] = ['key.pem', 'cert.pem', 'ca.pem'].map(read);
  const der = createPrivateKey(keyPem).export({ format: 'der', type: 'pkcs8' });
  const ec = { name: 'ECDSA', namedCurve: 'P-256' };
  return {
    name,
    metadata: { client_id: name },
    thumbprint: createHash('sha256').update(new X509Certificate(certPem).raw).digest('base64url'),
    key: await webcrypto.subtle.importKey('pkcs8', der, ec, false, ['sign']),
    fetch: fetchOver(new Agent({ keepAlive: true, key: keyPem, cert: certPem, ca: caPem })),
  };
}

// The platform's fetch cannot be given a client certificate, so this one goes by node:https.
function fetchOver(agent) {
  return (url, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        { agent, method, headers: Object.fromEntries(new Headers(headers)) },
        (answer) => {
          const chunks = [];
          answer.on('data', (chunk) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => resolve(response(answer, Buffer.concat(chunks))));
        },
      );
      sent.on('error', reject);
      sent.end(body === undefined || body === null ? undefined : String(body));
    });
}

function response(answer, body) {
  const headers = new Headers();
  for (let i = 0; i < answer.rawHeaders.length; i += 2) {
    headers.append(answer.rawHeaders[i], answer.rawHeaders[i + 1]);
  }
  return new Response(answer.statusCode === 204 ? null : body, { status: answer.statusCode, headers });
}

export const shopper = await client('shopper');
export const stranger = await client('stranger');

/** A form to a token endpoint, as raw as it gets. */
export function post(path, parameters, { by = shopper, headers = {} } = {}) {
  return by.fetch(`${given.issuer}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof parameters === 'string' ? parameters : new URLSearchParams(parameters).toString(),
  });
}

/** Without a client certificate; trusts what NODE_EXTRA_CA_CERTS names. */
export const anonymous = { name: 'anonymous', fetch: (url, options) => fetch(url, options) };

export function task(words, more = {}) {
  return JSON.stringify([{ type: 'agent_task', task: words, ...more }]);
}

export async function operator(method, path) {
  const answer = await fetch(given.console + path, {
    method,
    headers: { authorization: `Bearer ${given.operator}` },
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
}
