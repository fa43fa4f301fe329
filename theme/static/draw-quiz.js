// Answers to a quiz and the right ones → who is among the winners, and in which order (the handbook's decision 0054).
import { TEXT, Wrong, entrant, fits, valuesIn } from "./draw-values.js";

const number = /^(?!-0$)-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,14}[1-9])?$/;

// Takes a table of values apart: a cell in quotes may hold commas, line feeds, and quotes twice.
function rowsIn(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows.slice(0, -1);
}

// The one text of such a table.
const written = (rows) =>
  rows.map((row) => `${row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))}\n`).join("");

// What each entrant answered, by ticket; its last cell is a number, "" where none was given.
function sheetsIn(raw, questions, lines) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(raw);
  const [header, ...rows] = rowsIn(text);
  const entrants = [...new Set(lines.map(entrant))].sort();
  const wanted = ["ticket", ...Array.from({ length: questions }, (_, i) => `${i + 1}`), "tiebreak"];
  const isRight =
    !text.includes("\r") && written([wanted, ...rows]) === text && header.length === wanted.length && rows.length === entrants.length &&
    rows.every((row, i) => row.length === wanted.length && row[0] === entrants[i] && (!row.at(-1) || number.test(row.at(-1))));
  if (!isRight) throw new Wrong("unread", { file: "answers.csv" });
  return new Map(rows.map(([ticket, ...cells]) => [ticket, cells]));
}

function keyIn(raw, quiz) {
  const key = valuesIn(raw);
  const isRight =
    fits(key, { answers: [[TEXT]], salt: TEXT, tiebreak: TEXT }) && /^[0-9a-f]{64}$/.test(key.salt) &&
    key.answers.length === quiz.questions && key.answers.every((one) => one.length && one.every(Boolean)) &&
    Boolean(key.tiebreak) === Boolean(quiz.tiebreak) && (!key.tiebreak || number.test(key.tiebreak));
  if (!isRight) {
    throw new Wrong("unread", { file: "key.json" });
  }
  return key;
}

function read(quiz, lines, files) {
  for (const file of ["key.json", "answers.csv"]) if (!files.has(file)) throw new Wrong("missing", { file });
  return [keyIn(files.get("key.json"), quiz), sheetsIn(files.get("answers.csv"), quiz.questions, lines)];
}

// The lines whose entrants answered all questions right; where nobody did, those with the most right answers.
export function eligible(quiz, lines, files) {
  const [key, sheets] = read(quiz, lines, files);
  const counts = new Map(
    [...sheets].map(([ticket, cells]) => [ticket, key.answers.filter((right, i) => right.includes(cells[i])).length]),
  );
  let most = 0;
  for (const count of counts.values()) if (count > most) most = count;
  if (!most && key.answers.length) return [];
  return lines.filter((line) => counts.get(entrant(line)) === most);
}

// A number in units of its fifteenth decimal.
const units = (text) => {
  const [whole, part = ""] = text.replace("-", "").split(".");
  const size = BigInt(whole + part.padEnd(15, "0"));
  return text.startsWith("-") ? -size : size;
};

function distance(given, right) {
  if (!given || !right) return "";
  const apart = units(given) - units(right);
  const text = (apart < 0n ? -apart : apart).toString().padStart(16, "0");
  return `${text.slice(0, -15)}.${text.slice(-15)}`.replace(/\.?0+$/, "");
}

// Returns [{ score, ticket }], first who came nearest to the number; `ties` is the whole pool as lots would order it.
export function ranked(quiz, lines, files, ties) {
  const [key, sheets] = read(quiz, lines, files);
  const place = new Map(ties.map((line, i) => [line, i]));
  const found = eligible(quiz, lines, files).map((ticket) => ({ score: distance(sheets.get(entrant(ticket)).at(-1), key.tiebreak), ticket }));
  return found.sort((a, b) => {
    if (!a.score !== !b.score) return a.score ? -1 : 1;
    const apart = a.score ? units(a.score) - units(b.score) : 0n;
    return apart ? (apart > 0n ? 1 : -1) : place.get(a.ticket) - place.get(b.ticket);
  });
}
