import assert from 'node:assert/strict';
import { check, run } from './harness.mjs';
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { connected, names } from './sdk.mjs';
import { post } from './world.mjs';

check('the official client sees the tools that its account may call, and no others', async () => {
  const { client } = await connected('everything', 'echoer');
  const { tools } = await client.listTools();
  assert.deepEqual(names(tools), ['echo']);
  await client.close();
});

check('a granted tool is called with an argument inside its bound', async () => {
  const { client } = await connected('everything', 'echoer');
  const answer = await client.callTool({ name: 'echo', arguments: { message: 'hello' } });
  assert.deepEqual(answer.content, [{ type: 'text', text: 'Echo: hello' }]);
  await client.close();
});

check('an argument outside its bound is refused, with the bound as the reason', async () => {
  const { client } = await connected('everything', 'echoer');
  await assert.rejects(
    client.callTool({ name: 'echo', arguments: { message: 'something else' } }),
    /`body\.message` is outside this account's bound/,
  );
  await client.close();
});

check('a tool that is not granted is refused with the way to a wider account', async () => {
  const { client } = await connected('everything', 'echoer');
  await assert.rejects(
    client.callTool({ name: 'get-env', arguments: {} }),
    /`get-env` is not among the operations of this account/,
  );
  await client.close();
});

check('a server samples where that was granted, and the answer finds it', async () => {
  const { client } = await connected('everything', 'sampler', { sampling: {} });
  client.setRequestHandler(CreateMessageRequestSchema, async () => ({
    model: 'none',
    role: 'assistant',
    content: { type: 'text', text: 'sampled here' },
  }));
  const answer = await client.callTool({
    name: 'trigger-sampling-request',
    arguments: { prompt: 'say it' },
  });
  assert.match(JSON.stringify(answer.content), /sampled here/);
  await client.close();
});

check('prompts are those that the account may get', async () => {
  const { client } = await connected('everything', 'prompter');
  const { prompts } = await client.listPrompts();
  assert.deepEqual(names(prompts), ['simple-prompt']);
  const prompt = await client.getPrompt({ name: 'simple-prompt' });
  assert.equal(prompt.messages.length, 1);
  await assert.rejects(
    client.getPrompt({ name: 'args-prompt', arguments: { city: 'x' } }),
    /`query\.name` is outside this account's bound/,
  );
  assert.deepEqual((await client.listResources()).resources, []);
  await client.close();
});

check('resources are those that the account may read', async () => {
  const { client } = await connected('everything', 'reader');
  const { resources } = await client.listResources();
  assert.deepEqual(names(resources), ['architecture.md']);
  const read = await client.readResource({ uri: resources[0].uri });
  assert.equal(read.contents.length, 1);
  await assert.rejects(
    client.readResource({ uri: 'demo://resource/dynamic/text/1' }),
    /`query\.uri` is outside this account's bound/,
  );
  assert.deepEqual((await client.listTools()).tools, []);
  await client.close();
});

check('progress comes while the tool works', async () => {
  const { client } = await connected('everything', 'runner');
  const steps = [];
  const answer = await client.callTool(
    { name: 'trigger-long-running-operation', arguments: { duration: 1, steps: 4 } },
    undefined,
    { onprogress: (progress) => steps.push(progress.progress) },
  );
  assert.match(JSON.stringify(answer.content), /completed/i);
  assert.deepEqual(steps.slice(0, 3), [1, 2, 3]);
  await client.close();
});

check('a session ends when the client ends it', async () => {
  const { client, transport } = await connected('everything', 'echoer');
  const headers = { 'mcp-session-id': transport.sessionId };
  await transport.terminateSession();
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
  assert.equal((await post('everything', 'echoer', ping, headers)).status, 404);
  await client.close();
});

await run();
process.exit(0);
