import { getListFromStatusListJWT } from '@sd-jwt/jwt-status-list';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';

// A service that verifies tokens itself, with libraries that others made: it is told the issuer and a token
// on its standard input, and writes what it finds.
let input = '';
for await (const chunk of process.stdin) {
  input += chunk;
}
const { issuer, token, audience } = JSON.parse(input);
const metadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json();
const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'] });
const { uri, idx } = payload.status.status_list;

const answer = await fetch(uri, { headers: { accept: 'application/statuslist+jwt' } });
const jwt = await answer.text();
const list = await jwtVerify(jwt, keys, {
  typ: 'statuslist+jwt',
  subject: uri,
  algorithms: ['ES256'],
  requiredClaims: ['iat', 'exp', 'ttl', 'status_list'],
});
const aggregation = await (await fetch(metadata.status_list_aggregation_endpoint)).json();
const statuses = getListFromStatusListJWT(jwt);
let set = 0;
for (const status of statuses.statusList) {
  set += status;
}
console.log(
  JSON.stringify({
    status: statuses.getStatus(idx),
    index: idx,
    entries: statuses.statusList.length,
    set,
    type: answer.headers.get('content-type'),
    origin: answer.headers.get('access-control-allow-origin'),
    cache: answer.headers.get('cache-control'),
    typ: decodeProtectedHeader(jwt).typ,
    ttl: list.payload.ttl,
    life: list.payload.exp - list.payload.iat,
    tokenLife: payload.exp - payload.iat,
    aggregated: aggregation.status_lists.includes(uri),
  }),
);
