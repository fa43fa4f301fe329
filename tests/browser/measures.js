// What a page looks like from inside the browser.  Each function answers with
// plain values; a list of faults is empty where all is well.
const measures = {
  // Where an element is, in words that its author recognises.
  name(one) {
    const said = (one.getAttribute("aria-label") || one.textContent || one.getAttribute("alt") || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${one.localName}${one.id ? ` id=${one.id}` : ""}${one.className && typeof one.className === "string" ? ` class="${one.className}"` : ""}> ${said}`.trim();
  },

  isShown(one) {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  },

  // Text for those who hear the page is cut down to a point on purpose.
  isUnseen(one) {
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      if (style.position === "absolute" && (style.clipPath !== "none" || style.clip !== "auto") && box.width <= 2 && box.height <= 2) return true;
      if (style.position === "absolute" && (box.right < 0 || box.bottom + scrollY < 0)) return true; // the skip link before it has the focus
    }
    return false;
  },

  // The part of the page that scrolls by itself around an element, sideways.
  scroller(one) {
    for (let at = one; at && at !== document.documentElement; at = at.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return at;
    }
    return null;
  },

  // What is wider than the screen.  Tables, code and the like may scroll inside a region of their own.
  sideways() {
    const wide = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} px wide on a screen of ${wide}`);
    for (const one of document.body.querySelectorAll("*")) {
      if (one.closest("svg") && one.localName !== "svg") continue;
      // Where code wraps, the spaces at the end of a line hang over its edge, and nobody sees them.
      const code = one.parentElement.closest("pre");
      if (code && code.scrollWidth <= code.clientWidth) continue;
      const box = one.getBoundingClientRect();
      if (box.right > wide + 1 && this.isShown(one) && !this.isUnseen(one) && !this.scroller(one)) found.push(`${this.name(one)} ends at ${Math.round(box.right)} of ${wide}`);
    }
    return found.slice(0, 6);
  },

  // Regions that scroll sideways must be for what needs two dimensions, be reachable by keyboard, and have a name.
  scrollers() {
    const found = [];
    for (const one of document.body.querySelectorAll("*")) {
      if (!["auto", "scroll"].includes(getComputedStyle(one).overflowX) || one.scrollWidth <= one.clientWidth + 1 || !this.isShown(one)) continue;
      if (!one.matches("pre, table") && !one.querySelector("table, pre, svg, code")) found.push(`${this.name(one)} scrolls sideways, and holds no table or code`);
      if (one.tabIndex < 0 && !one.querySelector("a, button")) found.push(`${this.name(one)} cannot be scrolled by keyboard`);
    }
    return found;
  },

  // Text that its own box cuts off.
  clipped() {
    const found = [];
    for (const one of document.body.querySelectorAll("*")) {
      if (one.closest("svg") || !one.textContent.trim() || one.matches("input, select, textarea, script, style, template")) continue;
      const style = getComputedStyle(one);
      const hides = (way) => ["hidden", "clip"].includes(way);
      if (!hides(style.overflowX) && !hides(style.overflowY)) continue;
      if (!this.isShown(one) || this.isUnseen(one)) continue;
      const over = (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1) || (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
      if (over && one !== document.body) found.push(`${this.name(one)} shows ${one.clientWidth}×${one.clientHeight} of ${one.scrollWidth}×${one.scrollHeight}`);
    }
    return found.slice(0, 6);
  },

  // What people who need wider spacing set for themselves (WCAG 1.4.12); no policy of a page forbids it.
  space() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  },

  pictures() {
    const found = [];
    for (const one of document.images) {
      const fault = (text) => found.push(`${one.getAttribute("src")}: ${text}`);
      if (!one.hasAttribute("alt")) fault("no alt");
      if (!(one.getAttribute("width") > 0 && one.getAttribute("height") > 0)) fault("no width and height");
      const top = one.getBoundingClientRect().top + scrollY;
      if (top > innerHeight * 1.5 && one.loading !== "lazy") fault(`${Math.round(top)} px down the page, and not lazy`);
      if (top < innerHeight / 2 && one.loading === "lazy" && one.width > 300) fault("seen at once, and lazy");
    }
    return found;
  },

  // How a page stands once it was read down to its end: one question and one answer, for there are many pages.
  async read() {
    const pictures = this.pictures();
    if (document.querySelector("[loading=lazy]")) await this.scroll();
    return { pictures, broken: this.broken(), stored: await this.stored() };
  },

  // How it stands in a narrow window.
  narrow() {
    return { sideways: this.sideways(), scrollers: this.scrollers() };
  },

  broken() {
    return [...document.images].filter((one) => one.complete && !one.naturalWidth && one.currentSrc).map((one) => one.currentSrc);
  },

  controls() {
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")].filter((one) => this.isShown(one) && !this.isUnseen(one) && !one.disabled);
  },

  // Controls that a thumb must hit.  Links in a text and in long lists are as high as their line; axe sees to it
  // that no other link lies within 24 pixels.
  small(least) {
    const found = [];
    for (const one of this.controls()) {
      if (one.tabIndex < 0 || !one.matches("button, input, select, textarea, summary, header a, [role=banner] a, .button, .tag, a[rel=prev], a[rel=next]")) continue;
      // A label belongs to its box, and a check box is as large as its label.
      const boxes = [one, ...(one.labels || [])].map((part) => part.getBoundingClientRect());
      const high = Math.max(...boxes.map((box) => box.height));
      const wide = Math.max(...boxes.map((box) => box.width));
      if (Math.round(high) < least || Math.round(wide) < least) found.push(`${this.name(one)}: ${Math.round(wide)}×${Math.round(high)}`);
    }
    return found;
  },

  // Text that keeps colours of its own where the reader has forced others on every page.
  unforced() {
    return [...document.body.querySelectorAll("*")].filter((one) => !one.closest("svg") && one.textContent.trim() && getComputedStyle(one).forcedColorAdjust === "none").map((one) => this.name(one));
  },

  // What stands on the page for all to read, piece by piece; controls and what they tell apart.
  lines(parts = "body") {
    const found = [];
    for (const part of document.querySelectorAll(parts)) {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        const text = walker.currentNode.data.trim().replace(/\s+/g, " ");
        if (text && !one.closest("form, button, [role=status], script, style, template") && this.isShown(one) && !this.isUnseen(one)) found.push(text);
      }
    }
    return found;
  },

  // Controls that do nothing unless a script does it.
  idle() {
    for (const one of document.querySelectorAll("details")) one.open = true;
    const works = (one) => one.matches("a[href], summary, label, input, select, textarea") || (one.matches("button") && one.type === "submit" && one.form && one.form.hasAttribute("action"));
    return this.controls().filter((one) => one.tabIndex >= 0 && !one.matches("pre, [role=region]") && !works(one)).map((one) => this.name(one));
  },

  async stored() {
    const found = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    if (globalThis.indexedDB) found.push(...(await indexedDB.databases()).map((one) => one.name));
    if (globalThis.caches) found.push(...(await caches.keys()));
    if (document.cookie) found.push(document.cookie);
    return found;
  },

  // Down to the end, as a reader scrolls, so that all that comes late has come.
  async scroll() {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight) {
      scrollTo({ top: at, behavior: "instant" });
      await frame();
    }
    await Promise.all([...document.images].map((one) => one.decode().catch(() => {})));
    await frame();
    await frame();
  },

  // What a keyboard reader needs to see of the control that has the focus.
  async focused() {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const style = getComputedStyle(one);
    // A link over two lines is where its first piece is, not in the middle of the paragraph.
    const box = one.getClientRects()[0] || one.getBoundingClientRect();
    const [x, y] = [Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1), Math.min(Math.max(box.y + Math.min(box.height / 2, 12), 1), innerHeight - 1)];
    const top = document.elementFromPoint(x, y);
    const all = [...document.querySelectorAll("*")];
    return {
      name: this.name(one),
      tag: one.localName,
      href: one.getAttribute("href"),
      place: all.indexOf(one),
      x: box.x,
      y: box.y + scrollY,
      right: box.right,
      bottom: box.bottom + scrollY,
      isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
      isCovered: !!top && !one.contains(top) && !top.contains(one) && !(one.labels && [...one.labels].some((label) => label.contains(top))),
      ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      look: [style.outline, style.boxShadow, style.border, style.background, style.textDecoration, style.color].join("|"),
      inMain: !!one.closest("main"),
      inHead: !!one.closest("header"),
    };
  },
};
