// The button that checks a draw in the reader's browser, and the check of files that somebody kept.  What checks is
// fetched once somebody asks for it; nothing is sent anywhere.
const section = document.querySelector(".check");
const kept = document.querySelector(".check-saved");
const button = document.getElementById("check-now");
const progress = section.querySelector(".check-progress");
const verdict = section.querySelector(".check-verdict");
const lang = document.documentElement.lang;
const number = new Intl.NumberFormat(lang);
const moment = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });

// A value as readers write it: moments of the record are those of universal time.
const shown = (value) => {
  if (typeof value === "number") return number.format(value);
  return /^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(value) ? `${moment.format(new Date(value))} UTC` : String(value);
};

const say = (word, values = {}) =>
  section.querySelector(`template[data-word="${word}"]`).content.textContent.replace(/{(\w+)}/g, (_, name) => shown(values[name] ?? "–"));

// Lets the page draw itself and answer its reader, and says how far the work is.
async function pause(part) {
  if (part) {
    progress.firstElementChild.value = part;
    progress.lastElementChild.textContent = say("progress", { part: new Intl.NumberFormat(lang, { style: "percent" }).format(part) });
  }
  await new Promise((resume) => setTimeout(resume));
}

function tell(text, state) {
  verdict.hidden = false;
  verdict.dataset.state = state;
  verdict.textContent = text;
}

// Tells one answer where its question stands; a question that this contest does not ask shows only what is to be told.
function tellOne({ name, isRight, found, values }) {
  const item = section.querySelector(`[data-check="${name}"]`);
  const state = isRight === null ? "unchecked" : isRight ? "right" : "wrong";
  item.dataset.state = state;
  item.hidden = found === "needless" && item.hasAttribute("data-rare");
  item.querySelector(".check-said").textContent = say(state);
  const told = item.querySelector(".check-found");
  told.hidden = false;
  told.textContent = say(found, values);
  return state;
}

function clear() {
  verdict.hidden = true;
  for (const item of section.querySelectorAll("[data-check]")) {
    delete item.dataset.state;
    item.querySelector(".check-said").textContent = "";
    item.querySelector(".check-found").hidden = true;
  }
}

async function check(files) {
  const [{ prove }, { isSigned }] = await Promise.all([import("./draw-proof.js"), import("./bls.js")]);
  const states = [];
  let isLater = false;
  for await (const one of prove(files, { isSigned, pause })) {
    states.push(tellOne(one));
    isLater ||= one.found === "later";
  }
  if (states.includes("wrong")) tell(say("some-wrong"), "wrong");
  else tell(say(isLater ? "all-so-far" : "all-right"), isLater ? "unchecked" : "right");
}

class NotFetched extends Error {}

// Returns the bytes at an address; undefined where the site says that nothing is there.
async function fetched(base, file) {
  let answer;
  try {
    answer = await fetch(base + file, { cache: "no-cache" });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new NotFetched(file);
  }
  if (answer.status === 404 || answer.status === 410) return undefined;
  throw new NotFetched(file);
}

async function fetchAll(base) {
  const { filesOf } = await import("./draw-proof.js");
  const files = new Map();
  const add = async (name) => {
    const raw = await fetched(base, name);
    if (raw) files.set(name, raw);
  };
  await add("record.json");
  if (files.size) await Promise.all(filesOf(files.get("record.json")).slice(1).map(add));
  return files;
}

// Files as they lie on a disk: browsers put a number behind a name that was there, and ballots lie in no folder there.
async function readAll(chosen) {
  const { filesOf } = await import("./draw-proof.js");
  const found = new Map();
  for (const one of chosen) {
    const name = one.name.replace(/ ?\(\d+\)(?=\.\w+$)/, "");
    if (found.has(name)) throw new Error(say("several", { file: name }));
    found.set(name, new Uint8Array(await one.arrayBuffer()));
  }
  if (!found.has("record.json")) throw new Error(say("none"));
  const files = new Map();
  for (const name of filesOf(found.get("record.json"))) {
    const raw = found.get(name.split("/").at(-1));
    if (raw) files.set(name, raw);
  }
  return files;
}

async function run(gather) {
  button.disabled = true;
  clear();
  progress.hidden = false;
  progress.firstElementChild.removeAttribute("value");
  try {
    await check(await gather());
  } catch (error) {
    tell(error instanceof NotFetched ? say("failed", { file: error.message }) : error.message, "unchecked");
  }
  progress.hidden = true;
  button.disabled = false;
  verdict.scrollIntoView({ block: "nearest" });
}

const record = document.querySelector('[data-file="record.json"]');
if (record) {
  button.hidden = false;
  button.addEventListener("click", () => run(() => fetchAll(record.href.slice(0, -"record.json".length))));
}
kept.hidden = false;
const [drop, input] = [kept.querySelector(".drop"), kept.querySelector("input")];
// Files that were mended keep their names: without this, choosing them again is no change.
input.addEventListener("click", () => { input.value = ""; });
input.addEventListener("change", () => input.files.length && run(() => readAll([...input.files])));
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.dataset.over = "";
});
drop.addEventListener("dragleave", () => delete drop.dataset.over);
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  delete drop.dataset.over;
  const chosen = [...event.dataTransfer.files];
  if (chosen.length) run(() => readAll(chosen));
});
