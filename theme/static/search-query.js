// What a reader types → what the index is asked, and what the index answers → what is shown first.
// Knows neither the page nor the network.

// Words that stand in nearly every text say nothing, and take a large index seconds to look for.
const SMALL = {
  fr: "a ai au aucun aussi autre aux avec avoir c ca car ce cela celle celui ces cet cette ceux chez combien comme comment d dans de des doit donc dont du elle elles en entre est et etre eux faut il ils j je jusque l la le les leur leurs lui m ma mais me mes mon n ne ni nos notre nous on ont ou par parmi pas peut peux plus pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se ses si soit son sont sous sur t ta te tes ton toujours tous tout toute toutes tres tu un une va vers veux vos votre vous y",
  en: "a about all am an and any are as at be been but by can did do does for from had has have he her his how i if in into is it its just me my no not of on or our out s she so some than that the their them then there these they this to too up us was we were what when where which who why will with would you your",
};
// How much of what was asked a page must have, weighed by how telling its words are, to have all of it: small words do not count.
const MOST = 0.6;
// With fewer results than this, those that have only some of the words are shown after them.
const FEW = 6;
const small = Object.fromEntries(Object.entries(SMALL).map(([lang, words]) => [lang, new Set(words.split(" "))]));

/** Return a text in lower case and without its accents. */
export function folded(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/**
 * Return what to look for: each term has its `text` as it was typed, the `forms` to ask for, and the `parts` of a word with hyphens.
 * While someone is still typing, a word of one or two letters is not asked for yet: it would find nearly everything.
 */
export function terms(query, lang, typing = false) {
  const language = lang.split("-")[0];
  const plain = query
    .normalize("NFC")
    .replace(/[’ʼ`´]/g, "'")
    // 26/11/2026 and 2026-11-26 are written out in texts.
    .replace(/\b(\d{4})-(\d\d)-(\d\d)\b/g, (_, year, month, day) => written(day, month, year, lang))
    .replace(/\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?\b/g, (all, day, month, year) => written(day, month, year, lang) || all)
    // The article before an apostrophe is no part of the word.
    .replace(/(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=[\p{L}\p{N}])/giu, "");
  const found = [];
  // What stands between quotation marks is looked for as it stands, if it is more than a word.
  const loose = plain.replace(/["“«]\s*([^"“”«»]+?)\s*["”»]/g, (_, phrase) => {
    if (!/\p{L}\s+\P{Z}/u.test(phrase)) return ` ${phrase} `;
    found.push({ text: phrase, forms: [`"${phrase}"`], parts: [] });
    return " ";
  });
  for (const [text] of loose.matchAll(/[\p{L}\p{N}]+(?:['\-‐‑.·_][\p{L}\p{N}]+)*/gu)) {
    // Both genders at once, as in adhérent·es: the first is enough.
    const parts = text.split("·")[0].split(/['\-‐‑._]/);
    const word = parts.join("").toLowerCase();
    found.push({ text, forms: forms(word, language), parts: parts.length > 1 ? parts.map((part) => part.toLowerCase()) : [] });
  }
  const isLong = (word) => word.length > (typing ? 2 : 1) || /\d/.test(word);
  const says = ({ forms: [word] }) => word.startsWith('"') || (isLong(word) && !small[language]?.has(folded(word)));
  const telling = found.filter(says);
  return telling.length || typing ? telling : found;
}

function written(day, month, year, lang) {
  const date = new Date(Date.UTC(year ?? 2000, month - 1, day));
  if (month < 1 || month > 12 || date.getUTCDate() !== Number(day)) return "";
  return date.toLocaleDateString(lang, { timeZone: "UTC", day: "numeric", month: "long", ...(year && { year: "numeric" }) });
}

/** Return a word, and how else it may stand in a text: with the other spelling of œ, and in French of the other gender. */
function forms(word, language) {
  const other = [];
  if (/[œæ]/.test(word)) other.push(word.replace("œ", "oe").replace("æ", "ae"));
  else if (/oe|ae/.test(word)) other.push(word.replace("oe", "œ").replace("ae", "æ"));
  if (language === "fr" && word.length > 5) {
    const ending = /(teur|trice|eur|euse|ier|ière)s?$/.exec(word);
    const stem = word.slice(0, ending?.index);
    const endings = { teur: ["trice", "teuse"], trice: ["teur"], eur: ["euse"], euse: ["eur"], ier: ["ière"], ière: ["ier"] }[ending?.[1]] ?? [];
    other.push(...endings.map((one) => stem + one));
  }
  return [word, ...other];
}

/** Return how well a word of the index answers what was asked: 1 for the word itself, less for one that begins with it, 0 for another. */
export function likeness(stem, word) {
  if (word === stem) return 1;
  return word.startsWith(stem) && !/^\d+$/.test(stem) ? 0.4 : 0;
}

/**
 * Tell whether a word of the index is so near that it may be taken for what was asked.
 * Where no word begins with it, pagefind takes the longest that it begins with: “répar” for “réparx”, but also “et” for “étabbli”.
 */
export function isNear(stem, word) {
  return stem.startsWith(word) && word.length >= 4 && word.length >= stem.length - 2;
}

/**
 * Return the pages that answer, the best first: {id, score, places}, and `isPart` for those that lack a telling word.
 * Each group is one word looked for: {idf, pages: Map of id → {score, places, isTitled}}.  A page that lacks a word which
 * most texts have loses little.  Those that lack a telling one are left out, unless few others are found.  Of pages that
 * count as much as each other the one with the greatest place stands first: ids are no order, and change with every edit.
 */
export function ranked(groups, weight = () => 1, place = () => 0) {
  const total = groups.reduce((sum, { idf }) => sum + idf, 0) || 1;
  const found = new Map();
  for (const [n, { idf, pages }] of groups.entries()) {
    for (const [id, { score, places, isTitled }] of pages) {
      const page = found.get(id) ?? { id, score: 0, covered: 0, titled: 0, joined: 0, places: new Set() };
      const before = new Set(groups[n - 1]?.pages.get(id)?.places);
      page.score += score;
      page.covered += idf / total;
      page.titled += isTitled ? idf / total : 0;
      // “26 novembre” is looked for, not a 26 and some November.
      page.joined += places.some((place) => before.has(place - 1) || before.has(place)) ? 1 / (groups.length - 1) : 0;
      for (const place of places) page.places.add(place);
      found.set(id, page);
    }
  }
  const pages = [...found.values()].map(({ id, score, covered, titled, joined, places }) => ({
    id,
    score: score * covered ** 2 * (1 + titled ** 2) * (1 + joined / 2) * weight(id),
    covered,
    places: [...places].sort((a, b) => a - b),
  }));
  pages.sort((a, b) => b.score - a.score || place(b.id) - place(a.id) || (a.id < b.id ? -1 : 1));
  const whole = pages.filter(({ covered }) => covered >= MOST);
  const rest = pages.filter(({ covered }) => covered < MOST && covered >= 0.15).map((page) => ({ ...page, isPart: true }));
  return [...whole, ...rest.slice(0, Math.max(0, FEW - whole.length))];
}

/** Return the word of a list that was meant by a misspelt one, "" where none is near; the list begins with the most common. */
export function nearest(word, list) {
  const wanted = folded(word);
  const most = wanted.length < 4 ? 0 : wanted.length < 9 ? 1 : 2;
  let best = "";
  let least = most + 1;
  for (const one of list) {
    if (Math.abs(one.length - wanted.length) >= least) continue;
    const far = distance(wanted, folded(one), least);
    if (far < least) [best, least] = [one, far];
    if (far <= 1) break;
  }
  return best;
}

/** Return how many letters must be changed, added, left out or exchanged with their neighbour; `limit` where it is that many or more. */
export function distance(a, b, limit = Infinity) {
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) >= limit) return limit;
    [before, last] = [last, row];
  }
  return Math.min(last[b.length], limit);
}

/**
 * Return the part of a text with most of the words found, as {text, marked} pieces.
 * `from` and `to` bound it in words; `places` are the words found, by number, in order.
 */
export function excerpt(words, places, from, to, length = 30) {
  const inside = places.filter((place) => place >= from && place < to);
  let start = from;
  let most = 0;
  for (const [n, place] of inside.entries()) {
    const held = inside.slice(n).findIndex((other) => other >= place + length);
    const count = held < 0 ? inside.length - n : held;
    if (count > most) [start, most] = [place, count];
  }
  // A little of what comes before, from the beginning of a sentence where that is near.
  const earliest = Math.max(from, start - 8);
  let first = start < from + 10 ? from : earliest;
  for (let n = start; n > earliest; n--) {
    if (/[.!?…:]["»”)]?$/.test(words[n - 1])) {
      first = n;
      break;
    }
  }
  const end = Math.min(to, first + length);
  const marked = new Set(inside);
  const pieces = [];
  const add = (text, isMarked) => {
    if (pieces.at(-1)?.marked === isMarked) pieces.at(-1).text += text;
    else if (text) pieces.push({ text, marked: isMarked });
  };
  if (first > from) add("… ", false);
  for (let n = first; n < end; n++) {
    // Only the word, not the bracket or article before it or the full stop behind.
    const [, before, word, after] = /^([^\p{L}\p{N}]*(?:(?:\p{L}|\p{L}*qu)')?)(.*?)([^\p{L}\p{N}]*)$/iu.exec(words[n]);
    add((n > first ? " " : "") + before, false);
    add(word, marked.has(n));
    add(after, false);
  }
  if (end < to) add(" …", false);
  return pieces;
}

/** Return the parts of a long page in which most was found: {title, anchor}, as many as are wanted, in the order of the page. */
export function parts(anchors, places, length, wanted = 3) {
  const headings = anchors.filter(({ element, text }) => /^h[23]$/.test(element) && text?.trim()).sort((a, b) => a.location - b.location);
  const counted = headings.map(({ id, text, location }, n) => {
    const end = headings[n + 1]?.location ?? length;
    return { id, text, location, count: places.filter((place) => place >= location && place < end).length };
  });
  return counted
    .filter(({ count }) => count)
    .sort((a, b) => b.count - a.count || a.location - b.location)
    .slice(0, wanted)
    .sort((a, b) => a.location - b.location)
    .map(({ id, text }) => ({ title: text, anchor: id }));
}
