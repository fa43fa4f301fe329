// What a page that was made days ago says of time, corrected by the reader's clock: the time left
// to enter a contest, and when something takes place where the reader is.  Without script the
// dates stand on the page in full, and nothing is missing.
const lang = document.documentElement.lang;
const now = new Date();

for (const one of document.querySelectorAll("[data-closes]")) {
  const closes = new Date(one.dataset.closes);
  // A day closes after its last minute, which is the one that pages name.
  if (closes.getMinutes() === 59) closes.setMinutes(60);
  const left = closes - now;
  if (left > 0) {
    one.textContent = one.dataset.left.replace("{time}", length(left, closes));
  } else {
    one.textContent = one.dataset.closed;
    for (const gone of (one.closest("article") ?? document).querySelectorAll("[data-while-open]")) gone.hidden = true;
  }
}

function length(left, closes) {
  const midnights = Math.round((new Date(closes - 1).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 864e5);
  const [unit, count] =
    midnights > 0 ? ["day", midnights] : left >= 36e5 ? ["hour", Math.floor(left / 36e5)] : ["minute", Math.ceil(left / 6e4)];
  return new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

for (const one of document.querySelectorAll("[data-starts]")) {
  const { starts, ends, hub } = one.dataset;
  one.hidden = isHere(starts);
  if (one.hidden || (hub && isHere(hub))) continue;
  const form = { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" };
  one.textContent = one.dataset.here.replace("{time}", new Intl.DateTimeFormat(lang, form).formatRange(new Date(starts), new Date(ends)));
}

// Whether the reader's clock shows the same hour at that moment as the text says.
function isHere(moment) {
  return +new Date(moment) === +new Date(moment.slice(0, 19));
}
