// What surrounds every page, of the hub and of its handbook: the choice of a scheme, and the folded menu.
// The reader chooses between the scheme of the screen, light and dark; the choice is kept in this browser alone, from
// the first time that one is made, and stands on the root before the first paint.  That paint waits until the masthead is
// whole: over a slow line it would come in pieces, each of which moves the ones before it.
(() => {
  const root = document.documentElement;
  document.head.append(Object.assign(document.createElement("link"), { rel: "expect", href: "#main", blocking: "render" }));

  const key = "handbill-scheme";
  const schemes = ["auto", "light", "dark"];

  const kept = () => {
    try {
      const scheme = localStorage.getItem(key);
      return schemes.includes(scheme) ? scheme : "auto";
    } catch {
      // Storage is shut off in some browsers; the choice then lasts as long as the page.
      return root.dataset.scheme ?? "auto";
    }
  };

  const keep = (scheme) => {
    try {
      if (scheme === "auto") localStorage.removeItem(key);
      else localStorage.setItem(key, scheme);
    } catch {}
  };

  const show = (scheme) => {
    if (scheme === "auto") delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
    for (const button of document.querySelectorAll("button.scheme")) {
      button.hidden = false;
      button.title = button.dataset[scheme];
      button.setAttribute("aria-label", button.dataset[scheme]);
      button.dataset.now = scheme;
    }
  };

  show(kept());
  addEventListener("storage", (event) => event.key === key && show(kept()));
  document.addEventListener("DOMContentLoaded", () => {
    show(kept());
    for (const button of document.querySelectorAll("button.scheme")) {
      button.addEventListener("click", () => {
        const scheme = schemes[(schemes.indexOf(button.dataset.now) + 1) % schemes.length];
        keep(scheme);
        show(scheme);
      });
    }
    // A menu that lies over the page is shut by Escape, and by a click beside it.
    const folds = document.querySelectorAll(".menu-fold");
    addEventListener("keydown", (event) => {
      for (const fold of folds) {
        if (event.key === "Escape" && fold.open) {
          fold.open = false;
          fold.querySelector("summary").focus();
        }
      }
    });
    // A slash leads to the search, as in many programs, unless it is being written somewhere.
    addEventListener("keydown", (event) => {
      const writing = event.target.closest?.("input, select, textarea, [contenteditable]");
      const box = [...document.querySelectorAll(".seek input")].find((input) => input.checkVisibility());
      if (event.key === "/" && box && !writing && !(event.ctrlKey || event.altKey || event.metaKey)) {
        event.preventDefault();
        box.focus();
      }
    });
    addEventListener("click", (event) => {
      for (const fold of folds) if (!fold.contains(event.target)) fold.open = false;
    });
  });
})();
