import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, run } from './harness.mjs';
import { endpoint, given } from './world.mjs';

/** Runs the suite; what it printed, and its checks by scenario. */
function suite(...words) {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  const index = 'node_modules/@modelcontextprotocol/conformance/dist/index.js';
  const output = words[0] === 'list' ? [] : ['-o', directory];
  const ran = spawnSync('node_modules/node/bin/node', [index, ...words, ...output], { encoding: 'utf8' });
  const checks = new Map();
  for (const folder of readdirSync(directory, { recursive: true })) {
    if (folder.endsWith('checks.json')) {
      checks.set(folder, JSON.parse(readFileSync(join(directory, folder), 'utf8')));
    }
  }
  rmSync(directory, { recursive: true });
  return { text: ran.stdout + ran.stderr, checks: [...checks.values()].flat() };
}

const documented = readFileSync(given.document, 'utf8');
const server = suite(
  'authorization', '--url', given.issuer, '--client-id', 'prover', '--resource', String(endpoint('modern')),
);
const found = (id) => server.checks.filter((one) => one.id === id);

check('authorization-server-metadata-endpoint wants nothing of the metadata but codes, which are not given', () => {
  const [metadata, ...more] = found('authorization-server-metadata');

  assert.deepEqual(more, []);
  assert.equal(metadata.status, 'FAILURE');
  assert.equal(metadata.errorMessage, 'Response body does not include valid "response_types_supported" claim');
  assert.deepEqual(metadata.details.body.response_types_supported, ['none']);
  assert.deepEqual(found('authorization-server-metadata-cimd').map((one) => one.status), ['WARNING']);
});

check('authorization-code-grant has no code to begin with, and no other scenario is there', () => {
  const others = server.checks.filter((one) => !one.id.startsWith('authorization-server-metadata'));

  assert.deepEqual(others.map((one) => [one.id, one.status]), [['authorization-code-grant', 'FAILURE']]);
  assert.match(others[0].errorMessage, /Invalid authorization server metadata/);
});

check('auth/client-credentials-jwt: the client that calls through the edge is one that conforms', () => {
  const { checks, text } = suite(
    'client', '--command', 'node authorization-client.mjs', '--scenario', 'auth/client-credentials-jwt',
  );

  assert.deepEqual(checks.filter((one) => one.status === 'FAILURE' || one.status === 'WARNING'), [], text);
  assert.ok(checks.some((one) => one.id === 'client-credentials-jwt-verified' && one.status === 'SUCCESS'));
});

check('each authorization scenario of the suite is in docs/mcp-conformance.md', () => {
  const names = suite('list').text.match(/(?<=^ +- )(auth\/\S+|authorization-\S+)/gm);

  assert.ok(names.length >= 30, `${names.length} scenarios`);
  assert.deepEqual(names.filter((name) => !documented.includes(`\`${name}\``)), []);
});

await run();
process.exit(0);
