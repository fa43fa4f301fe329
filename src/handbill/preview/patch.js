// What changed of a page → the same change in the open one, so that nothing of it is loaded again.  A part that a script
// of the page may have taken hold of is never touched: then nothing is done at all, and the page is loaded anew.

class Held extends Error {}

const LIVING =
  "script:not([type='application/ld+json']), template, noscript, form, input, button, select, textarea, dialog, link, style, iframe, object, video, audio";

// Attributes by which scripts find or mark elements, and those that hold a state.
const isState = (name) => /^(data-|on)|^(hidden|open|style)$/.test(name);

const isLiving = (one) => one.matches(LIVING) || one.localName.includes("-") || one.getAttributeNames().some(isState);

function refuseHeld(node) {
  if (node.nodeType === Node.ELEMENT_NODE && [node, ...node.querySelectorAll("*")].some(isLiving)) throw new Held();
}

// As the page came: without what stands in it for the preview alone, and what the end of the file adds.
function bare(body) {
  for (const one of body.querySelectorAll("script[src='/__handbill/live.js'], #handbill-problems")) one.remove();
  while (body.lastChild?.nodeType === Node.TEXT_NODE && !body.lastChild.data.trim()) body.lastChild.remove();
  return body;
}

// What only tells machines about the page, and may be exchanged as it is.
const isTold = (one) =>
  one.matches("title, meta[name], meta[property], link[rel=canonical], link[rel=alternate], link[rel=prev], link[rel=next], script[type='application/ld+json']");

const working = (head) => [...head.children].filter((one) => !isTold(one) && one.rel !== "expect");

// The steps that make *live*, which came as *old*, what it would be if it had come as *fresh*.
function* steps(live, old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (live.nodeName !== old.nodeName || old.nodeName !== fresh.nodeName) throw new Held();
  if (old.nodeType !== Node.ELEMENT_NODE) {
    yield () => (live.data = fresh.data);
    return;
  }
  if (old.matches(LIVING)) throw new Held();
  for (const name of new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()])) {
    const value = fresh.getAttribute(name);
    if (old.getAttribute(name) === value) continue;
    if (isState(name)) throw new Held();
    yield () => (value === null ? live.removeAttribute(name) : live.setAttribute(name, value));
  }
  yield* stepsInside(live, old, fresh);
}

function* stepsInside(live, old, fresh) {
  const [now, before, after] = [live, old, fresh].map((one) => [...one.childNodes]);
  // Scripts add at the end, if at all; where they did otherwise nobody knows which is which.
  if (now.length < before.length || before.some((one, i) => one.nodeName !== now[i].nodeName)) throw new Held();
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start].isEqualNode(after[start])) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end).isEqualNode(after.at(-1 - end))) end += 1;
  const gone = before.slice(start, before.length - end);
  const come = after.slice(start, after.length - end);
  if (gone.length === come.length && gone.every((one, i) => one.nodeName === come[i].nodeName)) {
    for (const [i, one] of gone.entries()) yield* steps(now[start + i], one, come[i]);
    return;
  }
  [...gone, ...come].forEach(refuseHeld);
  const leaving = now.slice(start, before.length - end);
  if (leaving.some((one) => one.contains(document.activeElement) || one.querySelector?.("details[open]"))) throw new Held();
  const next = now[before.length - end] ?? null;
  yield () => {
    for (const one of leaving) one.remove();
    for (const one of come) live.insertBefore(document.importNode(one, true), next);
  };
}

// What a file says of the root; scripts mark it by data of their own.
const rootOf = (root) => JSON.stringify([...root.attributes].map((one) => [one.name, one.value]).filter(([name]) => !name.startsWith("data-")).sort());

// The page as it came: taken while it is read, before any script that waits for its end.
const came = { root: rootOf(document.documentElement), head: document.head.cloneNode(true), body: bare(document.body.cloneNode(true)) };

// Whether the open page could be made into *fresh*, a document; where not, it is as it was.
function patched(fresh) {
  bare(fresh.body);
  const [own, theirs] = [working(came.head), working(fresh.head)];
  if (came.root !== rootOf(fresh.documentElement)) return false;
  if (own.length !== theirs.length || own.some((one, i) => !one.isEqualNode(theirs[i]))) return false;
  let todo;
  try {
    todo = [...steps(document.body, came.body, fresh.body)];
  } catch (trouble) {
    if (trouble instanceof Held) return false;
    throw trouble;
  }
  for (const step of todo) step();
  for (const one of [...document.head.children].filter(isTold)) one.remove();
  document.head.append(...[...fresh.head.children].filter(isTold).map((one) => document.importNode(one, true)));
  [came.head, came.body] = [fresh.head, fresh.body];
  return true;
}
