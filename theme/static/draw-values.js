// What a draw is made of: texts of one form, pools, the two orders, and who wins by an order.  From values alone, with
// the arithmetic of the program that drew (the handbook's decision 0050); nothing is asked of anyone.
import { bytes, hex, hmac, hmacWith, md5, sha256, utf8 } from "./digests.js";

// What a check found wrong: the word under which the page says it, and the values that it fills in.
export class Wrong extends Error {
  constructor(found, values = {}) {
    super(found);
    this.found = found;
    this.values = values;
  }
}

export const digestOf = (data) => hex(sha256(data));

// Compares texts as their bytes are ordered, which is by code points; JavaScript orders by its own units.
export function inOrder(a, b) {
  const [one, other] = [utf8(a), utf8(b)];
  for (let i = 0; i < Math.min(one.length, other.length); i++) if (one[i] !== other[i]) return one[i] - other[i];
  return one.length - other.length;
}

// The one text of plain values: keys in order, a space for each level, a line feed at the end.
export function canonical(value) {
  const written = (one, indent) => {
    if (one === null || typeof one !== "object") return JSON.stringify(one);
    const inner = `${indent} `;
    const isList = Array.isArray(one);
    const parts = isList
      ? one.map((part) => written(part, inner))
      : Object.keys(one).sort(inOrder).map((key) => `${JSON.stringify(key)}: ${written(one[key], inner)}`);
    const [open, close] = isList ? "[]" : "{}";
    return parts.length ? `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}` : open + close;
  };
  return `${written(value, "")}\n`;
}

// The same without spaces and line feeds, which what is announced is digested as.
export function compact(one) {
  if (one === null || typeof one !== "object") return JSON.stringify(one);
  if (Array.isArray(one)) return `[${one.map(compact)}]`;
  return `{${Object.keys(one).sort(inOrder).map((key) => `${JSON.stringify(key)}:${compact(one[key])}`)}}`;
}

// Returns the values of which some bytes are the one text; undefined where they are of none.
export function valuesIn(raw) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
    const value = JSON.parse(text);
    // Half a sign is written as it was read, but has no bytes that a digest could be made of.
    return canonical(value) === text && !/(^|[^\\])(\\\\)*\\ud/.test(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

// The types that a shape can ask for, beside lists of one shape and tables; the key "" of a table stands for any.
export const [TEXT, WHOLE, TABLE] = ["text", "whole number", "table"];

// Whether values have a shape; where it is open, tables may have more keys than the shape names.
export function fits(value, shape, isOpen = false) {
  if (shape === TEXT) return typeof value === "string";
  if (shape === WHOLE) return Number.isInteger(value);
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((one) => fits(one, shape[0], isOpen));
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  if (shape === TABLE) return true;
  if (Object.hasOwn(shape, "")) return Object.values(value).every((one) => fits(one, shape[""], isOpen));
  const keys = Object.keys(shape);
  return (
    (isOpen || Object.keys(value).length === keys.length) &&
    keys.every((key) => Object.hasOwn(value, key) && fits(value[key], shape[key], isOpen))
  );
}

// A sealed text holds the digest of the rest of it: a byte that changes by accident is found.
export function isSealed(value) {
  const { digest, ...rest } = value;
  return digest === digestOf(utf8(canonical(rest)));
}

// So many tickets are placed between two turns of the page.
const BATCH = 4000;

const line = /^[a-z0-9][a-z0-9_-]{0,63}(#[1-9][0-9]{0,3})?$/;

// Returns the lines of a pool in their order; undefined where some bytes are the one text of none.
export function poolIn(raw) {
  const text = new TextDecoder("latin1").decode(raw);
  if (!text.endsWith("\n")) return undefined;
  const lines = text.slice(0, -1).split("\n");
  for (let i = 0; i < lines.length; i++) {
    // All signs of a line are of ASCII here, whose order is that of JavaScript too.
    if (!line.test(lines[i]) || (i && lines[i] <= lines[i - 1])) return undefined;
  }
  return lines;
}

export const entrant = (one) => one.split("#", 1)[0];

// The secret of a contest's draw, which anybody can compute from the beacon's number.
export const secretOf = (contest, randomness) => hmac(utf8(`hubdraw-1\n${contest}`), bytes(randomness));

// Returns the lines in the order in which they win: by position, equal ones by the line itself.  `pause` is awaited after
// each batch with the part that is done, so that a page stays alive meanwhile.
export async function hubdrawOrder(contest, randomness, lines, pause = async () => {}) {
  const sign = hmacWith(secretOf(contest, randomness));
  const words = new Uint32Array(8 * lines.length);
  for (let i = 0; i < lines.length; i++) {
    words.set(sign(utf8(`${lines[i]}\u0001`)), 8 * i);
    if (i % BATCH === BATCH - 1) await pause((i + 1) / lines.length);
  }
  const order = Uint32Array.from(lines, (_, i) => i).sort((a, b) => {
    for (let i = 0; i < 8; i++) {
      const apart = words[8 * a + i] - words[8 * b + i];
      if (apart) return apart;
    }
    return lines[a] < lines[b] ? -1 : 1;
  });
  return Array.from(order, (i) => lines[i]);
}

// The key of some drawings of numbers (RFC 3797, section 4): the numbers of each ascending, each ended by a dot.
export const keyOf = (numbers) => numbers.map((one) => `${[...one].sort((a, b) => a - b).map((n) => `${n}.`).join("")}/`).join("");

// So many can be drawn by RFC 3797, which counts its turns in two bytes.
export const MOST_TURNS = 65536;

// Yields the lines of a pool in the order in which RFC 3797 selects them; it is wrong to ask for more than there can be.
export function* rfc3797Order(numbers, lines) {
  const key = utf8(keyOf(numbers));
  const left = [...lines];
  const text = new Uint8Array(key.length + 4);
  text.set(key, 2);
  for (let turn = 0; left.length; turn++) {
    if (turn === MOST_TURNS) throw new Wrong("too-many", { n: MOST_TURNS });
    text[0] = text[key.length + 2] = turn >> 8;
    text[1] = text[key.length + 3] = turn & 255;
    let rest = 0;
    for (const byte of md5(text)) rest = (rest * 256 + byte) % left.length;
    yield left.splice(rest, 1)[0];
  }
}

// Walks an order: who is skipped and why, who wins which prize, who comes next.  `prizes` holds how many win each prize.
export function award(order, prizes, substitutes, skips) {
  const wins = prizes.flatMap((count, prize) => Array(count).fill(prize));
  const found = { winners: [], substitutes: [], skips: [], walked: [] };
  const placed = new Set();
  const reasons = new Map([...skips].map(([ticket, reason]) => [entrant(ticket), reason]));
  const isDone = () => found.winners.length === wins.length && found.substitutes.length === substitutes;
  // Asked before each line is, as an order may have no more of them.
  const lines = order[Symbol.iterator]();
  while (!isDone()) {
    const { done, value: ticket } = lines.next();
    if (done) break;
    const who = entrant(ticket);
    const reason = reasons.get(who) ?? (placed.has(who) ? "duplicate_person" : "");
    found.walked.push(ticket);
    if (reason) {
      found.skips.push({ reason, ticket });
      continue;
    }
    placed.add(who);
    if (found.winners.length < wins.length) found.winners.push({ prize: wins[found.winners.length], ticket });
    else found.substitutes.push(ticket);
  }
  return found;
}

// The beacon: drand's quicknet, which tells a number every three seconds.
export const QUICKNET = { chain: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971", genesis: 1692803367, period: 3 };

const seconds = (moment) => Date.parse(moment) / 1000;

// The first round that is told at or after a moment.
export const roundAt = (moment) => Math.max(1, Math.ceil((seconds(moment) - QUICKNET.genesis) / QUICKNET.period) + 1);

// The second at which a round is told.
export const momentOf = (round) => QUICKNET.genesis + (round - 1) * QUICKNET.period;

const bits = (from, count) => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.log2(from - i);
  return sum;
};

// How many bits a draw of some lines needs where each place matters, and where those who win have equal prizes.
export const neededBits = (pool, winners, isOrdered) =>
  bits(pool, Math.min(winners, pool)) - (isOrdered ? 0 : bits(Math.min(winners, pool), Math.min(winners, pool)));

// How many bits a drawing of `count` numbers of 1 to `most` brings.
export const sourceBits = (count, most) => neededBits(most, count, false);

// What decides where the beacon has stopped: as many drawings of the French Loto as bring the bits, each of two sources.
export function lotoSources(wanted) {
  const loto = [{ count: 5, most: 49 }, { count: 1, most: 10 }];
  const found = [];
  const given = () => found.reduce((sum, one) => sum + sourceBits(one.count, one.most), 0);
  do found.push(...loto);
  while (given() < wanted);
  return found;
}
