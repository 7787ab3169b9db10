import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { Readable } from 'node:stream';

// Where the edge is, and who may speak to it: one JSON object on standard input.
export const given = JSON.parse(readFileSync(0, 'utf8'));

const agents = new Map();

function agentOf(account) {
  const directory = given.accounts[account].agent;
  if (!agents.has(directory)) {
    const read = (file) => readFileSync(join(directory, file), 'utf8');
    agents.set(
      directory,
      new Agent({ keepAlive: true, key: read('key.pem'), cert: read('cert.pem'), ca: read('ca.pem') }),
    );
  }
  return agents.get(directory);
}

/** What an account's calls carry. */
export const bearer = (account) => ({ authorization: `Bearer ${given.accounts[account].token}` });

/** The platform's fetch cannot be given a client certificate; this one streams over node:https. */
export function fetchOf(account) {
  const agent = agentOf(account);
  return (url, { method = 'GET', headers = {}, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        { agent, method, signal, headers: Object.fromEntries(new Headers(headers)) },
        (answer) => {
          answer.on('error', () => {});
          resolve(response(answer));
        },
      );
      sent.on('error', reject);
      sent.end(body instanceof URLSearchParams ? String(body) : (body ?? undefined));
    });
}

function response(answer) {
  const headers = new Headers();
  for (let i = 0; i < answer.rawHeaders.length; i += 2) {
    headers.append(answer.rawHeaders[i], answer.rawHeaders[i + 1]);
  }
  const bare = answer.statusCode === 204 || answer.statusCode === 304;
  return new Response(bare ? null : Readable.toWeb(answer), { status: answer.statusCode, headers });
}

export const endpoint = (service) => new URL(`${given.issuer}/${service}/mcp`);

/** Posts one text as it is. */
export function post(service, account, text, headers = {}) {
  return fetchOf(account)(endpoint(service), {
    method: 'POST',
    headers: {
      ...bearer(account),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: typeof text === 'string' ? text : JSON.stringify(text),
  });
}
