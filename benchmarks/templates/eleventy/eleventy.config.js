// Eleventy with its own Markdown and Nunjucks: the lists and feeds of the others, each worked out once.
import { readFileSync } from "node:fs";

const site = JSON.parse(readFileSync(new URL("./content/_data/site.json", import.meta.url), "utf-8"));

export default function (config) {
  config.addPassthroughCopy({ theme: "theme" });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10).split("-").reverse().join("/"));
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.addFilter("part", (date, of) => date.toISOString().slice(...{ year: [0, 4], month: [5, 7], day: [8, 10] }[of]));
  config.addFilter("plain", (html) => {
    const text = html.replace(/<[^>]+>/g, "").replace(/\s+/g, " ").trim();
    return text.length > 200 ? text.slice(0, 199) + "…" : text;
  });
  config.addFilter("slug", (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-"));
  config.addFilter("top", (list, count) => list.slice(0, count));
  config.addFilter("json", (value) => JSON.stringify(value, null, 1));
  config.addFilter("author", (name) => site.authors[name]);
  config.addFilter("item", (page) => ({
    "@context": "https://schema.org", "@type": "BlogPosting", "@id": `${site.url}${page.url}#item`, headline: page.title, url: site.url + page.url,
    description: page.summary, inLanguage: "fr", datePublished: page.date.toISOString(), author: [{ "@type": "Person", name: page.author }],
    publisher: { "@type": "Organization", name: site.name, url: site.url }, keywords: page.tags, isPartOf: { "@id": `${site.url}/#site` },
  }));
  config.addFilter("feed", (posts, title, url) => ({
    version: "https://jsonfeed.org/version/1.1", title, home_page_url: site.url + url,
    items: posts.slice(0, 30).map((post) => ({
      id: site.url + post.url, url: site.url + post.url, title: post.data.title, content_html: post.content,
      date_published: post.date.toISOString(), authors: [{ name: site.authors[post.data.author] }], tags: post.data.tags,
    })),
  }));

  let known;
  const latest = (api) => {
    if (known) return known;
    known = api.getFilteredByGlob(["content/posts/*.md", "content/events/*.md"]).sort((a, b) => b.date - a.date || (a.url < b.url ? 1 : -1));
    known.forEach((post, n) => {
      const told = (other) => other && { url: other.url, title: other.data.title };
      post.data.earlier = told(known[n + 1]);
      post.data.later = told(known[n - 1]);
    });
    return known;
  };
  const groups = (api, kind, keys) => {
    const found = new Map();
    for (const post of latest(api)) for (const key of keys(post)) found.set(key, found.get(key) ?? []).get(key).push(post);
    return [...found].map(([name, posts]) => ({ kind, name, slug: config.getFilter("slug")(name), title: kind === "authors" ? site.authors[name] : name, posts }));
  };
  const kinds = { tags: (post) => post.data.tags, categories: (post) => [post.data.category], authors: (post) => [post.data.author], years: (post) => [post.date.toISOString().slice(0, 4)] };
  const every = (api, names) => names.flatMap((kind) => groups(api, kind, kinds[kind]));
  const pages = (group) => {
    const count = Math.ceil(group.posts.length / 12);
    const at = (number) => (number === 1 ? `/${group.path}/` : `/${group.path}/page/${number}/`);
    return Array.from({ length: count }, (_, n) => ({
      title: group.title, number: n + 1, count, posts: group.posts.slice(n * 12, n * 12 + 12), url: at(n + 1),
      newer: n ? at(n) : "", older: n + 1 < count ? at(n + 2) : "",
    }));
  };
  const listed = (api) => [
    { title: "Articles", path: "posts", posts: latest(api) },
    ...every(api, ["tags", "categories"]).map((group) => ({ ...group, path: `${group.kind}/${group.slug}` })),
  ];
  config.addCollection("latest", latest);
  config.addCollection("paged", (api) => listed(api).flatMap(pages));
  config.addCollection("whole", (api) => every(api, ["authors", "years"]));
  config.addCollection("subjects", (api) => Object.keys(kinds).map((kind) => ({ kind, groups: groups(api, kind, kinds[kind]) })));
  config.addCollection("feeds", (api) => [{ title: site.name, url: "/", posts: latest(api) }, ...listed(api).map((group) => ({ ...group, url: `/${group.path}/` }))]);
  return { dir: { input: "content", output: "public", includes: "_includes" }, markdownTemplateEngine: false };
}
