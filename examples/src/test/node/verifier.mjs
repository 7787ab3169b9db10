import aws4 from 'aws4';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { httpbis } from 'http-message-signatures';

// A service that lets in only what is signed, and leaves the judging to what others made. It is told what
// it must know as its one argument, and answers 200 with `good`, or 403 with the reason.
const known = JSON.parse(process.argv[2]);
const MINUTES = 5 * 60_000;

function require(fine, why) {
  if (!fine) {
    throw new Error(why);
  }
}

/** Signature Version 4: signs what arrived with the same key once more, and compares. */
function aws({ method, url, headers }, body) {
  const form = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const found = form.exec(headers.authorization ?? '');
  require(found, 'no signature');
  const [, id, day, region, service, names] = found;
  const date = headers['x-amz-date'];
  const signed = names.split(';');
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  require(Math.abs(Date.now() - at) < MINUTES && date.startsWith(day), 'not of now');
  require(id === known.id && region === known.region && service === known.service, 'another scope');
  for (const name of ['host', 'x-amz-date', ...(headers['content-type'] ? ['content-type'] : [])]) {
    require(signed.includes(name), `${name} is not signed`);
  }
  require((headers['x-amz-security-token'] ?? '') === known.session, 'another session');
  require(known.session === '' || signed.includes('x-amz-security-token'), 'the session is not signed');
  const digest = createHash('sha256').update(body).digest('hex');
  require((headers['x-amz-content-sha256'] ?? digest) === digest, 'another body');
  const again = {
    method,
    path: url,
    region,
    service,
    headers: Object.fromEntries(signed.map((name) => [name, headers[name]])),
    body,
    doNotModifyHeaders: true,
    extraHeadersToInclude: { range: true },
  };
  const signer = new aws4.RequestSigner(again, { accessKeyId: id, secretAccessKey: known.secret });
  signer.datetime = date;
  require(signer.authHeader() === headers.authorization.replaceAll(/, ?/g, ', '), 'another signature');
}

async function holds(message) {
  return httpbis.verifyMessage(
    {
      all: true,
      maxAge: 60,
      tolerance: 5,
      requiredParams: ['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'],
      requiredFields: ['@method', '@authority', '@path', '@query', 'content-digest', 'daypass-agent', 'daypass-account'],
      keyLookup: async ({ keyid }) => {
        const jwk = known.keys.find((key) => key.kid === keyid);
        return jwk === undefined
          ? null
          : {
              id: keyid,
              algs: ['ecdsa-p256-sha256'],
              verify: async (data, signature) =>
                verify('sha256', data, { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, signature),
            };
      },
    },
    message,
  );
}

/** HTTP Message Signatures (RFC 9421) and the digest that they cover (RFC 9530). */
async function signature({ method, url, headers }, body) {
  const message = { method, url: `http://${headers.host}${url}`, headers };
  require((await holds(message)) === true, 'another signature');
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  require(headers['content-digest'] === digest, 'another body');
  const altered = [
    { ...message, method: 'DELETE' },
    { ...message, url: message.url.replace(/(\?|$)/, 'x$1') },
    { ...message, url: `${message.url}${url.includes('?') ? '&' : '?'}more=1` },
    { ...message, url: message.url.replace(/\/\/[^/]+/, '//other.example') },
    ...['content-digest', 'content-type', 'daypass-agent', 'daypass-account']
      .filter((name) => name in headers)
      .map((name) => ({ ...message, headers: { ...headers, [name]: '"another"' } })),
  ];
  for (const other of altered) {
    require((await holds(other)) === false, `holds for ${JSON.stringify(other)}, too`);
  }
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    let why = 'good';
    try {
      await (known.keys ? signature : aws)(request, Buffer.concat(chunks));
    } catch (error) {
      why = `${error.message} (${request.method} ${request.url})`;
    }
    response.writeHead(why === 'good' ? 200 : 403, { 'content-type': 'text/plain' }).end(why);
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`listening on port ${process.env.PORT}`));
