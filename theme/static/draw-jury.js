// Ballots of a jury → the order of the works, in whole numbers alone, so that every machine comes to the same digits
// (the handbook's decision 0054).
import { inOrder, Wrong, valuesIn } from "./draw-values.js";

const mark = /^(0|[1-9][0-9]{0,3})(\.[0-9]?[1-9])?$/;
const weight = /^[0-9]{1,9}(\.[0-9]{1,4})?$/;

// How many decimals the distance of a mark from the juror's others keeps, and how many the score of a work.
const [Z, DECIMALS] = [24n, 12n];

// A written number in units of its last decimal that counts.
const units = (text, decimals) => {
  const [whole, part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(decimals, "0"));
};

// The words under which jurors seal, from how the rules name them: as the hub writes addresses.
const letters = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l" };

export function jurorKeys(names) {
  const keys = names.map((name, i) => {
    const folded = name.replaceAll("’", "'").toLowerCase().replace(/[œæßøł]/g, (sign) => letters[sign]);
    const plain = folded.normalize("NFKD").replace(/[^\0-\x7f]/g, "");
    return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 64).replace(/^-+|-+$/g, "") || `juror-${i + 1}`;
  });
  // Who is named twice would count twice, by one ballot.
  if (!keys.length || new Set([...keys, "votes"]).size <= keys.length) throw new Wrong("unread", { file: "record.json" });
  return keys;
}

export const sealedFile = (juror) => (juror === "votes" ? "votes.csv" : `ballots/${juror}.json`);

function criteriaOf(judging) {
  const found = judging.criteria;
  const fits = found.length && found.every((one) => weight.test(one.weight) && one.scale >= 1 && one.scale <= 1000);
  if (!fits || new Set(found.map((one) => one.name)).size < found.length) throw new Wrong("unread", { file: "record.json" });
  return found;
}

const isSame = (a, b) => a.length === b.length && a.every((one, i) => one === b[i]);

// The total of each work that a juror marked: true totals times a number that falls out again.
function totalsIn(raw, contest, juror, criteria, lines) {
  const file = sealedFile(juror);
  const told = valuesIn(raw);
  const isBallot =
    told && isSame(Object.keys(told).sort(), ["conflicts", "contest", "juror", "salt", "scores"]) &&
    told.contest === contest && told.juror === juror && /^[0-9a-f]{64}$/.test(told.salt);
  if (!isBallot) throw new Wrong("unread", { file });
  const marked = Object.keys(told.scores);
  if (!isSame([...marked, ...told.conflicts].sort(inOrder), lines) || !isSame([...told.conflicts].sort(inOrder), told.conflicts)) {
    throw new Wrong("unread", { file });
  }
  const common = criteria.map((one) => BigInt(one.scale)).reduce((a, b) => a * b, 1n);
  return new Map(
    marked.map((line) => {
      const marks = told.scores[line];
      if (Object.keys(marks).length !== criteria.length) throw new Wrong("unread", { file });
      let total = 0n;
      for (const one of criteria) {
        const given = marks[one.name];
        if (typeof given !== "string" || !mark.test(given) || Number(given) > one.scale) throw new Wrong("unread", { file });
        total += (units(one.weight, 4) * units(given, 2) * common) / BigInt(one.scale);
      }
      return [line, total];
    }),
  );
}

function votesIn(raw, lines) {
  const rows = new TextDecoder().decode(raw).split("\n");
  const found = rows.slice(1, -1).map((row) => /^([^,]+),(0|[1-9][0-9]{0,8})$/.exec(row));
  const isTable = rows[0] === "ticket,count" && rows.at(-1) === "" && found.every(Boolean);
  if (!isTable || !isSame(found.map((one) => one[1]), lines)) throw new Wrong("unread", { file: "votes.csv" });
  return new Map(found.map((one) => [one[1], BigInt(one[2])]));
}

const size = (n) => (n < 0n ? -n : n);

function root(n) {
  if (n < 2n) return n;
  let found = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (found + n / found) >> 1n;
    if (next >= found) return found;
    found = next;
  }
}

// How far each total stands from the mean of the juror's, in standard deviations (of all, as these are all there are).
export function zScores(totals) {
  const all = [...totals.values()];
  const many = BigInt(all.length);
  const sum = all.reduce((a, b) => a + b, 0n);
  const spread = many * all.reduce((a, b) => a + b * b, 0n) - sum * sum;
  const over = (above) => {
    if (!spread) return 0n;
    const found = (root((4n * above * above * 10n ** (2n * Z)) / spread) + 1n) / 2n;
    return above > 0n ? found : -found;
  };
  return new Map([...totals].map(([line, one]) => [line, over(many * one - sum)]));
}

export function scoreText(score) {
  const text = size(score).toString().padStart(Number(DECIMALS) + 1, "0");
  return `${score < 0n ? "-" : ""}${text.slice(0, -Number(DECIMALS))}.${text.slice(-Number(DECIMALS))}`;
}

// Returns [{ score, ticket }], best first; `ties` is the whole pool as lots would order it.
export function judged(contest, judging, lines, files, hasVotes, ties) {
  const criteria = criteriaOf(judging);
  const sheets = jurorKeys(judging.jurors).map((juror) => {
    const raw = files.get(sealedFile(juror));
    if (!raw) throw new Wrong("missing", { file: sealedFile(juror) });
    return zScores(totalsIn(raw, contest, juror, criteria, lines));
  });
  if (hasVotes) {
    if (!files.has("votes.csv")) throw new Wrong("missing", { file: "votes.csv" });
    sheets.push(zScores(votesIn(files.get("votes.csv"), lines)));
  }
  const scores = new Map();
  for (const line of lines) {
    const found = sheets.filter((one) => one.has(line)).map((one) => one.get(line));
    if (found.length < 2) continue;
    const whole = found.reduce((a, b) => a + b, 0n);
    const share = BigInt(found.length) * 10n ** (Z - DECIMALS);
    const mean = (2n * size(whole) + share) / (2n * share);
    scores.set(line, whole > 0n ? mean : -mean);
  }
  const place = new Map(ties.map((line, i) => [line, i]));
  const order = [...scores.keys()].sort((a, b) => {
    const apart = scores.get(b) - scores.get(a);
    return apart ? (apart > 0n ? 1 : -1) : place.get(a) - place.get(b);
  });
  return order.map((ticket) => ({ score: scoreText(scores.get(ticket)), ticket }));
}
