import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { createAgent, initChatModel } from 'langchain';

/**
 * An agent of any make, under `daypass run --mcp=FILE --task TASK -- node mcp.mjs`: it knows neither token nor key, only the
 * addresses that the run wrote for it. An MCP server shows it the tools that its account was granted.
 */
export async function work(task, model) {
  const { mcpServers } = JSON.parse(readFileSync(process.env.DAYPASS_MCP_CONFIG, 'utf8'));
  const client = new MultiServerMCPClient({ mcpServers });
  try {
    const tools = await client.getTools();
    const agent = createAgent({ model, tools });
    const { messages } = await agent.invoke({ messages: [{ role: 'user', content: task }] });
    return { tools: tools.map((one) => one.name), said: messages.at(-1).text };
  } finally {
    await client.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log((await work(process.argv[2], await initChatModel(process.env.MODEL))).said);
}
