import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { endpoint, given, mtls } from './world.mjs';

/** The official client of an account, connected through the edge. */
export async function connected(service, account, capabilities = {}) {
  const transport = new StreamableHTTPClientTransport(endpoint(service), {
    fetch: mtls,
    requestInit: { headers: { authorization: `Bearer ${given.tokens[account]}` } },
  });
  const client = new Client({ name: 'interop', version: '1' }, { capabilities });
  await client.connect(transport);
  return { client, transport };
}

export const names = (items) => items.map((item) => item.name ?? item.uri).sort();
