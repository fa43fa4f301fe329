// Lighthouse on some addresses, one after another:
//   node lighthouse.mjs FOLDER_OF_PACKAGES CHROMIUM '["--flag"]' '[["mobile", "http://…", 4]]'
// The number is how much slower than this machine a telephone is taken to be.  Writes a line of JSON for each:
// how fast this machine was, categories with their scores, and the audits that cost points.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, chromePath, flags, wanted] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(createRequire(join(folder, "x.js")).resolve(path)));
const { default: lighthouse, desktopConfig } = await load("lighthouse");
const constants = await load("lighthouse/core/config/constants.js");
const { launch } = await load("chrome-launcher");

for (const [form, address, slower] of JSON.parse(wanted)) {
  const told = (await report(form, address, slower)) ?? (await report(form, address, slower));
  if (!told) throw new Error(`no report of ${address}`);
  console.log(JSON.stringify({ form, address, ...told }));
}

// Each in a browser of its own, whose first process shows the page: what a page does in a process that has only just
// begun is not always recorded.
async function report(form, address, slower) {
  const chrome = await launch({ chromePath, chromeFlags: JSON.parse(flags), logLevel: "silent" });
  try {
    const config = form === "desktop" ? desktopConfig : { extends: "lighthouse:default", settings: { throttling: { ...constants.throttling.mobileSlow4G, cpuSlowdownMultiplier: slower } } };
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "silent", disableFullPageScreenshot: true, extraHeaders: { "x-page-shares-process": "1" } }, config);
    if (lhr.runtimeError) return console.error(lhr.runtimeError.message);
    const scores = {};
    const lost = [];
    for (const [name, category] of Object.entries(lhr.categories)) {
      scores[name] = Math.round(category.score * 100);
      for (const { id, weight } of category.auditRefs) {
        const { score, title, displayValue } = lhr.audits[id];
        if (weight && score !== null && score < 1) lost.push([name, id, title, displayValue ?? "", score]);
      }
    }
    return { speed: lhr.environment.benchmarkIndex, scores, lost };
  } finally {
    await chrome.kill();
  }
}
