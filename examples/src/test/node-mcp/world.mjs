import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { Readable } from 'node:stream';

// Where the edge is, and who may speak to it: one JSON object on standard input.
export const given = JSON.parse(readFileSync(0, 'utf8'));

const read = (file) => readFileSync(join(given.agent, file), 'utf8');
const agent = new Agent({
  keepAlive: true,
  key: read('key.pem'),
  cert: read('cert.pem'),
  ca: read('ca.pem'),
});

/** The platform's fetch cannot be given a client certificate; this one streams over node:https. */
export function mtls(url, { method = 'GET', headers = {}, body, signal } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, method, signal, headers: Object.fromEntries(new Headers(headers)) },
      (answer) => {
        const fields = new Headers();
        for (let i = 0; i < answer.rawHeaders.length; i += 2) {
          fields.append(answer.rawHeaders[i], answer.rawHeaders[i + 1]);
        }
        const bare = answer.statusCode === 204 || answer.statusCode === 304;
        answer.on('error', () => {});
        resolve(
          new Response(bare ? null : Readable.toWeb(answer), {
            status: answer.statusCode,
            headers: fields,
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined || body === null ? undefined : body);
  });
}

export const endpoint = (service) => new URL(`${given.issuer}/${service}/mcp`);

/** Posts one text as it is. */
export function post(service, account, text, headers = {}) {
  return mtls(endpoint(service), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${given.tokens[account]}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: typeof text === 'string' ? text : JSON.stringify(text),
  });
}
