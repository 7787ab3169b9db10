import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { check, run } from './harness.mjs';
import { bearer, endpoint, fetchOf, given } from './world.mjs';

// The suite cannot send a token, nor show a certificate: a proxy on loopback does both for it.
function proxy(service, account) {
  const reach = fetchOf(account);
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const { host, connection, authorization, 'content-length': _, ...headers } = request.headers;
      // What the suite says of its own host and origin is judged by whoever is in front.
      if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host ?? '')) {
        response.writeHead(403).end();
        return;
      }
      const stop = new AbortController();
      response.on('close', () => stop.abort());
      try {
        const answer = await reach(endpoint(service), {
          method: request.method,
          headers: { ...headers, ...bearer(account) },
          body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
          signal: stop.signal,
        });
        const fields = Object.fromEntries(answer.headers);
        delete fields['transfer-encoding'];
        response.writeHead(answer.status, fields);
        response.flushHeaders();
        if (answer.body) {
          Readable.fromWeb(answer.body).on('error', () => response.destroy()).pipe(response);
        } else {
          response.end();
        }
      } catch {
        response.destroy();
      }
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}/mcp`));
  });
}

/** What became of each check of a scenario: `name` → worst status. */
async function outcomes(url, version) {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  await new Promise((resolve) => {
    const suite = spawn(
      'node_modules/node/bin/node',
      [
        'node_modules/@modelcontextprotocol/conformance/dist/index.js',
        'server',
        '--url',
        url,
        '--suite',
        'all',
        '--spec-version',
        version,
        '--timeout',
        '20000',
        '-o',
        directory,
      ],
      { stdio: 'ignore' },
    );
    suite.on('close', resolve);
  });
  const found = new Map();
  for (const folder of readdirSync(directory)) {
    const checks = JSON.parse(readFileSync(join(directory, folder, 'checks.json'), 'utf8'));
    const scenario = folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*$/, '');
    const bad = checks.filter((one) => one.status === 'FAILURE');
    const good = checks.some((one) => one.status === 'SUCCESS');
    found.set(scenario, { passed: good && bad.length === 0, bad });
  }
  rmSync(directory, { recursive: true });
  return found;
}

// No one account may do everything: a scenario passes if it does for the account that may do it.
for (const { service, accounts, direct, version, apart } of given.suites) {
  const straight = await outcomes(direct, version);
  const through = new Map();
  for (const account of accounts) {
    for (const [scenario, outcome] of await outcomes(await proxy(service, account), version)) {
      if (outcome.passed || !through.has(scenario)) {
        through.set(scenario, outcome);
      }
    }
  }
  for (const [scenario, outcome] of straight) {
    if (!outcome.passed || apart.includes(scenario)) {
      console.error(`${version} ${scenario}: not compared (${outcome.passed ? 'apart' : 'fails without the edge'})`);
      continue;
    }
    check(`conformance ${version}: ${scenario} passes through the edge as it does without it`, () => {
      const there = through.get(scenario);
      if (!there?.passed) {
        throw new Error(JSON.stringify(there?.bad ?? 'it did not run', null, 1).slice(0, 2000));
      }
    });
  }
}

await run();
process.exit(0);
