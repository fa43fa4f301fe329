// One language of the search index that the build wrote, asked through pagefind's worker.
// A worker of its own for each: the rules by which a language's words are stemmed are part of the program loaded.

import { isNear, likeness, nearest, ranked, terms } from "./search-query.js";

// How much it counts where a word stands; pagefind gives titles 5 and everything else 1.
const RANKING = { termSimilarity: 2, pageLength: 0.5, metaWeights: { title: 6, what: 4, when: 4, people: 3, place: 3, summary: 3, tags: 3, address: 2 } };

// What is over, is told again elsewhere, or is written for editors comes after its equals; what one can still come to, before.
const WEIGHTS = {
  state: {
    upcoming: 1.3, ongoing: 1.3, open: 1.3, postponed: 0.8, past: 0.7, cancelled: 0.6,
    closed: 0.7, frozen: 0.9, drawn: 0.9, judged: 0.9, verified: 0.9, published: 0.8, settled: 0.7, purged: 0.6, void: 0.6,
  },
  kind: { issue: 0.55 },
  section: { handbook: 0.4 },
};

/** Return the index of each language, that of the reader first. */
export async function opened(folder, lang) {
  // Never from a cache: it names files that the next build takes away.
  const answer = await fetch(`${folder}pagefind-entry.json`, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const { languages } = await answer.json();
  const own = lang in languages ? lang : lang.split("-")[0];
  const order = Object.keys(languages).sort((a, b) => (b === own) - (a === own) || (a < b ? -1 : 1));
  return order.map((one) => new Index(folder, one, languages[one]));
}

/**
 * Return what one language has for a query, nothing while too little is typed:
 * the `pages`, best first, what had to be understood otherwise, as `notes` of {word, meant}, and how many words are `lacking`.
 */
export async function asked(index, query, typing = false) {
  const wanted = terms(query, index.lang, typing);
  if (!wanted.length) return;
  const facets = index.facets();
  const answers = await Promise.all(wanted.map(async (term) => ({ term, groups: await index.find(term) })));
  for (const answer of answers.filter(({ groups }) => !groups.length)) {
    answer.meant = await index.meant(answer.term.text);
    answer.groups = await (answer.meant ? index.find(terms(answer.meant, index.lang)[0]) : index.find(answer.term, true));
  }
  const groups = answers.flatMap((answer) => answer.groups);
  const notes = [];
  for (const { term, meant, groups: held } of answers) {
    if (meant && held.length) notes.push({ word: term.text, meant });
    else if (!held.length && groups.length) notes.push({ word: term.text });
  }
  const known = await facets;
  // The index holds its pages by their day: the latest first.
  const places = new Map([...known.keys()].map((id, place) => [id, place]));
  const pages = ranked(groups, (id) => weight(known.get(id)), (id) => places.get(id));
  return {
    index,
    pages: pages.map((page) => ({ ...page, index, facets: { section: ["site"], ...known.get(page.id) } })),
    notes,
    lacking: answers.filter(({ groups: held }) => !held.length).length,
  };
}

function weight(facets = {}) {
  let by = 1;
  for (const [name, weights] of Object.entries(WEIGHTS)) for (const value of facets[name] ?? []) by *= weights[value] ?? 1;
  return by;
}

class Index {
  #folder;
  #files;
  #worker;
  #waiting = new Map();
  #asked = new Map();
  #keys = new Map();
  #turn = 0;
  #ready;
  #facets;
  #words;

  constructor(folder, lang, files) {
    this.lang = lang;
    this.#folder = folder;
    this.#files = files;
    this.#worker = new Worker(`${folder}pagefind-worker.js`);
    this.#worker.onmessage = ({ data: { id, result, error } }) => {
      const [done, failed] = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) failed(new Error(error));
      else done(result);
    };
    this.#worker.onerror = (event) => {
      for (const [, failed] of this.#waiting.values()) failed(new Error(event.message || "the search worker stopped"));
      this.#waiting.clear();
    };
    this.#ready = this.#start();
  }

  async #start() {
    const base = this.#folder.replace(/pagefind\/$/, "");
    await this.#call("init", { basePath: this.#folder, baseUrl: base, language: this.lang, primary: true });
    // The only way to learn which word of the index was taken for one that was asked.
    await this.#call("enterPlaygroundMode");
    await this.#call("options", { ranking: RANKING });
  }

  #call(method, ...args) {
    const id = ++this.#turn;
    return new Promise((done, failed) => {
      this.#waiting.set(id, [done, failed]);
      this.#worker.postMessage({ id, instanceId: "hub", method, args });
    });
  }

  /** Return what each page is: Map of id → {kind: ["post"], year: ["2026"], …}. */
  facets() {
    this.#facets ??= this.#load(this.#files.facets).then(({ pages, ...filters }) => {
      const found = new Map(pages.map((id) => [`${this.#files.hash.split("_")[0]}_${id}`, {}]));
      const ids = [...found.keys()];
      for (const [name, values] of Object.entries(filters)) {
        for (const [value, steps] of Object.entries(values)) {
          let place = 0;
          for (const step of steps) (found.get(ids[(place += step)])[name] ??= []).push(value);
        }
      }
      return found;
    });
    return this.#facets;
  }

  async #load(path) {
    const answer = await fetch(this.#folder + path);
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    return answer.json();
  }

  /** Return the pages that have a term, as groups of {idf, pages}: one, none where no page has it, or one for each part. */
  async find(term, nearly = false) {
    const group = await this.#group(term.forms, nearly);
    if (group.pages.size) return [group];
    const groups = await Promise.all(term.parts.map((part) => this.#group([part], nearly)));
    return groups.filter(({ pages }) => pages.size);
  }

  async #group(forms, nearly) {
    const [own, ...others] = await Promise.all(forms.map((form) => this.#ask(form)));
    const pages = new Map(own.pages);
    for (const other of others) {
      for (const [id, page] of other.pages) if (!pages.has(id)) pages.set(id, { ...page, score: page.score * 0.7 });
    }
    if (nearly && !pages.size) for (const [id, page] of own.near) pages.set(id, page);
    return { idf: own.pages.size ? own.idf : Math.max(own.idf, ...others.map(({ idf }) => idf)), pages };
  }

  #ask(form) {
    if (!this.#asked.has(form)) this.#asked.set(form, this.#answer(form));
    return this.#asked.get(form);
  }

  async #answer(form) {
    await this.#ready;
    const { results, search_keywords: [stem] = [form], query_term_idfs: [first] = [] } = await this.#call("search", form, {});
    const [pages, near] = [new Map(), new Map()];
    const isPhrase = form.startsWith('"');
    for (const { id, score, words, data, scores = [], matchedMetaFields: facts = [], verbose_meta_scores: told = [] } of results) {
      const taken = [...scores.map((one) => one.search_term), ...told.flatMap((one) => one.matched_terms)];
      // What only begins like the word comes after what has the word itself.
      const like = isPhrase ? 1 : Math.max(0, ...taken.map((word) => likeness(stem, word)));
      const page = { score: score * (like || 0.3), places: words, isTitled: facts.includes("title") };
      if (like) pages.set(id, page);
      else if (taken.some((word) => isNear(stem, word))) near.set(id, page);
      this.#keys.set(id, data);
    }
    return { idf: first?.idf ?? (isPhrase ? 5 : 1), pages, near };
  }

  /** Return what the index keeps of a page that was found: its address, title, facts and text. */
  page(id) {
    return this.#call("getData", this.#keys.get(id));
  }

  /** Return the word of this hub that was meant by one which no text has, "" where none is near. */
  async meant(word) {
    this.#words ??= this.#load(this.#files.words);
    return nearest(word, await this.#words);
  }
}
