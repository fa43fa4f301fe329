// Shows a discussion on the page once the reader asks for it: until then nothing of giscus or GitHub is loaded, and no
// script of theirs ever runs here.  Signing in leads away and back, in a tab in which the reader has asked already.
const box = document.querySelector("[data-talk]");
const button = box.querySelector("button");
const here = new URL(location.href);
const session = here.searchParams.get("giscus");
const asked = "handbill-talk";

here.searchParams.delete("giscus");
here.hash = "";
if (session !== null) history.replaceState(null, "", here);

const show = () => {
  const address = new URL(box.dataset.talk);
  const frame = document.createElement("iframe");
  address.searchParams.set("origin", `${here}#page-talk`);
  address.searchParams.set("theme", document.documentElement.dataset.scheme ?? "preferred_color_scheme");
  if (session) address.searchParams.set("session", session);
  frame.title = box.dataset.title;
  frame.className = "talk-frame";
  frame.allow = "clipboard-write";
  frame.src = address;
  addEventListener("message", ({ origin, source, data }) => {
    const height = data?.giscus?.resizeHeight;
    if (origin === address.origin && source === frame.contentWindow && height > 0) frame.height = Math.ceil(height);
  });
  box.replaceChildren(frame);
};

box.hidden = false;
button.addEventListener("click", () => {
  try {
    sessionStorage.setItem(asked, "1");
  } catch {}
  show();
  box.firstChild.focus();
});
try {
  if (session && sessionStorage.getItem(asked)) show();
} catch {}
