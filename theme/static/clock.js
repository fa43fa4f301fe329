// What stands on a page by the clocks of the event, said once more by the reader's own clock where that shows
// something else.  Nothing is asked of anyone; without script the page names the zone and its distance to UTC.

// How a language writes what Intl gives as 20:30 and as the 1, where people write it otherwise.
const written = {
  fr: (text) =>
    text
      .replace(/(\p{L} 1)(?= \p{L})/gu, "$1er")
      .replace(/\b(\d?\d):(\d\d)\b/g, (_, hour, minute) =>
        hour === "12" && minute === "00" ? "midi" : `${Number(hour)}\u00a0h${minute === "00" ? "" : `\u00a0${minute}`}`,
      ),
};

// The date and time that the reader's clock shows at a moment, as moments are written: 2026-12-02T20:30.
const shown = (moment) => new Date(moment - moment.getTimezoneOffset() * 6e4).toISOString().slice(0, 16);

// When something is by the reader's clock; "" where it shows what is written.  The day is named where it is another.
export function byOwnClock(starts, ends, lang) {
  const [first, last] = [new Date(starts), new Date(ends)];
  const here = [shown(first), shown(last)];
  const there = [starts.slice(0, 16), ends.slice(0, 16)];
  if (here.join() === there.join()) return "";
  const isOneDay = here[0].slice(0, 10) === here[1].slice(0, 10);
  const isSameDay = isOneDay && here.every((one, which) => one.slice(0, 10) === there[which].slice(0, 10));
  const day = isSameDay ? {} : { weekday: "long", day: "numeric", month: "long" };
  const form = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { ...day, hour: "numeric", minute: "2-digit" });
  // Of two days browsers make figures; each is said in full instead.
  const said = isOneDay && last > first ? form.formatRange(first, last) : [...new Set([first, last].map((one) => form.format(one)))].join(" – ");
  return (written[lang.slice(0, 2).toLowerCase()] ?? ((text) => text))(said);
}

// Shows an element to the reader it is for: the time by the hub's clock to those who live by it, the time by
// their own to everyone else, and neither where the clock shows what is written.
export function correct(one, lang) {
  const { starts, ends, here, hub } = one.dataset;
  const said = byOwnClock(starts, ends, lang);
  const isAtHub = Boolean(hub) && shown(new Date(hub)) === hub.slice(0, 16);
  one.hidden = said === "" || Boolean(here) === isAtHub;
  if (here) one.textContent = here.replace("{time}", said);
}

if (globalThis.document) {
  for (const one of document.querySelectorAll("[data-starts]")) correct(one, document.documentElement.lang);
}
