// Reads frames from standard input, as a JSON list, and writes for each what npm's mjml says of it at its strictest.
const mjml = require("mjml");
const ask = mjml.default ?? mjml;

(async () => {
  const frames = JSON.parse(require("fs").readFileSync(0, "utf8"));
  const told = [];
  for (const frame of frames) {
    const done = await ask(frame, { validationLevel: "soft", keepComments: true });
    told.push(done.errors.map((one) => `${one.tagName}: ${one.message}`));
  }
  console.log(JSON.stringify(told));
})();
