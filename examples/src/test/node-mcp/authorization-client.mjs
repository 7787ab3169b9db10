import { Client, PrivateKeyJwtProvider, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

// The client that dpop.mjs sends to the edge, as the conformance suite wants to see it.
const given = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT);
const authProvider = new PrivateKeyJwtProvider({
  clientId: given.client_id,
  privateKey: given.private_key_pem,
  algorithm: given.signing_algorithm,
});
const client = new Client({ name: 'interop', version: '1' });
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2]), { authProvider }));
await client.listTools();
await client.close();
