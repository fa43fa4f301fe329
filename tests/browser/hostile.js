// Does to a page what a reader could do, and tells what ran, what could run, and who would be asked.

// Everything that happens to an element, as far as an attribute could wait for it.
const EVENTS =
  "abort animationcancel animationend animationiteration animationstart auxclick beforecopy beforecut beforeinput beforematch beforepaste " +
  "beforetoggle begin blur cancel canplay change click close command contentvisibilityautostatechange contextmenu copy cuechange cut dblclick " +
  "drag dragend dragenter dragleave dragover dragstart drop durationchange end ended error focus focusin focusout formdata fullscreenchange " +
  "gotpointercapture input invalid keydown keypress keyup load loadeddata loadedmetadata loadstart lostpointercapture mousedown mouseenter " +
  "mouseleave mousemove mouseout mouseover mouseup mousewheel paste pause play playing pointercancel pointerdown pointerenter pointerleave " +
  "pointermove pointerout pointerover pointerrawupdate pointerup progress ratechange repeat reset resize scroll scrollend scrollsnapchange " +
  "search securitypolicyviolation seeked seeking select selectionchange selectstart slotchange stalled submit suspend timeupdate toggle " +
  "touchcancel touchend touchmove touchstart transitioncancel transitionend transitionrun transitionstart volumechange waiting " +
  "webkitanimationstart webkittransitionend wheel afterprint beforeprint hashchange message pageshow popstate storage unhandledrejection";

// A colon alone is the scheme of an address that is none.
const LEADING = new Set([":", "http:", "https:", "mailto:", "tel:", "geo:", "xmpp:", "irc:", "ircs:", "matrix:", "webcal:"]);
const ACTIVE =
  "iframe, frame, object, embed, applet, base, style, math, marquee, dialog, foreignObject, use, animate, set, image, handler, form[action^='javascript'], " +
  "textarea, slot, canvas, area, portal, video, audio, track, template[shadowrootmode], script:not([src]):not([type='application/ld+json'])";

const hostile = {
  // What stands in a tree and could act; `may` are selectors of what the page itself brings.
  walk(root, may = "") {
    const found = [];
    const tell = (one, what) => found.push(`<${one.localName}> ${what}`.slice(0, 160));
    for (const one of root.querySelectorAll("*")) {
      if (may && one.closest(may)) continue;
      if (one.matches(ACTIVE)) tell(one, "stands here");
      for (const { name, value } of one.attributes) {
        if (/^on/i.test(name) || ["srcdoc", "formaction", "ping", "nonce"].includes(name)) tell(one, `${name}=${value}`);
      }
      if (one.matches("a[href]") && !LEADING.has(one.protocol)) tell(one, one.getAttribute("href"));
    }
    return found;
  },

  // Every event on every element, a click on every link that leads nowhere, and focus.
  act(root) {
    addEventListener("click", (event) => event.target.closest?.("a")?.protocol?.startsWith("javascript") || event.preventDefault());
    addEventListener("submit", (event) => event.preventDefault());
    for (const one of [...root.querySelectorAll("*")]) {
      if ("open" in one && one.localName === "details") one.open = true;
      for (const type of EVENTS.split(" ")) one.dispatchEvent(new Event(type, { bubbles: false, cancelable: true }));
      if (one.matches("a[href], summary, label, button, input, img")) one.click?.();
      one.focus?.();
    }
  },

  // Texts as a page has them, and as they are once a program has taken them apart and put them together again, twice.
  async pour(texts) {
    const found = [];
    for (const [at, text] of texts.entries()) {
      const box = document.createElement("div");
      document.body.append(box);
      for (let turn = 0; turn < 3; turn++) {
        box.innerHTML = turn ? box.innerHTML : text;
        for (const told of hostile.walk(box)) found.push([at, turn, told]);
      }
      hostile.act(box);
      box.remove();
      if (at % 50 === 0) await new Promise((resume) => setTimeout(resume));
    }
    await new Promise((resume) => setTimeout(resume, 200));
    return found;
  },
};
