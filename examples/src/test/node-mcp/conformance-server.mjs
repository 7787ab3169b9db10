import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { acceptedContent, createMcpHandler, fromJsonSchema, inputRequired, McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { z } from 'zod';

// What the conformance suite wants of a server, made with the protocol's own SDK.
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';
const text = (words) => ({ type: 'text', text: words });
const image = { type: 'image', data: PIXEL, mimeType: 'image/png' };
const resource = (uri) => ({ type: 'resource', resource: { uri, mimeType: 'text/plain', text: 'embedded' } });
const nothing = z.object({});

function tools(it) {
  const tool = (name, content) =>
    it.registerTool(name, { description: name, inputSchema: nothing }, async () => ({ content }));
  tool('test_simple_text', [text('This is a simple text response for testing.')]);
  tool('test_image_content', [image]);
  tool('test_audio_content', [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }]);
  tool('test_embedded_resource', [resource('test://embedded-resource')]);
  tool('test_multiple_content_types', [text('Several:'), image, resource('test://mixed-content-resource')]);
  it.registerTool('test_error_handling', { description: 'Fails', inputSchema: nothing }, async () => ({
    isError: true,
    content: [text('This tool intentionally returns an error for testing')],
  }));
  it.registerTool('test_tool_with_progress', { description: 'Works', inputSchema: nothing }, async (_, context) => {
    const progressToken = context.mcpReq._meta?.progressToken;
    for (const progress of progressToken === undefined ? [] : [0, 50, 100]) {
      await context.mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken, progress, total: 100 },
      });
    }
    return { content: [text('done')] };
  });
  it.registerTool(
    'test_custom_headers',
    {
      description: 'Takes arguments that are repeated in header fields',
      inputSchema: fromJsonSchema({
        type: 'object',
        properties: { region: { type: 'string', 'x-mcp-header': 'Region' } },
      }),
    },
    async ({ region }) => ({ content: [text(`region ${region}`)] }),
  );
}

function rounds(it) {
  const shape = z.object({ name: z.string() });
  const asks = (name, requests, done) =>
    it.registerTool(name, { description: name, inputSchema: nothing }, async (_, context) =>
      done(context.mcpReq) ? { content: [text('done')] } : inputRequired(requests),
    );
  const named = { user_name: inputRequired.elicit({ message: 'What is your name?', requestedSchema: shape }) };
  const has = (request, key) => request.inputResponses?.[key] !== undefined;
  asks('test_input_required_result_elicitation', { inputRequests: named }, (r) =>
    acceptedContent(r.inputResponses, 'user_name', shape),
  );
  asks(
    'test_input_required_result_sampling',
    {
      inputRequests: {
        capital_question: inputRequired.createMessage({
          maxTokens: 100,
          messages: [{ role: 'user', content: text('What is the capital of France?') }],
        }),
      },
    },
    (r) => has(r, 'capital_question'),
  );
  asks(
    'test_input_required_result_list_roots',
    { inputRequests: { client_roots: inputRequired.listRoots() } },
    (r) => has(r, 'client_roots'),
  );
}

function rest(it) {
  it.registerResource('text', 'test://static-text', { mimeType: 'text/plain' }, async (uri) => ({
    contents: [{ uri: uri.href, mimeType: 'text/plain', text: 'This is the content of the static text resource.' }],
  }));
  it.registerResource('binary', 'test://static-binary', { mimeType: 'image/png' }, async (uri) => ({
    contents: [{ uri: uri.href, mimeType: 'image/png', blob: PIXEL }],
  }));
  it.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { mimeType: 'application/json' },
    async (uri, { id }) => ({
      contents: [{ uri: uri.href, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true }) }],
    }),
  );
  const prompt = (name, argsSchema, content) =>
    it.registerPrompt(name, { description: name, ...(argsSchema && { argsSchema }) }, async (given) => ({
      messages: content(given).map((one) => ({ role: 'user', content: one })),
    }));
  prompt('test_simple_prompt', undefined, () => [text('This is a simple prompt for testing.')]);
  prompt('test_prompt_with_arguments', z.object({ arg1: z.string(), arg2: z.string() }), ({ arg1, arg2 }) => [
    text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`),
  ]);
  prompt('test_prompt_with_embedded_resource', z.object({ resourceUri: z.string() }), ({ resourceUri }) => [
    resource(resourceUri),
    text('Please process the embedded resource above.'),
  ]);
  prompt('test_prompt_with_image', undefined, () => [image, text('Please analyze the image above.')]);
}

const handler = createMcpHandler(() => {
  const it = new McpServer({ name: 'conformance', version: '1' });
  tools(it);
  rounds(it);
  rest(it);
  return it;
});
const http = createServer(async (request, response) => {
  const answer = await handler.fetch(
    new Request(`http://127.0.0.1${request.url}`, {
      method: request.method,
      headers: new Headers(Object.entries(request.headers)),
      body: request.method === 'POST' ? Readable.toWeb(request) : undefined,
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
