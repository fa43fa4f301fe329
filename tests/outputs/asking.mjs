// Asks a published index as the search page does, with the page's own scripts, but without a browser.
// Arguments: the folder of the scripts, the folder of the index, the language of the reader, then the queries.
// Writes JSON: by query, the addresses found by language, best first, and what was taken for words that no text has.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [scripts, folder, lang, ...queries] = process.argv.slice(2);
const base = "/pagefind/";
const file = (url) => folder + "/" + String(url).split("?")[0].slice(base.length);

globalThis.fetch = async (url) => new Response(readFileSync(file(url)));
globalThis.Worker = class {
  constructor(url) {
    const self = {
      addEventListener: (_, hear) => (this.hear = hear),
      postMessage: (message) => this.onmessage({ data: structuredClone(message) }),
    };
    new Function("self", readFileSync(file(url), "utf8"))(self);
  }
  postMessage(message) {
    this.hear({ data: structuredClone(message) });
  }
};

const { asked, opened } = await import(pathToFileURL(`${scripts}/search-index.js`).href);
const answers = {};
const indexes = await opened(base, lang);
for (const query of queries) {
  const found = {};
  for (const index of indexes) {
    const { pages = [], notes = [] } = (await asked(index, query)) ?? {};
    const urls = await Promise.all(pages.map(async ({ id }) => (await index.page(id)).url));
    found[index.lang] = { urls, meant: Object.fromEntries(notes.map(({ word, meant }) => [word, meant ?? ""])) };
  }
  answers[query] = found;
}
console.log(JSON.stringify(answers));
process.exit(0);
