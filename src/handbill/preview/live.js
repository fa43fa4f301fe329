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

  function where(problem) {
    return [problem.path, problem.line, problem.column].filter(Boolean).join(":");
  }

  function line(problem) {
    const item = element("li", "", problem.level);
    item.append(element("code", where(problem), "where"));
    if (problem.field) item.append(element("strong", problem.field));
    const said = element("p");
    said.append("found ", element("q", problem.found));
    if (problem.wanted) said.append(", wanted ", element("q", problem.wanted));
    item.append(said, element("small", problem.code));
    return item;
  }

  function show(problems) {
    if (panel) panel.remove();
    panel = null;
    if (!problems.length) return;
    panel = element("div");
    panel.id = "handbill-problems";
    const inside = panel.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    inside.adoptedStyleSheets = [sheet];
    const box = element("section");
    box.setAttribute("role", "alert");
    box.lang = "en";
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const hide = element("button", "Hide (Esc)");
    hide.addEventListener("click", close);
    const list = element("ul");
    list.append(...problems.map(line));
    const head = element("header");
    head.append(element("h2", count), hide);
    box.append(head, element("p", "Behind this is the site as it was before. Mend these and save; this goes away by itself."), list);
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
    li { padding: 0.6rem 0 0.6rem 0.8rem; border-left: 3px solid #b3261e; margin-bottom: 0.6rem; overflow-wrap: anywhere; }
    li.warning { border-left-style: dashed; }
    li.note { border-left-style: dotted; }
    code { font: 0.95rem ui-monospace, monospace; margin-right: 0.6rem; }
    q { quotes: none; font-weight: 600; }
    small { opacity: 0.75; }
    @media (prefers-color-scheme: dark) {
      section { background: #211d19; color: #f3ece2; border-color: #ff8a7a; }
      li { border-color: #ff8a7a; }
    }
  `;

  returnToPlace();
  addEventListener("load", () => {
    returnToPlace();
    sessionStorage.removeItem(place);
  });
  listen();
})();
