// The digests of a draw, without asking the browser for any: SHA-256 (FIPS 180-4), HMAC with it (RFC 2104) and MD5 (RFC 1321).
// Browsers give theirs to pages of a secure address alone and have no MD5; and a call of theirs for each of 100,000
// tickets takes longer than the sum itself.

// The first 32 bits behind the point of a root of each of the first primes, as FIPS 180-4 takes its constants.
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((one) => n % one)) primes.push(n);

// Roots as whole numbers: nothing is left to how a machine rounds.
const behindPoint = (prime, power) => {
  let root = 0n;
  for (let bit = 1n << 36n; bit; bit >>= 1n) if ((root + bit) ** power <= BigInt(prime) << (32n * power)) root += bit;
  return Number(root & 0xffffffffn);
};
const rounds = Int32Array.from(primes, (one) => behindPoint(one, 3n));
const start = Int32Array.from(primes.slice(0, 8), (one) => behindPoint(one, 2n));
const w = new Int32Array(64);

// Takes one block of 64 bytes into the state.
function take(state, block, from) {
  for (let i = 0; i < 16; i++) {
    const at = from + 4 * i;
    w[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const large = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + small + w[i - 7] + large) | 0;
  }
  // One by one: taken apart as a list, the same words cost half of all time.
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const mixed = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + mixed + ((e & f) ^ (~e & g)) + rounds[i] + w[i]) | 0;
    const turned = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (turned + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

const tail = new Uint8Array(128);
const tailView = new DataView(tail.buffer);

// Takes the last bytes of a text, `before` bytes of which were taken already.
function finish(state, data, before) {
  const whole = data.length & ~63;
  for (let at = 0; at < whole; at += 64) take(state, data, at);
  const rest = data.length - whole;
  const end = rest < 56 ? 64 : 128;
  tail.fill(0, rest, end);
  tail.set(whole ? data.subarray(whole) : data);
  tail[rest] = 0x80;
  tailView.setUint32(end - 8, (before + data.length) / 2 ** 29);
  tailView.setUint32(end - 4, (before + data.length) * 8);
  for (let at = 0; at < end; at += 64) take(state, tail, at);
  return state;
}

// The bytes of some words, the greatest first.
function bytesOf(words) {
  const digest = new Uint8Array(4 * words.length);
  for (let i = 0; i < digest.length; i++) digest[i] = words[i >> 2] >>> (24 - 8 * (i & 3));
  return digest;
}

export const sha256 = (data) => bytesOf(finish(start.slice(), data, 0));

// Returns the function that signs with a key, in eight words that hold until the next call: what the key alone decides is
// done once for any number of texts.
export function hmacWith(key) {
  const padded = new Uint8Array(64);
  padded.set(key.length > 64 ? sha256(key) : key);
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const state = start.slice();
    take(state, padded.map((byte) => byte ^ pad), 0);
    return state;
  });
  const [one, words] = [new Int32Array(8), new Int32Array(8)];
  const digest = new Uint8Array(32);
  return (data) => {
    one.set(inner);
    words.set(outer);
    finish(one, data, 64);
    for (let i = 0; i < 32; i++) digest[i] = one[i >> 2] >>> (24 - 8 * (i & 3));
    return finish(words, digest, 64);
  };
}

export const hmac = (key, data) => bytesOf(hmacWith(key)(data));

const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
// RFC 1321 takes whole parts of 2³² times a sine, all far enough from the next whole number for any machine's sine.
const sines = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

export function md5(data) {
  const text = new Uint8Array((data.length + 72) & ~63);
  text.set(data);
  text[data.length] = 0x80;
  const view = new DataView(text.buffer);
  view.setBigUint64(text.length - 8, BigInt(data.length) * 8n, true);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < text.length; at += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round];
      const word = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] & 15;
      const sum = (a + mixed + sines[i] + view.getInt32(at + 4 * word, true)) | 0;
      const turn = turns[4 * round + (i & 3)];
      [a, d, c, b] = [d, c, b, (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0];
    }
    a0 = (a0 + a) | 0;
    b0 = (b0 + b) | 0;
    c0 = (c0 + c) | 0;
    d0 = (d0 + d) | 0;
  }
  const digest = new Uint8Array(16);
  const words = new DataView(digest.buffer);
  [a0, b0, c0, d0].forEach((word, i) => words.setInt32(4 * i, word, true));
  return digest;
}

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hex(bytes) {
  let text = "";
  for (const byte of bytes) text += digits[byte];
  return text;
}

export const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const encoder = new TextEncoder();

export const utf8 = (text) => encoder.encode(text);
