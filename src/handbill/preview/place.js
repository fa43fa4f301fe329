// Where a reader of the preview is: scroll, focus, what is open and what was typed, kept while the page is loaded anew.

// Frames (the panes of a letter) are loaded again with the page around them;
// a connection each would use up the six that a browser allows.
if (window !== window.top) return;

const PLACE = "handbill-place";

// An element is known again by its name, or as the n-th of its kind.
function nameOf(one) {
  return one.id ? `#${one.id}` : `${one.localName} ${[...document.getElementsByTagName(one.localName)].indexOf(one)}`;
}

function named(name) {
  if (name.startsWith("#")) return document.getElementById(name.slice(1));
  const [kind, number] = name.split(" ");
  return document.getElementsByTagName(kind)[number];
}

// Only what differs from the page as it came; passwords stay where they were typed.
function typed() {
  const fields = [...document.querySelectorAll("input, textarea, select")].filter((one) => !["password", "file", "hidden", "submit", "button"].includes(one.type));
  return fields.flatMap((one) => {
    if (one.type === "checkbox" || one.type === "radio") return one.checked === one.defaultChecked ? [] : [[nameOf(one), null, one.checked]];
    return one.localName !== "select" && one.value === one.defaultValue ? [] : [[nameOf(one), one.value, false]];
  });
}

function caret(one) {
  try {
    return [one.selectionStart, one.selectionEnd];
  } catch {
    return null;
  }
}

function keepPlace() {
  const active = document.activeElement;
  const focus = active && active !== document.body ? [nameOf(active), caret(active)] : null;
  const open = [...document.querySelectorAll("details")].map((one) => [nameOf(one), one.open]);
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ href: location.href, at: [scrollX, scrollY], focus, open, typed: typed() }));
  } catch {
    // Too much was typed for the room there is: the page is loaded all the same.
  }
}

function keptPlace() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
  return kept && kept.href === location.href ? kept : null;
}

function scrollBack(kept) {
  scrollTo({ left: kept.at[0], top: kept.at[1], behavior: "instant" });
}

// What is open decides how long the page is, so it comes before the scroll.
function returnToPlace() {
  const kept = keptPlace();
  if (!kept) return;
  for (const [name, isOpen] of kept.open) {
    const one = named(name);
    if (one) one.open = isOpen;
  }
  scrollBack(kept);
}

// The page's own scripts have run by now, and hear of what was typed as they did before.
function returnToFields() {
  const kept = keptPlace();
  sessionStorage.removeItem(PLACE);
  if (!kept) return;
  for (const [name, value, isChecked] of kept.typed) {
    const one = named(name);
    if (!one) continue;
    if (value === null) one.checked = isChecked;
    else one.value = value;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const [focus, where] = kept.focus ?? [];
  const one = focus && named(focus);
  if (one) {
    one.focus({ preventScroll: true });
    if (where?.[0] != null) one.setSelectionRange(...where);
  }
  scrollBack(kept);
}
