import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { acceptedContent, createMcpHandler, inputRequired, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

// A server of revision 2026-07-28 that takes the older ones, too: the SDK's own, with four tools.
function server() {
  const it = new McpServer({ name: 'modern', version: '1' });
  it.registerTool(
    'read_note',
    { description: 'Reads a note', inputSchema: z.object({ text: z.string() }) },
    async ({ text }) => ({ content: [{ type: 'text', text: `note: ${text}` }] }),
  );
  it.registerTool(
    'read_page',
    { description: 'Reads a page', inputSchema: z.object({ text: z.string() }) },
    async () => ({ content: [{ type: 'text', text: 'page' }] }),
  );
  it.registerTool(
    'delete_note',
    { description: 'Deletes a note', inputSchema: z.object({ text: z.string() }) },
    async ({ text }) => ({ content: [{ type: 'text', text: `deleted: ${text}` }] }),
  );
  it.registerTool(
    'ask_question',
    { description: 'Asks before it answers', inputSchema: z.object({}) },
    async (_, context) => {
      const shape = z.object({ confirm: z.boolean() });
      const given = acceptedContent(context.mcpReq.inputResponses, 'confirm', shape);
      if (given?.confirm !== true) {
        return inputRequired({
          requestState: 'kept by the client',
          inputRequests: { confirm: inputRequired.elicit({ message: 'Sure?', requestedSchema: shape }) },
        });
      }
      return { content: [{ type: 'text', text: 'confirmed' }] };
    },
  );
  return it;
}

const handler = createMcpHandler(server);
const http = createServer(async (request, response) => {
  const body = request.method === 'POST' ? Readable.toWeb(request) : undefined;
  const answer = await handler.fetch(
    new Request(`http://127.0.0.1${request.url}`, {
      method: request.method,
      headers: new Headers(Object.entries(request.headers)),
      body,
      duplex: 'half',
    }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body) {
    Readable.fromWeb(answer.body).pipe(response);
  } else {
    response.end();
  }
});
http.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`listening on port ${process.env.PORT}`));
