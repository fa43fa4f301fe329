// Search in the browser, with the index that Pagefind wrote into this site.
// Loaded on the search page alone; without it that page shows other ways on.

const form = document.querySelector("form.search");
const status = document.getElementById("search-status");
const results = document.getElementById("search-results");
const PAGE = 10;

if (form) {
  const field = form.elements.q;
  let turn = 0;
  let pagefind;

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    remember(field.value);
    search(field.value);
  });
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(field.value), 250);
  });
  addEventListener("popstate", start);
  start();

  function start() {
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    if (field.value) search(field.value);
    else field.focus();
  }

  function remember(query) {
    const address = new URL(location.href);
    address.searchParams.set("q", query);
    history.pushState(null, "", address);
  }

  async function search(query) {
    const mine = ++turn;
    query = query.trim();
    if (!query) {
      status.textContent = "";
      results.replaceChildren();
      return;
    }
    try {
      pagefind ??= await import(form.dataset.pagefind);
      const found = (await pagefind.search(query)).results;
      if (mine !== turn) return;
      const said = [form.dataset.none, form.dataset.one][found.length] ?? form.dataset.many;
      status.textContent = said.replace("{query}", query).replace("{count}", found.length.toLocaleString(document.documentElement.lang));
      results.replaceChildren();
      await show(found, mine);
    } catch (problem) {
      console.error(problem);
      if (mine === turn) status.textContent = form.dataset.broken;
    }
  }

  async function show(found, mine) {
    const pages = await Promise.all(found.slice(0, PAGE).map((one) => one.data()));
    if (mine !== turn) return;
    results.append(...pages.map(entry));
    const rest = found.slice(PAGE);
    if (!rest.length) return;
    const more = document.createElement("button");
    more.type = "button";
    more.className = "button button-quiet";
    more.textContent = form.dataset.more;
    const row = document.createElement("li");
    row.append(more);
    more.addEventListener("click", async () => {
      const last = row.previousElementSibling;
      row.remove();
      await show(rest, mine);
      last?.nextElementSibling?.querySelector("a")?.focus();
    });
    results.append(row);
  }
}

// The index holds straight apostrophes, so that words are found without their article.
function printed(text) {
  return text.replace(/(?<=\p{L})'(?=\p{L})/gu, "’");
}

function entry(page) {
  const item = document.createElement("li");
  const kind = page.filters?.kind?.[0];
  if (kind) {
    const over = document.createElement("p");
    over.className = "card-over";
    over.textContent = kind;
    item.append(over);
  }
  const link = document.createElement("a");
  link.href = page.url;
  link.textContent = printed(page.meta?.title || page.url);
  const excerpt = document.createElement("p");
  // The excerpt is HTML; only its words and its marks are taken over.
  for (const node of new DOMParser().parseFromString(page.excerpt, "text/html").body.childNodes) {
    if (node.nodeName === "MARK") {
      const mark = document.createElement("mark");
      mark.textContent = printed(node.textContent);
      excerpt.append(mark);
    } else {
      excerpt.append(printed(node.textContent));
    }
  }
  item.append(link, excerpt);
  return item;
}
