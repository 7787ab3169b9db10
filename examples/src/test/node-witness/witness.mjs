import { createServer } from 'node:http';
import {
  createHash, createPublicKey, generateKeyPairSync, sign, verify,
} from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

// A witness (C2SP tlog-witness) that shares no line of code with the product: it signs a checkpoint only if the
// log signed it and its tree begins with the one that was signed before, which it keeps in the file that is its
// one argument. `GET /key` is its public key, `PUT /log` names the one log that it knows, `GET /seen` how
// often it was asked and how far it has signed.
const NAME = 'witness.example/node';
const file = process.argv[2];
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { size: '0', root: '' };
let log = null;
let asked = 0;

const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const node = (left, right) => sha(Buffer.from([1]), left, right);

function keyOf(name, type, raw) {
  const typed = Buffer.concat([Buffer.from([type]), raw]);
  const id = sha(Buffer.from(`${name}\n`), typed).subarray(0, 4);
  return { id, text: `${name}+${id.toString('hex')}+${typed.toString('base64')}` };
}

const mine = keyOf(NAME, 4, Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url'));

function know(vkey) {
  const at = vkey.indexOf('+');
  const name = vkey.slice(0, at);
  const id = vkey.slice(at + 1, at + 9);
  const raw = Buffer.from(vkey.slice(at + 10), 'base64').subarray(1);
  if (keyOf(name, 1, raw).id.toString('hex') !== id) {
    throw new Error('not the key of a log');
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  log = { name, id, key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

// RFC 9162, section 2.1.4.2.
function consistent(first, second, firstRoot, secondRoot, proof) {
  if (first === second) {
    return proof.length === 0 && firstRoot.equals(secondRoot);
  }
  const path = (first & (first - 1n)) === 0n ? [firstRoot, ...proof] : [...proof];
  if (path.length === 0) {
    return false;
  }
  let fn = first - 1n;
  let sn = second - 1n;
  while (fn & 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let fr = path[0];
  let sr = path[0];
  for (const c of path.slice(1)) {
    if (sn === 0n) {
      return false;
    }
    if ((fn & 1n) || fn === sn) {
      fr = node(c, fr);
      sr = node(c, sr);
      while (fn !== 0n && !(fn & 1n)) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      sr = node(sr, c);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && fr.equals(firstRoot) && sr.equals(secondRoot);
}

function signedByLog(text, signatures) {
  return signatures.some((line) => {
    const [, name, base64] = line.split(' ');
    const bytes = Buffer.from(base64 ?? '', 'base64');
    return name === log.name && bytes.subarray(0, 4).toString('hex') === log.id
      && verify(null, Buffer.from(text), log.key, bytes.subarray(4));
  });
}

function answer(body) {
  const [head, text, tail] = body.split('\n\n');
  const [old, ...proof] = head.split('\n');
  const [origin, digits, base64] = text.split('\n');
  if (log === null || origin !== log.name) {
    return [404, ''];
  }
  if (!signedByLog(`${text}\n`, tail.trimEnd().split('\n'))) {
    return [403, ''];
  }
  const before = BigInt(old.slice('old '.length));
  const size = BigInt(digits);
  const root = Buffer.from(base64, 'base64');
  if (before > size || proof.length > 63) {
    return [400, ''];
  }
  if (before !== BigInt(kept.size)) {
    return [409, `${kept.size}\n`, 'text/x.tlog.size'];
  }
  const hashes = proof.map((hash) => Buffer.from(hash, 'base64'));
  const follows = before === 0n
    ? hashes.length === 0
    : consistent(before, size, Buffer.from(kept.root, 'base64'), root, hashes);
  if (!follows) {
    return [422, ''];
  }
  Object.assign(kept, { size: digits, root: base64 });
  writeFileSync(`${file}.new`, JSON.stringify(kept), { flush: true });
  renameSync(`${file}.new`, file);
  const time = Math.floor(Date.now() / 1000);
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(BigInt(time));
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}\n`), privateKey);
  const line = Buffer.concat([mine.id, stamp, signature]).toString('base64');
  return [200, `\u2014 ${NAME} ${line}\n`];
}

async function text(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  return body;
}

async function add(request, response) {
  asked += 1;
  const [status, said, type] = answer(await text(request));
  response.writeHead(status, { 'content-type': type ?? 'text/plain' });
  response.end(said);
}

const server = createServer(async (request, response) => {
  switch (`${request.method} ${request.url}`) {
    case 'POST /w/add-checkpoint': return add(request, response);
    case 'GET /key': return response.end(mine.text);
    case 'GET /seen': return response.end(JSON.stringify({ asked, size: Number(kept.size) }));
    case 'PUT /log': know((await text(request)).trim()); return response.end();
    default: response.statusCode = 404; return response.end();
  }
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening on port'));
