// Prints the elements of MJML as npm's own packages know them, in the form of src/handbill/outputs/mail/elements.py.
const { components } = require("mjml") && require("mjml-core");
const holds = require("mjml-preset-core").default?.dependencies ?? require("mjml-preset-core").dependencies;
const colours = require("mjml-core/lib/types/helpers/colors").default ?? require("mjml-core/lib/types/helpers/colors");

const wrap = (words, first) => {
  const lines = [first];
  for (const word of words) {
    if ((lines.at(-1) + " " + word).length > 132) lines.push("   ");
    lines[lines.length - 1] += " " + word;
  }
  return lines;
};
const found = [`mjml ${require("mjml/package.json").version}`];
for (const name of ["mjml", ...Object.keys(components)].sort()) {
  const one = components[name] ?? { allowedAttributes: { lang: "string", dir: "string" } };
  found.push(name);
  if (one.endingTag) found.push("  text");
  const inside = (holds[name] ?? []).filter((child) => typeof child === "string");
  if (inside.length) found.push(...wrap(inside.sort(), "  holds"));
  const types = {};
  for (const [attribute, type] of Object.entries(one.allowedAttributes ?? {})) (types[type] ??= []).push(attribute);
  for (const type of Object.keys(types).sort()) found.push(...wrap(types[type].sort(), `  ${type}:`));
}
found.push(...wrap([...colours].sort(), "colours"));
console.log(found.join("\n"));
