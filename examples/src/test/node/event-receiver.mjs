import { createServer } from 'node:http';
import { createLocalJWKSet, jwtVerify } from 'jose';

// A receiver of security events (RFC 8935) that leaves the judging to a library that others made. It is told
// what it must know as its one argument. `PUT /mode` says how it behaves, `GET /seen` what it took, and
// `GET /pending` how many it has not answered.
const known = JSON.parse(process.argv[2]);
const keys = createLocalJWKSet(known.jwks);
const seen = new Map();
let mode = { status: 202 };
let asked = 0;
let pending = 0;

async function text(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  return body;
}

function error(response, err, description) {
  response.writeHead(400, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ err, description }));
}

async function take(request, response) {
  asked += 1;
  const body = await text(request);
  if (mode.hang) {
    pending += 1;
    return;
  }
  if (mode.err) {
    error(response, mode.err, 'as it was told');
    return;
  }
  if (mode.status !== 202) {
    response.writeHead(mode.status, { location: known.url });
    response.end();
    return;
  }
  if (request.headers['content-type'] !== 'application/secevent+jwt') {
    error(response, 'invalid_request', 'no event');
    return;
  }
  if (request.headers.authorization !== known.authorization) {
    error(response, 'authentication_failed', 'another field');
    return;
  }
  try {
    const { payload } = await jwtVerify(body, keys, {
      issuer: known.issuer,
      audience: known.audience,
      typ: 'secevent+jwt',
      algorithms: ['ES256'],
      requiredClaims: ['iat', 'jti', 'sub_id', 'events'],
    });
    if ('sub' in payload || 'exp' in payload || Object.keys(payload.events).length !== 1) {
      error(response, 'invalid_request', 'not the profile of SSF');
      return;
    }
    const before = seen.get(payload.jti);
    seen.set(payload.jti, { claims: payload, times: (before?.times ?? 0) + 1 });
    response.writeHead(202);
    response.end();
  } catch (failure) {
    error(response, 'invalid_request', failure.message);
  }
}

const server = createServer(async (request, response) => {
  if (request.url === '/events') {
    await take(request, response);
  } else if (request.url === '/mode') {
    mode = JSON.parse(await text(request));
    response.end();
  } else {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ asked, pending, seen: [...seen.values()] }));
  }
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening on port'));
