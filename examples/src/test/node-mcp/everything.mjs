import assert from 'node:assert/strict';
import { check, run } from './harness.mjs';
import { connected, names } from './sdk.mjs';

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

await run();
