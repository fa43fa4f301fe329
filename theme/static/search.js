// The search page: what is typed, chosen and found.  Loaded there alone; without it the page is an index of everything.
// Nothing of the search index is asked for before there is something to look for.

import { asked, opened } from "./search-index.js";
import { excerpt, parts } from "./search-query.js";

// How many results are shown at once, and how many at first in another language than the reader's.
const PAGE = 10;
const FOREIGN = 3;
const FACETS = ["section", "kind", "year", "place", "tag"];

const form = document.getElementById("search");
const field = form?.elements.q;
const filters = document.querySelector(".search-filters");
const part = (name) => document.getElementById(`search-${name}`);
const said = (name, fills = {}) => Object.entries(fills).reduce((text, [key, value]) => text.replace(`{${key}}`, value), form.dataset[name]);
const here = document.documentElement.lang;

/** Make an element with a class, a text and children. */
function make(tag, look, ...inside) {
  const element = document.createElement(tag);
  if (look) element.className = look;
  element.append(...inside.filter((one) => one != null && one !== ""));
  return element;
}

// The index, opened when it is first needed.

let indexes;

function index() {
  indexes ??= opened(form.dataset.index, here);
  // A search that failed for want of a connection may succeed the next time.
  indexes.catch(() => (indexes = undefined));
  return indexes;
}

// What is asked for stands in the address, so that it can be kept, sent to others and come back to.

function wish() {
  const chosen = Object.fromEntries(FACETS.map((name) => [name, new Set()]));
  for (const [name, value] of new FormData(form)) if (name in chosen && value) chosen[name].add(value);
  return { query: field.value.trim(), chosen };
}

function address({ query, chosen }) {
  const to = new URLSearchParams();
  if (query) to.set("q", query);
  for (const name of FACETS) for (const value of chosen[name]) to.append(name, value);
  return location.pathname + (to.size ? `?${to}` : "");
}

/** Keep what is asked for in the address: as a step that Back leads over, or instead of the last one. */
function remember(wished, asStep) {
  const to = address(wished);
  if (to === location.pathname + location.search) return;
  if (asStep) history.pushState(null, "", to);
  else history.replaceState(null, "", to);
}

// The filters.

const suits = (page, chosen, but) =>
  FACETS.every((name) => name === but || !chosen[name].size || (page.facets[name] ?? []).some((value) => chosen[name].has(value)));

function facets(pages, chosen) {
  for (const name of FACETS) {
    const counts = new Map([...chosen[name]].map((value) => [value, 0]));
    for (const page of pages) {
      if (suits(page, chosen, name)) for (const value of page.facets[name] ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const box = document.querySelector(`[data-facet="${name}"]`);
    const values = sorted(name, [...counts]);
    box.hidden = values.length < 2 && !chosen[name].size;
    const list = box.querySelector("select");
    if (list) list.replaceChildren(new Option(list.dataset.any, ""), ...values.map(([value, count]) => option(value, count, chosen[name])));
    else choices(box, name, values, chosen[name]);
  }
  const count = FACETS.reduce((sum, name) => sum + chosen[name].size, 0);
  part("chosen").replaceChildren(...(count ? [make("span", "search-count", String(count))] : []));
  part("clear").hidden = !count;
}

function sorted(name, values) {
  if (name === "year") return values.sort(([a], [b]) => (a < b ? 1 : -1));
  const named = [...part("says").content.querySelectorAll(`[data-${name}]`)].map((one) => one.dataset[name]);
  // A kind that the theme has no word for is one that nobody here would choose by.
  if (named.length) return values.filter(([value]) => named.includes(value)).sort(([a], [b]) => named.indexOf(a) - named.indexOf(b));
  return values.sort(([a, many], [b, more]) => more - many || a.localeCompare(b, here)).slice(0, 40);
}

const option = (value, count, chosen) => new Option(`${printed(value)} (${number(count)})`, value, false, chosen.has(value));

/** Show the choices of a filter, keeping the boxes that are there: one of them may have the focus. */
function choices(box, name, values, chosen) {
  const there = new Map([...box.querySelectorAll("label")].map((label) => [label.control.value, label]));
  for (const [value, label] of there) if (!values.some(([one]) => one === value)) label.remove();
  let place = box.querySelector("label");
  for (const [value, count] of values) {
    let label = there.get(value);
    if (!label) {
      const check = Object.assign(document.createElement("input"), { type: "checkbox", name, value });
      check.setAttribute("form", "search");
      label = make("label", "", check, make("span", "", word(name, value)), make("span", "quiet"));
    }
    label.control.checked = chosen.has(value);
    label.lastChild.textContent = number(count);
    if (label === place) place = place.nextElementSibling;
    else box.insertBefore(label, place);
  }
}

const word = (name, value) => part("says").content.querySelector(`[data-${name}="${CSS.escape(value)}"]`)?.textContent ?? printed(value);
const number = (count) => count.toLocaleString(here);

// What was found.

let turn = 0;
let last = { query: null, typing: false, found: [] };
const title = document.title;

async function search({ typing = false, asStep = false } = {}) {
  const mine = ++turn;
  const wished = wish();
  remember(wished, asStep);
  const { query } = wished;
  document.title = query ? `${query} · ${title}` : title;
  if (!query) return nothing();
  part("found").setAttribute("aria-busy", "true");
  const slow = setTimeout(() => mine === turn && tell(said("slow")), 400);
  try {
    if (query !== last.query || typing !== last.typing) {
      const [own, ...others] = await index();
      const first = await asked(own, query, typing);
      if (mine !== turn || (!first && typing)) return;
      // The reader's own language is shown while the others are still loaded.
      if (first?.pages.length) await showOwn(first, wished, mine);
      const found = [first, ...(await Promise.all(others.map((one) => asked(one, query, typing))))];
      if (mine !== turn) return;
      last = { query, typing, found: found.filter(Boolean) };
    } else if (last.found.length) await showOwn(last.found[0], wished, mine);
    await show(wished, mine);
  } catch (problem) {
    console.error(problem);
    if (mine === turn) broken();
  } finally {
    clearTimeout(slow);
    if (mine === turn) part("found").setAttribute("aria-busy", "false");
  }
}

function nothing() {
  last = { query: null, typing: false, found: [] };
  part("found").hidden = true;
  part("index").hidden = false;
  tell("");
}

function broken() {
  last = { query: null, typing: false, found: [] };
  part("found").hidden = false;
  part("index").hidden = false;
  part("results").replaceChildren();
  part("others").replaceChildren();
  tell(said("broken"));
}

const tell = (...what) => {
  part("found").hidden &&= !what[0];
  part("status").replaceChildren(...what);
};

/** Show what was found in the reader's own language. */
async function showOwn({ index: { lang }, pages }, { chosen }, mine) {
  if (!isOwn(lang)) return;
  const suited = pages.filter((page) => suits(page, chosen));
  const first = await rows(suited.slice(0, PAGE));
  if (mine !== turn) return;
  part("index").hidden = true;
  part("found").hidden = false;
  filters.hidden = false;
  part("results").replaceChildren(...first);
  more(part("results"), suited.slice(PAGE));
}

/** Show everything else: other languages, filters, how much it is. */
async function show({ query, chosen }, mine) {
  const lists = worthwhile(last.found);
  const shown = lists.map((list) => ({ ...list, pages: list.pages.filter((page) => suits(page, chosen)) }));
  const sections = await Promise.all(shown.filter((list) => !isOwn(list.index.lang) && list.pages.length).map(other));
  if (mine !== turn) return;
  const pages = shown.flatMap((list) => list.pages);
  const count = pages.filter(({ isPart }) => !isPart).length;
  part("index").hidden = true;
  part("found").hidden = false;
  if (!last.found.some(({ index: { lang }, pages: [one] }) => one && isOwn(lang))) part("results").replaceChildren();
  part("others").replaceChildren(...sections);
  const all = lists.flatMap((list) => list.pages);
  facets(all, chosen);
  part("nothing").hidden = pages.length > 0;
  filters.hidden = !all.length;
  const notes = [...new Map(shown.flatMap((list) => list.notes).map((note) => [note.word, note])).values()];
  const understood = notes.reduce((text, { word: typed, meant }) => (meant ? text.replace(typed, meant) : text), query);
  tell(...notes.flatMap(noted), make("span", "", said(["none", "one"][count] ?? "many", { query: understood, count: number(count) })));
}

const isOwn = (lang) => lang === here || lang === here.split("-")[0];

/** Return what is worth showing: another language only where it has all the words as they were typed, or the reader's own has nothing. */
function worthwhile(found) {
  if (!found.some(({ index: { lang }, pages }) => isOwn(lang) && pages.length)) return found;
  const isWhole = ({ lacking, notes }) => !lacking && !notes.length;
  const others = found.filter((list) => !isOwn(list.index.lang) && isWhole(list));
  const whole = others.map((list) => ({ ...list, pages: list.pages.filter(({ isPart }) => !isPart) }));
  return [...found.filter(({ index: { lang } }) => isOwn(lang)), ...whole];
}

/** Say of a word that no text has it, and what was taken for it. */
function noted({ word: typed, meant }) {
  if (!meant) return [make("span", "", said("lacking", { word: typed })), " "];
  const [before, after] = said("meant", { word: typed }).split("{meant}");
  return [make("span", "", before, make("strong", "", meant), after), " "];
}

/** Return the results in another language, under their own heading. */
async function other({ index: { lang }, pages }) {
  const name = new Intl.DisplayNames([here], { type: "language" }).of(lang);
  const list = make("ol", "search-results");
  list.append(...(await rows(pages.slice(0, FOREIGN))));
  more(list, pages.slice(FOREIGN));
  return make("section", "search-other", make("h2", "section-title", said("language", { language: name })), list);
}

/** Return results as rows; before the first that has only some of the words, a line says so. */
async function rows(pages) {
  const made = await Promise.all(pages.map(async (page) => row(page, await page.index.page(page.id))));
  const first = pages.findIndex(({ isPart }) => isPart);
  if (first >= 0) made.splice(first, 0, make("li", "search-rest", said("part")));
  return made;
}

/** End a list with a button that shows the next of it, if there are any. */
function more(list, pages) {
  if (!pages.length) return;
  const button = Object.assign(make("button", "button button-quiet", form.dataset.more), { type: "button" });
  const end = make("li", "search-more", button, make("span", "quiet", number(pages.length)));
  button.addEventListener("click", async () => {
    button.disabled = true;
    const next = await rows(pages.slice(0, PAGE));
    end.replaceWith(...next);
    more(list, pages.slice(PAGE));
    next[0].querySelector("a").focus();
  });
  list.append(end);
}

/** Return one result: what it is, when, where, and what was found in it. */
function row(page, { url, content, raw_content, meta, anchors }) {
  // Languages without spaces are indexed with an invisible one after each word.
  const words = raw_content.includes("\u200B") ? raw_content.split("\u200B") : content.split(/\s+/);
  const title = meta.title ?? url;
  const named = title.split(/\s+/);
  // The text begins with the title, which stands above the excerpt already.
  const begins = words.slice(0, 12).findIndex((_, at) => named.every((one, n) => words[at + n]?.startsWith(one)));
  const from = begins < 0 ? 0 : begins + named.length;
  const lang = isOwn(page.index.lang) ? "" : page.index.lang;
  const kind = page.facets.kind?.[0];
  const what = kind ? word("kind", kind) : word("section", page.facets.section[0]);
  const over = make("p", "card-over", make("span", "", what), meta.when && make("span", "", printed(meta.when)));
  const link = Object.assign(make("a", "", printed(title)), { href: url });
  const text = make("p", "search-excerpt");
  const isInText = page.places.some((place) => place >= from);
  const pieces = meta.summary && !isInText ? [{ text: meta.summary }] : excerpt(words, page.places, from, words.length);
  for (const { text: piece, marked } of pieces) text.append(marked ? make("mark", "", printed(piece)) : printed(piece));
  const told = make("div", "card-text", over, make("h3", "card-title", link), marks(page), text);
  const inside = words.length > 250 ? parts(anchors, page.places, words.length) : [];
  if (inside.length > 1) {
    const ways = inside.map(({ title: heading, anchor }) => make("li", "", Object.assign(make("a", "", printed(heading)), { href: `${url}#${anchor}` })));
    told.append(make("ul", "search-parts", ...ways));
  }
  if (lang) for (const one of told.querySelectorAll("h3, .search-excerpt, .search-parts")) one.lang = lang;
  const isOff = ["cancelled", "void"].some((one) => page.facets.state?.includes(one));
  return make("li", isOff ? "card is-off" : "card", told, leaf(page, meta.leaf));
}

/** Return the states that have a stamp, as lists show them. */
function marks({ facets: { state = [] } }) {
  const stamps = state.map((one) => part("says").content.querySelector(`[data-state="${CSS.escape(one)}"] > *`)).filter(Boolean);
  return stamps.length ? make("p", "marks", ...stamps.map((one) => document.importNode(one, true))) : "";
}

// How a contest can stand once its entries are closed.
const AFTER = ["closed", "frozen", "drawn", "judged", "verified", "published", "settled", "purged"];

/** Return the calendar leaf of what takes place or closes on a day. */
function leaf({ facets: { state = [] } }, texts) {
  if (!texts) return "";
  const [month, day, foot] = texts.split("|");
  const is = (...states) => states.some((one) => state.includes(one));
  const look = is("cancelled", "void") ? " leaf-off" : is("postponed", "tentative") ? " leaf-waits" : is("past", ...AFTER) ? " leaf-past" : "";
  const long = day.length > 2 ? " leaf-day-long" : "";
  const made = make("span", `leaf${look}`, make("span", "leaf-month", month), make("span", `leaf-day${long}`, day), make("span", "leaf-foot", foot));
  made.setAttribute("aria-hidden", "true");
  return make("div", "card-side", made);
}

// The index holds straight apostrophes, so that words are found without their article.
const printed = (text) => text.replace(/(?<=\p{L})'(?=\p{L})/gu, "’");

// What the reader does.

function start() {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  // Boxes are made when something was found; until then what is chosen stands in the form by itself.
  for (const name of FACETS) {
    const box = document.querySelector(`[data-facet="${name}"]`);
    const chosen = asked.getAll(name).map((value) => [value, 0]);
    const list = box.querySelector("select");
    if (list) list.replaceChildren(...chosen.slice(0, 1).map(([value]) => option(value, 0, new Set([value]))));
    else choices(box, name, chosen, new Set(asked.getAll(name)));
  }
  part("index").hidden = field.value.trim() !== "";
  if (field.value) search();
  else nothing();
}

const links = () => [...document.querySelectorAll(".search-list h3 a")];

/** Move through the results with the arrow keys; from the first, Up leads back to the box. */
function step(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const typing = event.target.matches?.("input:not([type=checkbox]), select, textarea, [contenteditable]");
  const place = links().indexOf(event.target);
  if (event.key === "/" && !typing) {
    field.focus();
    field.select();
  } else if (event.key === "Escape" && event.target === field) {
    field.value = "";
    search({ asStep: true });
  } else if (event.key === "Escape" && place >= 0) field.focus();
  else if (event.key === "ArrowDown" && (event.target === field || place >= 0) && links()[place + 1]) links()[place + 1].focus();
  else if (event.key === "ArrowUp" && place >= 0) (links()[place - 1] ?? field).focus();
  else return;
  event.preventDefault();
}

if (form) {
  const clear = Object.assign(make("button", "button button-quiet", form.dataset.clear), { type: "button", id: "search-clear", hidden: true });
  document.querySelector(".search-facets").append(clear);
  clear.addEventListener("click", () => {
    for (const box of document.querySelectorAll(".search-facets input")) box.checked = false;
    for (const list of document.querySelectorAll(".search-facets select")) list.value = "";
    search({ asStep: true });
    filters.querySelector("summary").focus();
  });
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search({ typing: true }), 250);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search({ asStep: true });
  });
  // The boxes belong to the form without lying in it.
  document.querySelector(".search-facets").addEventListener("change", () => search({ asStep: true }));
  addEventListener("keydown", step);
  addEventListener("popstate", start);
  // On wide screens the filters stand beside the results, and nothing is folded.
  const wide = matchMedia("(min-width: 56rem)");
  const fold = () => (filters.open = wide.matches);
  wide.addEventListener("change", fold);
  fold();
  form.hidden = false;
  start();
  // On a telephone the keyboard would cover the page before anybody has seen it.
  if (!field.value && matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
}
