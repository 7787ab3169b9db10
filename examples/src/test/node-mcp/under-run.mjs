// A program under `daypass run --mcp`: the official client, with the configuration that it finds, and
// no token. Prints what the tools say.

import { readFileSync } from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const { mcpServers } = JSON.parse(readFileSync(process.env.DAYPASS_MCP_CONFIG, 'utf8'));
for (const [name, server] of Object.entries(mcpServers)) {
  const client = new Client({ name: 'under-run', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  for (const tool of (await client.listTools()).tools) {
    const { content } = await client.callTool({ name: tool.name, arguments: { text: 'hello' } });
    console.log(`${name} ${tool.name}: ${content[0].text}`);
  }
  await client.close();
}
