// The public files of a contest → what can be proved from them, check by check, as `contest verify` proves it (the
// handbook's decision 0055).  Nothing is asked of anyone; whatever the files are, each check ends with an answer.
import { bytes, utf8 } from "./digests.js";
import { eligible, ranked } from "./draw-quiz.js";
import { judged, jurorKeys, sealedFile } from "./draw-jury.js";
import {
  QUICKNET, TABLE, TEXT, WHOLE, Wrong, award, canonical, compact, digestOf, entrant, fits, hubdrawOrder, inOrder, isSealed, keyOf,
  lotoSources, momentOf, neededBits, poolIn, rfc3797Order, roundAt, sourceBits, valuesIn,
} from "./draw-values.js";

// In the order in which they are made; the others need what the first ones found.
export const CHECKS = [
  "record", "rules", "pool", "draw", "broadcast-order", "round", "beacon", "entropy", "order", "winners", "ballots", "answers",
];

// What can come after a step; a ballot can be sealed before entries are marked, and changes nothing of it.
const after = {
  "": ["announced", "cancelled"],
  announced: ["announced", "frozen", "cancelled"],
  frozen: ["decided", "void"],
  decided: ["verified"],
  verified: ["published"],
  published: ["settled"],
  settled: ["purged"],
  cancelled: ["purged"],
  void: ["purged"],
  purged: [],
};
const reasons = ["duplicate_person", "underage", "excluded_staff", "unreachable", "declined", "rules_breach"];
const [MARGIN, BEACON] = [10, 256];
const [PATIENCE_S, STOPPED_S] = [48 * 3600, 7 * 24 * 3600];
const seconds = (text) => Date.parse(text) / 1000;
const latin = (raw) => new TextDecoder("latin1").decode(raw);
const written = (second) => new Date(second * 1000).toISOString().replace(".000", "");
const isDigest = (text) => /^[0-9a-f]{64}$/.test(text);

// A moment is one of the calendar: browsers take a 30 February for a day of March.
const isMoment = (text) =>
  typeof text === "string" && /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(seconds(text)) &&
  written(seconds(text)) === text;

// A check that cannot be made, and why: no fault of the files.
class Unchecked extends Wrong {}

// What all checks of one contest share: its files, and what was read of them.
class Case {
  constructor(files, tools) {
    this.files = files;
    this.tools = tools;
  }

  file(name) {
    if (!this.files.has(name)) throw new Wrong("missing", { file: name });
    return this.files.get(name);
  }

  // Compares a file with the digest that was published of it.
  fits(name, wanted) {
    const found = digestOf(this.file(name));
    if (found !== wanted) throw new Wrong("differs", { file: name, found, wanted });
  }

  last(name) {
    return this.steps.findLast((one) => one.step === name);
  }

  // Compares a value of a file with what it must be.
  same(file, key, found, wanted) {
    if (compact(found ?? null) !== compact(wanted ?? null)) {
      throw new Wrong("value", { file, key, found: short(found), wanted: short(wanted) });
    }
  }

  // The moment of the lots: that of the draw, or of the results where lots only part equal entries.
  get lots() {
    return this.terms.draw || this.terms.results;
  }

  // Whom somebody passed over by hand: all skips but those that the walk finds by itself.
  told() {
    const { skips, substitutes, winners } = this.draw;
    const chosen = new Set([...winners.map((one) => one.ticket), ...substitutes].map(entrant));
    return skips.filter((one) => !chosen.has(entrant(one.ticket))).map((one) => [one.ticket, one.reason]);
  }

  // How many bits of chance the draw needs, with its margin.
  wantedBits() {
    const size = latin(this.files.get("pool.txt") ?? new Uint8Array()).split("\n").length - 1;
    this.same("pool.txt", "size", size, this.frozen.size);
    return neededBits(size, this.prizes.reduce((a, b) => a + b, 0), this.prizes.length > 1) + MARGIN;
  }

  // The drawings of numbers that decide: those that the rules name, or where the beacon has stopped those of a lottery.
  sources() {
    return this.terms.algorithm === "hubdraw-1" ? lotoSources(this.wantedBits()) : this.terms.sources;
  }

  // What a check needs that was wrong before, or comes later.
  needs(...names) {
    for (const name of names) {
      if (this[name] === undefined) throw new Unchecked(this.later?.has(name) ? "later" : "blocked");
    }
  }
}

const DRAW = {
  algorithm: TEXT, contest_id: TEXT, mechanism: TEXT, order: [TEXT], pool_digest: TEXT, pool_size: WHOLE, record_digest: TEXT,
  rules_digest: { "": TEXT }, skips: [{ reason: TEXT, ticket: TEXT }], source: TEXT, substitutes: [TEXT], tool_version: TEXT,
  winners: [{ prize: WHOLE, ticket: TEXT }],
};
const LUCK = {
  "hubdraw-1": { chain: TEXT, randomness: TEXT, round: WHOLE, signature: TEXT },
  rfc3797: { key: TEXT, numbers: [[WHOLE]] },
};
const MORE = { eligible: [TEXT], ranking: [{ score: TEXT, ticket: TEXT }] };
const isCounted = (one) => Number.isSafeInteger(one) && one > 0;

// Whether values have the form of a draw; what is in them is compared with what they must be.
function isDraw(told) {
  const luck = Object.hasOwn(LUCK, told?.algorithm) ? LUCK[told.algorithm] : undefined;
  const more = Object.entries(MORE).filter(([key]) => Object.hasOwn(told ?? {}, key));
  if (!luck || !fits(told, { ...DRAW, ...luck, ...Object.fromEntries(more) })) return false;
  const hasLuck =
    told.algorithm === "rfc3797"
      ? told.source === "numbers" && told.numbers.flat().every(isCounted) && told.key === keyOf(told.numbers)
      : told.source === "drand quicknet" && isCounted(told.round) && isDigest(told.randomness) && /^([0-9a-f]{2})+$/.test(told.signature);
  const counts = [told.pool_size, ...told.winners.map((one) => one.prize)];
  return hasLuck && counts.every((one) => Number.isSafeInteger(one) && one >= 0) && told.skips.every((one) => reasons.includes(one.reason));
}

const FACTS = {
  announced: { rules: { "": TEXT }, terms: TABLE, version: WHOLE },
  sealed: { digest: TEXT, juror: TEXT },
  frozen: { pool: TEXT, size: WHOLE },
  decided: { draw: TEXT },
  verified: { draw: TEXT },
};
const TERMS = {
  algorithm: TEXT, closes: TEXT, draw: TEXT, mechanism: TEXT, objection_hours: WHOLE, opens: TEXT, results: TEXT, substitutes: WHOLE,
  judging: { criteria: [{ name: TEXT, scale: WHOLE, weight: TEXT }], jurors: [TEXT] },
  prizes: [{ name: TEXT, quantity: WHOLE, shared_by: WHOLE }],
  quiz: { answers: TEXT, questions: WHOLE, tiebreak: TEXT },
  sources: [{ count: WHOLE, most: WHOLE, name: TEXT }],
};
const MANY = 1_000_000;
const isWithin = (from, one, to) => from <= one && one <= to;

// Whether a draw can go by terms: nothing is missing, and no number is beyond what anybody means.
function areTerms(terms) {
  if (!fits(terms, TERMS, true)) return false;
  const { closes, draw, judging, mechanism, objection_hours: hours, opens, prizes, quiz, results, sources, substitutes } = terms;
  return (
    [closes, ...[opens, draw, results].filter(Boolean)].every(isMoment) &&
    ["draw", "jury", "quiz", "quiz+draw", "jury+vote"].includes(mechanism) &&
    isWithin(0, hours, 10_000) && isWithin(0, substitutes, MANY) && isWithin(0, quiz.questions, 1000) &&
    prizes.every((one) => isWithin(1, one.quantity, MANY) && isWithin(1, one.shared_by, MANY)) &&
    sources.every((one) => isWithin(1, one.count, Math.min(one.most, 1000)) && one.most <= 1e9) &&
    judging.criteria.every((one) => /^[0-9]{1,6}(\.[0-9]{1,12})?$/.test(one.weight) && isWithin(1, one.scale, MANY)) &&
    (!judging.criteria.length || judging.criteria.some((one) => Number(one.weight) > 0))
  );
}

// Whether a step says what such a step says.
function isStep({ step, at, ...facts }) {
  if (!isMoment(at) || !fits(facts, FACTS[step] ?? {}, true)) return false;
  const { answers = "", beacon = null, missing = 1, terms } = facts;
  const isNamed = beacon === null || (fits(beacon, { chain: TEXT, round: WHOLE }) && isCounted(beacon.round));
  if (step === "announced") return isNamed && areTerms(terms);
  if (step === "frozen") return isNamed && typeof answers === "string";
  return step !== "decided" || isCounted(missing);
}

const checks = {
  record(own) {
    const record = valuesIn(own.file("record.json"));
    const isRecord = fits(record, { contest: TEXT, digest: TEXT, format: WHOLE, steps: [TABLE] }) && record.format === 1;
    if (!isRecord || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(record.contest) || !isSealed(record)) throw new Wrong("unread", { file: "record.json" });
    let [state, before] = ["", ""];
    for (const one of record.steps) {
      const { step, at } = one;
      const isPlaced = step === "sealed" ? ["announced", "frozen"].includes(state) : after[state].includes(step);
      if (!isPlaced || at < before) throw new Wrong("steps", { step });
      if (!isStep(one)) throw new Wrong("unread", { file: "record.json" });
      before = at;
      if (step !== "sealed") state = step;
    }
    own.steps = record.steps;
    own.contest = record.contest;
    [own.rules, own.frozen, own.decided] = ["announced", "frozen", "decided"].map((name) => own.last(name));
    own.terms = own.rules?.terms;
    own.prizes = own.terms?.prizes.map((one) => one.quantity * one.shared_by);
    const drawn = record.steps.findIndex((one) => one.step === "decided");
    const { digest, ...rest } = { ...record, steps: drawn < 0 ? record.steps : record.steps.slice(0, drawn) };
    own.before = digestOf(utf8(canonical({ ...rest, digest: digestOf(utf8(canonical(rest))) })));
    const [pool, draw] = ["pool.txt", "draw.json"].map((name) => own.files.get(name) ?? new Uint8Array());
    own.pool = poolIn(pool);
    if (own.decided) {
      const told = valuesIn(draw);
      if (isDraw(told)) own.draw = told;
    }
    own.later = new Set([["terms", own.terms], ["frozen", own.frozen], ["decided", own.decided], ["draw", own.decided]].filter((one) => !one[1]).map((one) => one[0]));
    return ["ok-record", { n: record.steps.length }];
  },

  rules(own) {
    own.needs("terms");
    const names = [];
    own.steps.filter((one) => one.step === "announced").forEach(({ step, rules, ...told }, i) => {
      if (told.version !== i + 1 || !Object.keys(rules).length) throw new Wrong("steps", { step });
      // It salts the order: whoever may choose it once the number is known draws again until a friend wins.
      own.same("record.json", "contest", own.contest, told.terms.contest);
      const announced = digestOf(utf8(compact(told)));
      for (const lang of Object.keys(rules).sort(inOrder)) {
        const file = `rules.${told.version}.${lang}.md`;
        own.fits(file, rules[lang]);
        names.push(file);
        // The rules end with the digest of what was announced: of prizes, moments and all that a draw depends on.
        const found = [...latin(own.file(file)).matchAll(/announced-step: ([0-9a-f]{64})/g)].map((one) => one[1]);
        if (found.join() !== announced) throw new Wrong("announced", { file, wanted: announced });
      }
    });
    const stray = [...own.files.keys()].find((name) => /^rules\.[0-9]+\.[A-Za-z0-9-]+\.md$/.test(name) && !names.includes(name));
    if (stray) throw new Wrong("stray", { file: stray });
    return ["ok-rules", { n: names.length }];
  },

  pool(own) {
    own.needs("frozen");
    own.fits("pool.txt", own.frozen.pool);
    if (!own.pool) throw new Wrong("unread", { file: "pool.txt" });
    if (own.pool.length !== own.frozen.size) {
      throw new Wrong("value", { file: "record.json", key: "size", found: own.frozen.size, wanted: own.pool.length });
    }
    const chances = new Map();
    for (const one of own.pool.map(entrant)) chances.set(one, (chances.get(one) ?? 0) + 1);
    const limit = own.terms.entry?.limit;
    const [ticket, found] = [...chances].find(([, many]) => Number.isInteger(limit) && many > limit) ?? [];
    if (ticket) throw new Wrong("chances", { file: "pool.txt", ticket, found, wanted: limit });
    return ["ok-pool", { digest: own.frozen.pool, n: own.pool.length }];
  },

  draw(own) {
    own.needs("decided");
    own.file("draw.json");
    if (!own.draw) throw new Wrong("unread", { file: "draw.json" });
    const wanted = {
      contest_id: own.contest, mechanism: own.terms.mechanism, rules_digest: own.rules.rules, record_digest: own.before,
      pool_digest: own.frozen.pool, pool_size: own.frozen.size,
    };
    // A lottery may stand in for a beacon that is missing, and no beacon for a lottery: of its rounds one could choose.
    if (own.decided.missing === undefined || own.terms.algorithm !== "hubdraw-1") wanted.algorithm = own.terms.algorithm;
    for (const [key, value] of Object.entries(wanted)) own.same("draw.json", key, own.draw[key], value);
    // As it was before anybody was passed over by hand, it has the digest that the record holds.
    const { draw } = own;
    const { walked, ...first } = award(draw.order, own.prizes, own.terms.substitutes, []);
    const isCut = draw.algorithm === "rfc3797" && !draw.ranking;
    const found = digestOf(utf8(canonical({ ...draw, ...first, order: isCut ? walked : draw.order })));
    if (found !== own.decided.draw) throw new Wrong("differs", { file: "draw.json", found, wanted: own.decided.draw });
    const verified = own.last("verified");
    if (verified) own.fits("draw.json", verified.draw);
    return ["ok-draw", {}];
  },

  "broadcast-order"(own) {
    own.needs("terms");
    const { closes, draw, objection_hours: hours } = own.terms;
    // Those who entered by one version know its day: the next cannot open entries again.
    const versions = own.steps.filter((one) => one.step === "announced");
    [...versions.slice(1), own.rules].forEach(({ at }, i) => {
      const wanted = versions[i].terms.closes;
      if (at > wanted) throw new Wrong("announced-late", { found: at, wanted });
    });
    own.needs("frozen");
    const { at } = own.frozen;
    if (at < closes) throw new Wrong("frozen-early", { found: at, wanted: closes });
    const isBeacon = own.draw?.algorithm === "hubdraw-1";
    if (!own.lots && !isBeacon) throw new Unchecked("needless");
    const known = isBeacon ? momentOf(own.draw.round) : seconds(own.lots);
    const told = { found: at, wanted: written(known), hours };
    // Where a later round stands in, the list had to be closed before the one that was named all the same.
    const due = known - seconds(own.lots) >= QUICKNET.period ? seconds(own.lots) : known;
    if (seconds(at) + (draw ? hours * 3600 : 0) > due || seconds(at) >= due) throw new Wrong("early", { ...told, wanted: written(due) });
    if (own.decided && seconds(own.decided.at) < known) throw new Wrong("drawn-early", { ...told, found: own.decided.at });
    return ["ok-early", told];
  },

  round(own) {
    own.needs("terms");
    if (own.terms.algorithm !== "hubdraw-1") throw new Unchecked("needless");
    if (!own.lots || seconds(own.lots) < QUICKNET.genesis) throw new Wrong("steps", { step: "announced" });
    const wanted = roundAt(own.lots);
    for (const one of [own.rules, own.frozen].filter(Boolean)) {
      if (one.beacon?.chain !== QUICKNET.chain) throw new Wrong("chain");
      if (one.beacon.round !== wanted) throw new Wrong("round", { found: one.beacon.round, wanted });
    }
    const told = ["ok-round", { moment: written(momentOf(wanted)), round: wanted }];
    if (!own.decided) return told;
    own.needs("draw");
    const { algorithm, chain, numbers, round } = own.draw;
    const isBeacon = algorithm === "hubdraw-1";
    if (isBeacon && chain !== QUICKNET.chain) throw new Wrong("chain");
    if (isBeacon && round === wanted) {
      if (own.decided.missing !== undefined) throw new Wrong("present", { found: wanted });
      return told;
    }
    // A later one, or a lottery, may stand in once the beacon was silent for as long as the rules say.
    const since = isBeacon ? Math.max(momentOf(wanted) + PATIENCE_S, momentOf(round)) : momentOf(wanted) + STOPPED_S;
    const mayStandIn = own.decided.missing === wanted && seconds(own.decided.at) >= since && !(round < wanted);
    const values = { found: isBeacon ? round : keyOf(numbers), wanted };
    if (!mayStandIn) throw new Wrong("round", values);
    throw new Unchecked(isBeacon ? "substitute" : "stopped", values);
  },

  async beacon(own) {
    own.needs("terms", "draw");
    if (own.draw.algorithm === "rfc3797") {
      const sources = own.sources();
      const fits = ({ count, most }, one) =>
        one.length === count && new Set(one).size === count && one.every((n) => Number.isInteger(n) && n >= 1 && n <= most);
      own.same("draw.json", "numbers", own.draw.numbers.length, sources.length);
      sources.forEach((one, i) => {
        if (!fits(one, own.draw.numbers[i])) throw new Wrong("drawing", { ...one, n: i + 1 });
      });
      throw new Unchecked("numbers", { key: own.draw.key });
    }
    const { randomness, round, signature } = own.draw;
    if (digestOf(bytes(signature)) !== randomness) throw new Wrong("randomness");
    if (!(await own.tools.isSigned(round, signature))) throw new Wrong("signature");
    return ["ok-beacon", {}];
  },

  entropy(own) {
    own.needs("terms", "frozen");
    const wanted = own.wantedBits();
    if (own.decided) own.needs("draw");
    const isBeacon = own.terms.algorithm === "hubdraw-1" && own.draw?.algorithm !== "rfc3797";
    const given = isBeacon ? BEACON : own.sources().reduce((sum, one) => sum + sourceBits(one.count, one.most), 0);
    const told = { found: given.toFixed(1), wanted: wanted.toFixed(1) };
    if (given < wanted) throw new Wrong("entropy", told);
    return ["ok-entropy", told];
  },

  async order(own) {
    own.needs("terms", "draw");
    own.file("pool.txt");
    if (!own.pool) throw new Wrong("unread", { file: "pool.txt" });
    const { draw, pool } = own;
    const { judging, mechanism, quiz } = own.terms;
    const isBeacon = draw.algorithm === "hubdraw-1";
    const lots = async (lines) =>
      isBeacon ? hubdrawOrder(own.contest, draw.randomness, lines, own.tools.pause) : [...rfc3797Order(draw.numbers, lines)];
    const wanted = {};
    if (mechanism.startsWith("quiz")) wanted.eligible = eligible(quiz, pool, own.files);
    if (mechanism.startsWith("jury")) {
      wanted.ranking = judged(own.contest, judging, pool, own.files, mechanism === "jury+vote", await lots(pool));
    } else if (mechanism === "quiz") {
      wanted.ranking = ranked(quiz, pool, own.files, await lots(pool));
    }
    const lines = wanted.eligible ?? pool;
    if (wanted.ranking) wanted.order = wanted.ranking.map((one) => one.ticket);
    else if (isBeacon) wanted.order = await lots(lines);
    // By numbers only as many lines are drawn as the walk along them comes to.
    else wanted.order = award(rfc3797Order(draw.numbers, lines), own.prizes, own.terms.substitutes, own.told()).walked;
    for (const key of ["eligible", "ranking"]) own.same("draw.json", key, draw[key], wanted[key]);
    const most = Math.max(wanted.order.length, draw.order.length);
    for (let i = 0; i < most; i++) {
      if (wanted.order[i] !== draw.order[i]) throw new Wrong("place", { place: i + 1, found: draw.order[i] ?? "–", wanted: wanted.order[i] ?? "–" });
    }
    return ["ok-order", { n: most }];
  },

  winners(own) {
    own.needs("terms", "draw");
    const found = award(own.draw.order, own.prizes, own.terms.substitutes, own.told());
    for (const key of ["winners", "substitutes", "skips"]) {
      const [wanted, has] = [found[key].map(compact), own.draw[key].map(compact)];
      for (let i = 0; i < Math.max(wanted.length, has.length); i++) if (wanted[i] !== has[i]) throw new Wrong("award", { key, place: i + 1 });
    }
    return ["ok-winners", { n: found.winners.length, passed: found.skips.length, waiting: found.substitutes.length }];
  },

  ballots(own) {
    own.needs("terms");
    if (!own.terms.mechanism.startsWith("jury")) throw new Unchecked("needless");
    const jurors = [...jurorKeys(own.terms.judging.jurors), ...(own.terms.mechanism === "jury+vote" ? ["votes"] : [])];
    const sealed = own.steps.filter((one) => one.step === "sealed").map((one) => [one.juror, one.digest]);
    const digests = new Map(sealed);
    if (digests.size < sealed.length || sealed.some(([one]) => !jurors.includes(one))) throw new Wrong("steps", { step: "sealed" });
    // Votes are public at once, and who marks after them could go by them.
    if ([...digests.keys()].slice(0, jurorKeys(own.terms.judging.jurors).length).includes("votes")) throw new Wrong("steps", { step: "sealed votes" });
    own.needs("decided");
    for (const juror of jurors) {
      if (!digests.has(juror)) throw new Wrong("steps", { step: `sealed ${juror}` });
      own.fits(sealedFile(juror), digests.get(juror));
    }
    return ["ok-ballots", { n: jurors.length }];
  },

  answers(own) {
    own.needs("terms");
    if (!own.terms.mechanism.startsWith("quiz")) throw new Unchecked("needless");
    own.needs("frozen");
    own.fits("answers.csv", own.frozen.answers ?? "–");
    own.needs("decided");
    own.fits("key.json", own.terms.quiz.answers);
    return ["ok-answers", {}];
  },
};

const short = (value) => {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};

// The file of which a check is told to be unreadable, where nothing else is known.
const mainFile = { pool: "pool.txt", draw: "draw.json", answers: "answers.csv" };

// Yields { name, isRight, found, values } for each check; isRight is null where it cannot be made, and found says why.
// `tools` are isSigned(round, signature), and pause(part), which is awaited in the middle of long work.
export async function* prove(files, tools) {
  const own = new Case(files, tools);
  for (const name of CHECKS) {
    try {
      if (name !== "record") own.needs("steps");
      const [found, values] = await checks[name](own);
      yield { name, isRight: true, found, values };
    } catch (error) {
      // Whatever a file holds, somebody looks at the answer: what nobody thought of is a file of another form.
      const { found, values } = error instanceof Wrong ? error : new Wrong("unread", { file: mainFile[name] ?? (own.draw ? "draw.json" : "record.json") });
      yield { name, isRight: error instanceof Unchecked ? null : false, found, values };
    }
    await tools.pause?.(0);
  }
}

// The files that a record names: what a page fetches.
export function filesOf(raw) {
  const record = valuesIn(raw);
  const names = ["record.json"];
  try {
    for (const one of record.steps) {
      if (one.step === "announced") for (const lang of Object.keys(one.rules)) names.push(`rules.${one.version}.${lang}.md`);
      if (one.step === "frozen") names.push("pool.txt", ...(one.answers ? ["answers.csv"] : []));
      if (one.step === "decided") {
        names.push("draw.json", ...record.steps.filter((own) => own.step === "sealed").map((own) => sealedFile(own.juror)));
        if (names.includes("answers.csv")) names.push("key.json");
      }
    }
  } catch {
    // The check tells what is wrong with such a record.
  }
  return names;
}
