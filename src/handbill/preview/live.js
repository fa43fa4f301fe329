// The browser's half of the preview: loads the page again when the site was
// built again, and shows what is wrong while it cannot be.  Never published.
(() => {
  "use strict";

  const loaded = document.currentScript.dataset.version;
  const place = "handbill-place";
  let source = null;
  let panel = null;

  // Frames (the panes of a letter) are loaded again with the page around them;
  // a connection each would use up the six that a browser allows.
  if (window !== window.top) return;

  function reload() {
    sessionStorage.setItem(place, JSON.stringify([location.href, scrollX, scrollY]));
    location.reload();
  }

  function returnToPlace() {
    const [href, left, top] = JSON.parse(sessionStorage.getItem(place) || "[]");
    if (href === location.href) scrollTo({ left, top, behavior: "instant" });
  }

  function isOld(event) {
    if (event.data !== loaded) reload();
  }

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource("/__handbill/events");
    source.addEventListener("version", isOld);
    source.addEventListener("reload", isOld);
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
    item.append(element("strong", problem.word), element("code", problem.where, "where"), element("small", problem.code));
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
    code { font: 0.95rem ui-monospace, monospace; margin: 0 0.6rem; }
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
  addEventListener("load", () => {
    returnToPlace();
    sessionStorage.removeItem(place);
  });
  listen();
})();
