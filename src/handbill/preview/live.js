// The browser's half of the preview: brings what changed into the open page, and shows what is wrong while nothing
// can be built.  It stands in one function with place.js and patch.js.  Never published.

const { version, base, missing } = document.currentScript.dataset;
const isSite = base !== undefined;
let shown = version;
let source = null;
let panel = null;
let work = Promise.resolve();

function reload() {
  keepPlace();
  location.reload();
}

function isOld(event) {
  if (event.data !== shown) reload();
}

const pathOf = (address) => {
  const { origin, pathname } = new URL(address, location.href);
  return origin === location.origin ? decodeURI(pathname).replace(/(^|\/)index\.html$/, "$1") : null;
};

// The new sheet stands before the old one goes, so that the page is never without.
function renewSheet(sheet, now) {
  const fresh = sheet.cloneNode();
  fresh.href = `${pathOf(sheet.href)}?${now}`;
  fresh.addEventListener("load", () => sheet.remove());
  fresh.addEventListener("error", () => sheet.remove());
  sheet.after(fresh);
}

// Brings the page to the state *now*; *paths* are the files that changed, null for too many to be named.
async function bring(now, paths) {
  if (now === shown) return;
  if (!isSite || !paths) return reload();
  const changed = new Set(paths);
  const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].filter((one) => changed.has(pathOf(one.href)));
  const pictures = [...document.images].filter((one) => changed.has(pathOf(one.currentSrc || one.src)));
  const known = new Set([pathOf(location.href), ...sheets.map((one) => pathOf(one.href)), ...pictures.map((one) => pathOf(one.currentSrc || one.src))]);
  // Whatever else the page asked for, scripts most of all, is only taken up by a page loaded anew.
  const asked = performance.getEntriesByType("resource").map(({ name }) => pathOf(name));
  if (asked.some((path) => changed.has(path) && !known.has(path))) return reload();
  if (pictures.some((one) => one.srcset || one.closest("picture"))) return reload();
  if (changed.has(pathOf(location.href)) || (missing && changed.has(`${base}404.html`))) {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!patched(fresh)) return reload();
  }
  for (const one of sheets) renewSheet(one, now);
  for (const one of pictures) one.src = `${pathOf(one.src)}?${now}`;
  shown = now;
}

function isChanged(event) {
  const [now, paths] = JSON.parse(event.data);
  // One after the other: a page that is being changed is not yet what the next change begins with.
  work = work.then(() => bring(now, paths)).catch(reload);
}

function listen() {
  if (source || document.hidden) return;
  source = new EventSource(`/__handbill/events?${new URLSearchParams({ page: isSite ? decodeURI(location.pathname) : "", since: shown })}`);
  source.addEventListener("version", isOld);
  source.addEventListener("changed", isChanged);
  source.addEventListener("problems", (event) => show(JSON.parse(event.data)));
}

function rest() {
  if (source) source.close();
  source = null;
}

// Tabs in the background keep no connection; they look again when they are seen.
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
addEventListener("pagehide", rest);
addEventListener("pageshow", listen);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

// What is meant stands in an element of its own; a place after the end of a line is shown as a space.
function row(shown) {
  const line = element("li");
  line.append(element("span", String(shown.line), "number"));
  if (!shown.mark) {
    line.append(shown.text);
    return line;
  }
  const [start, end] = shown.mark;
  line.append(shown.text.slice(0, start), element("mark", shown.text.slice(start, end) || " "), shown.text.slice(end));
  return line;
}

function entry(problem) {
  const item = element("li", "", problem.level);
  // The spaces are where a line may end on a small screen.
  item.append(element("strong", problem.word), " ", element("code", problem.where, "where"), " ", element("small", problem.code));
  item.append(element("p", problem.sentence));
  if (problem.excerpt.length) {
    const lines = element("ol");
    lines.append(...problem.excerpt.map(row));
    item.append(lines);
  }
  return item;
}

function show(told) {
  if (panel) panel.remove();
  panel = null;
  if (!told) return;
  panel = element("div");
  panel.id = "handbill-problems";
  const inside = panel.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  inside.adoptedStyleSheets = [sheet];
  const box = element("section");
  box.setAttribute("role", "alert");
  box.lang = told.lang;
  const hide = element("button", told.hide);
  hide.addEventListener("click", close);
  const list = element("ul");
  list.append(...told.problems.map(entry));
  if (told.more) list.append(element("li", told.more));
  const head = element("header");
  head.append(element("h2", told.title), hide);
  box.append(head, element("p", told.hint), list);
  inside.append(box);
  document.body.append(panel);
}

function close() {
  if (panel) panel.remove();
  panel = null;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

const STYLE = `
  section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
    box-sizing: border-box; padding: 1rem max(1rem, calc(50vw - 34rem)) 1.25rem; border-top: 4px solid #b3261e;
    background: #fffaf2; color: #1d1a16; font: 1rem/1.5 system-ui, sans-serif; box-shadow: 0 -0.5rem 2rem #0004; }
  header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }
  h2 { margin: 0; font-size: 1.2rem; }
  button { font: inherit; padding: 0.3rem 0.8rem; border: 1px solid currentColor; border-radius: 0.2rem; background: none; color: inherit; cursor: pointer; }
  button:focus-visible { outline: 3px solid #b3261e; outline-offset: 2px; }
  p { margin: 0.25rem 0; max-width: 72ch; }
  ul { list-style: none; margin: 0.75rem 0 0; padding: 0; }
  ul > li { padding: 0.6rem 0 0.6rem 0.8rem; border-left: 3px solid #b3261e; margin-bottom: 0.6rem; overflow-wrap: anywhere; }
  li.warning { border-left-style: dashed; }
  li.note { border-left-style: dotted; }
  code { font: 0.95rem ui-monospace, monospace; margin: 0 0.35rem; }
  ol { list-style: none; margin: 0.4rem 0 0; padding: 0.4rem 0.6rem; overflow-x: auto; background: #0000000d; font: 0.9rem/1.5 ui-monospace, monospace; white-space: pre; }
  .number { display: inline-block; min-width: 3ch; margin-right: 1.5ch; text-align: right; opacity: 0.65; user-select: none; }
  mark { background: none; color: inherit; font-weight: 700; text-decoration: underline wavy #b3261e; text-underline-offset: 0.25em; }
  small { opacity: 0.75; }
  @media (prefers-color-scheme: dark) {
    section { background: #211d19; color: #f3ece2; border-color: #ff8a7a; }
    ul > li { border-color: #ff8a7a; }
    ol { background: #ffffff14; }
    mark { text-decoration-color: #ff8a7a; }
  }
`;

returnToPlace();
addEventListener("load", returnToFields);
listen();
