// The panes of a letter: in a size that shows them all, one alone, turned around,
// without pictures; scrolled together.  A tool of the preview, never published.
(() => {
  "use strict";

  const panes = document.querySelector(".panes");
  const tools = document.querySelector(".tools");
  if (!panes || !tools) return;

  const GAP = 20;
  const BORDERS = 2;
  // All four on the smallest of laptops; a text alone is read, and breaks its lines again where the screen is narrow.
  const LEAST = { all: 0.54, text: 1 };
  const store = "handbill-panes";
  const state = { view: innerWidth < 700 ? "phone" : "all", inverted: false, bare: false, at: 0, ...JSON.parse(sessionStorage.getItem(store) || "{}") };
  const rooms = [...panes.querySelectorAll("[data-width]")];
  const frames = rooms.filter((one) => one.tagName === "IFRAME");

  function keep() {
    sessionStorage.setItem(store, JSON.stringify(state));
  }

  // All four beside each other as long as they can be told apart; one alone in its own size, smaller where the screen is.
  function fit() {
    const shown = rooms.filter((one) => state.view === "all" || one.closest("[data-pane]").dataset.pane === state.view);
    const own = shown.reduce((sum, one) => sum + Number(one.dataset.width), 0);
    // A pixel less: widths are whole where they are read, and the last border would be cut off.
    const room = panes.clientWidth - 1 - GAP * (shown.length - 1) - BORDERS * shown.length;
    panes.style.setProperty("--scale", String(Math.min(1, Math.max(LEAST[state.view] || 0.3, room / own))));
  }

  function source(frame) {
    const scheme = frame.dataset.scheme === "dark" && state.inverted ? "inverted" : frame.dataset.scheme;
    return `${scheme}${state.bare ? "-bare" : ""}.html`;
  }

  function draw() {
    panes.dataset.view = state.view;
    for (const one of tools.querySelectorAll("[data-view]")) one.setAttribute("aria-pressed", String(one.dataset.view === state.view));
    for (const one of tools.querySelectorAll("[data-toggle]")) one.checked = state[one.dataset.toggle];
    for (const frame of frames) if (frame.getAttribute("src") !== source(frame)) frame.src = source(frame);
    fit();
    keep();
  }

  // Scrolled together: each pane is as far through the letter as the one under the hand.
  const scrolled = (one) => (one.tagName === "IFRAME" ? one.contentDocument && one.contentDocument.scrollingElement : one);
  const length = (box) => Math.max(1, box.scrollHeight - box.clientHeight);
  let leader = null;

  function follow() {
    for (const one of rooms) {
      const box = scrolled(one);
      if (box && one !== leader) box.scrollTop = state.at * length(box);
    }
  }

  function lead(one) {
    const box = scrolled(one);
    if (!box || leader !== one) return;
    state.at = box.scrollTop / length(box);
    follow();
    keep();
  }

  function listen(one) {
    const target = one.tagName === "IFRAME" ? one.contentDocument : one;
    if (!target) return;
    const takes = () => (leader = one);
    for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) target.addEventListener(act, takes, { passive: true });
    target.addEventListener("scroll", () => lead(one), { passive: true });
    const box = scrolled(one);
    if (box) box.scrollTop = state.at * length(box);
  }

  for (const one of rooms) {
    one.addEventListener("pointerenter", () => (leader = one));
    one.addEventListener("focus", () => (leader = one));
    if (one.tagName === "IFRAME") one.addEventListener("load", () => listen(one));
    listen(one);
  }

  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-view]");
    if (!button) return;
    state.view = button.dataset.view;
    draw();
    follow();
  });
  tools.addEventListener("change", (event) => {
    state[event.target.dataset.toggle] = event.target.checked;
    draw();
  });
  addEventListener("resize", fit);

  tools.hidden = false;
  draw();
})();
