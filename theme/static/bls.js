// A round of the beacon and its signature → whether the beacon signed it: BLS over BLS12-381, for drand's chain
// "quicknet", as draw/bls.py does it and from the same sources (decision 0052).  Asks nobody.
//
// A pair [a, b] is a + b·u with u² = -1; a row of six pairs is c₀ + c₁·w + … + c₅·w⁵ with w⁶ = 1 + u.  All numbers are
// public, so nothing has to take the same time for each of them.
import { bytes, sha256, utf8 } from "./digests.js";

const Z = 0xd201000000010000n;
const R = Z ** 4n - Z ** 2n + 1n;
const P = ((Z + 1n) ** 2n * R) / 3n - Z;
const TAG = utf8("BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_");

// The second group's point that keys are multiples of, and the key of the chain: x and y, each a pair.
const BASE = [
  [
    0x024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8n,
    0x13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7en,
  ],
  [
    0x0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801n,
    0x0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79ben,
  ],
];
const KEY = [
  [
    0x0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45an,
    0x03cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451n,
  ],
  [
    0x0e5db2b6bfbb01c867749cadffca88b36c24f3012ba09fc4d3022c5c37dce0f977d3adb5d183c7477c442b1f04515273n,
    0x01a714f2edb74119a2f2b0d5a7c75ba902d163700a61bc224ededd8e63aef7be1aaf8e93d7a9718b047ccddb3eb5d68bn,
  ],
];

// The curve y² = x³ + A·x + B that texts are laid on first, and the five places at which its map of degree 11 onto ours goes
// to infinity: the roots of x⁵ + K₁·x⁴ + … + K₅.  The tables in appendix E.2 of RFC 9380 all follow from these.
const A = 0x144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1dn;
const B = 0x12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0n;
const K = [
  1n,
  0x04afe09d5cf4956a23b6b71f59d2b3407b415a774b7be81bbb6fa99cbc798e0ac98ba725a5bc328016b1c268b4766e85n,
  0x094440f65f408a6e930e16e3e92dd17bf60d6e9679a8d3d58593de55ac23703042d609537eb3549aac234d896ca82944n,
  0x1335c502c1f54c49aceea65e87fd7203ba0f626f305fc0cfd606a5dae9f3c8e81a4b3b69600129fabd307c69bf319d39n,
  0x0264908af037bcede00d054cf5d4775e83eb6cf63c76b969f8ed174fb59fcff78d201f46f6cfc4ed6552e59ce75177b0n,
  0x133341fb0962a34cb0504a9c4fada0a5090d38679b4c040d5d1c3afb023a3409fcc0815fea66d8b02bbef9c8b5a66e07n,
];

const mod = (a) => ((a %= P) < 0n ? a + P : a);

function power(a, n) {
  let found = 1n;
  for (const bit of n.toString(2)) {
    found = (found * found) % P;
    if (bit === "1") found = (found * a) % P;
  }
  return found;
}

function inverse(a) {
  let [low, high, x, y] = [mod(a), P, 1n, 0n];
  while (low > 1n) {
    const times = high / low;
    [low, high, x, y] = [high - times * low, low, y - times * x, x];
  }
  return mod(x);
}

function root(a) {
  const found = power(mod(a), (P + 1n) / 4n);
  return mod(found * found - a) ? null : found;
}

const pairTimes = ([a, b], [c, d]) => [mod(a * c - b * d), mod(a * d + b * c)];
const pairMinus = ([a, b], [c, d]) => [mod(a - c), mod(b - d)];
const pairInverse = ([a, b]) => {
  const over = inverse(a * a + b * b);
  return [mod(a * over), mod(-b * over)];
};
const same = ([a, b], [c, d]) => a === c && b === d;

const ONE = [[1n, 0n], ...Array(5).fill([0n, 0n])];

function rowTimes(f, g) {
  const real = Array(12).fill(0n);
  const imaginary = Array(12).fill(0n);
  g.forEach(([c, d], j) => {
    if (!c && !d) return;
    f.forEach(([a, b], i) => {
      real[i + j] += a * c - b * d;
      imaginary[i + j] += a * d + b * c;
    });
  });
  return ONE.map((_, k) => [mod(real[k] + real[k + 6] - imaginary[k + 6]), mod(imaginary[k] + imaginary[k + 6] + real[k + 6])]);
}

function rowPower(f, n) {
  let found = ONE;
  for (const bit of n.toString(2)) {
    found = rowTimes(found, found);
    if (bit === "1") found = rowTimes(found, f);
  }
  return found;
}

// To the power P, so many times over; every place has a factor of its own.
let turns;
function rowTurned(f, times) {
  if (!turns) {
    let turn = [1n, 0n];
    for (const bit of ((P - 1n) / 6n).toString(2)) {
      turn = pairTimes(turn, turn);
      if (bit === "1") turn = pairTimes(turn, [1n, 1n]);
    }
    turns = [[1n, 0n]];
    while (turns.length < 6) turns.push(pairTimes(turns.at(-1), turn));
  }
  for (let n = 0; n < times; n++) f = f.map(([a, b], k) => pairTimes([a, -b], turns[k]));
  return f;
}

function rowInverse(f) {
  let others = ONE;
  for (let turn = 2; turn < 12; turn += 2) others = rowTimes(others, rowTurned(f, turn));
  const over = pairInverse(rowTimes(f, others)[0]);
  return others.map((pair) => pairTimes(pair, over));
}

// Points of both groups are pairs of pairs; null is the point at infinity.
const negative = ([x, y]) => [x, pairMinus([0n, 0n], y)];

function slope([x, y], [x2, y2]) {
  if (!same(x, x2)) return pairTimes(pairMinus(y2, y), pairInverse(pairMinus(x2, x)));
  if (!same(y, y2) || same(y, [0n, 0n])) return null;
  const [a, b] = pairTimes(x, x);
  return pairTimes([3n * a, 3n * b], pairInverse([2n * y[0], 2n * y[1]]));
}

function third([x, y], [x2], steep) {
  const x3 = pairMinus(pairMinus(pairTimes(steep, steep), x), x2);
  return [x3, pairMinus(pairTimes(steep, pairMinus(x, x3)), y)];
}

function plus(one, other) {
  if (!one || !other) return one ?? other;
  const steep = slope(one, other);
  return steep && third(one, other, steep);
}

function times(point, count) {
  let found = null;
  for (const bit of count.toString(2)) {
    found = plus(found, found);
    if (bit === "1") found = plus(found, point);
  }
  return found;
}

const number = (raw) => raw.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

// The point that 48 bytes stand for, or null: one outside the group would be a second signature of the same round.
function pointOf(raw) {
  if (raw[0] >> 6 !== 2) return null;
  const x = number([raw[0] & 31, ...raw.subarray(1)]);
  let y = x < P ? root(x ** 3n + 4n) : null;
  if (y === null) return null;
  if (y > P / 2n !== Boolean(raw[0] & 32)) y = mod(-y);
  const point = [[x, 0n], [y, 0n]];
  return times(point, R) ? null : point;
}

function expanded(message, tag) {
  const end = [...tag, tag.length];
  const start = sha256(Uint8Array.from([...Array(64).fill(0), ...message, 0, 128, 0, ...end]));
  const blocks = [];
  for (let turn = 1; turn <= 4; turn++) {
    const before = blocks.at(-1);
    blocks.push(sha256(Uint8Array.from([...start.map((byte, i) => byte ^ (before?.[i] ?? 0)), turn, ...end])));
  }
  return blocks.flatMap((block) => [...block]);
}

function laid(u) {
  const part = mod(11n * u * u);
  const under = mod(part * part + part);
  const square = (x) => x ** 3n + A * x + B;
  let x = under ? mod(-B * inverse(A) * (1n + inverse(under))) : mod(B * inverse(11n * A));
  let y = root(square(x));
  if (y === null) {
    x = mod(part * x);
    y = root(square(x));
  }
  return moved(x, (y ^ u) & 1n ? mod(-y) : y);
}

// Kohel's formulas, with h the polynomial of K and its derivatives at x.
function moved(x, y) {
  let [h, h1, h2, h3] = [0n, 0n, 0n, 0n];
  for (const k of K) [h, h1, h2, h3] = [mod(h * x + k), mod(h1 * x + h), mod(h2 * x + 2n * h1), mod(h3 * x + 3n * h2)];
  if (!h) return null;
  const over = inverse(h);
  const q = mod(h1 * over);
  const q1 = mod(h2 * over - q * q);
  const q2 = mod(h3 * over - 3n * q * h2 * over + 2n * q ** 3n);
  const cubic = mod(4n * (x ** 3n + A * x + B));
  const steep = mod(6n * x * x + 2n * A);
  const to = 11n * x + 2n * K[1] - steep * q - cubic * q1;
  const lean = 11n - 12n * x * q - 3n * steep * q1 - cubic * q2;
  return [[mod(to * inverse(121n)), 0n], [mod(y * mod(lean) * inverse(1331n)), 0n]];
}

/** Return the point of a text, in RFC 9380's suite BLS12381G1_XMD:SHA-256_SSWU_RO_. */
export function hashed(message, tag) {
  const raw = expanded(message, tag);
  return times(plus(laid(number(raw.slice(0, 64)) % P), laid(number(raw.slice(64)) % P)), Z + 1n);
}

// How far a point lies from the line through another: at.y·w³ - steep·at.x·w² + (steep·x - y).
function line([x, y], steep, [[across], up]) {
  const zero = [0n, 0n];
  return [pairMinus(pairTimes(steep, x), y), zero, steep.map((part) => mod(-part * across)), up, zero, zero];
}

// Whether the pairings multiply to one: the optimal ate pairing, then the power 3·(P¹² - 1)/R in parts.
function isBalanced(pairs) {
  let row = ONE;
  const reached = pairs.map(([, second]) => second);
  for (const bit of Z.toString(2).slice(1)) {
    row = rowTimes(row, row);
    pairs.forEach(([first, second], n) => {
      for (const goal of bit === "1" ? [reached[n], second] : [reached[n]]) {
        const steep = slope(reached[n], goal);
        row = rowTimes(row, line(reached[n], steep, first));
        reached[n] = third(reached[n], goal, steep);
      }
    });
  }
  row = rowTimes(rowTurned(row, 6), rowInverse(row));
  row = rowTimes(rowTurned(row, 2), row);
  let found = rowPower(rowPower(row, Z + 1n), Z + 1n);
  found = rowTimes(rowTurned(found, 1), rowTurned(rowPower(found, Z), 6));
  found = rowTimes(rowTimes(rowTurned(found, 2), rowTurned(found, 6)), rowPower(rowPower(found, Z), Z));
  found = rowTimes(found, rowTimes(row, rowTimes(row, row)));
  return found.every((pair, k) => same(pair, ONE[k]));
}

/** Say whether these 96 hexadecimal digits are the chain's signature for a round: the only one there is. */
export async function isSigned(round, signatureHex) {
  if (!Number.isSafeInteger(round) || round < 1 || !/^[0-9a-f]{96}$/.test(signatureHex)) return false;
  const signed = pointOf(bytes(signatureHex));
  if (!signed) return false;
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, BigInt(round));
  return isBalanced([[signed, negative(BASE)], [hashed(sha256(message), TAG), KEY]]);
}
