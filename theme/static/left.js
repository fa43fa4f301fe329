// What a page that was made days ago says of time, corrected by the reader's clock: the time left to enter
// a contest, and whether one can sign up.  Without script the dates stand on the page in full, and nothing is missing.
const lang = document.documentElement.lang;
const now = new Date();

for (const one of document.querySelectorAll("body:not(.issue) [data-closes]")) {
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

// Signing up opens and ends by itself: what holds from or until a moment is shown and hidden by the reader's clock.
for (const one of document.querySelectorAll("[data-from], [data-until]")) {
  const { from, until } = one.dataset;
  one.hidden = Boolean((from && now < new Date(from)) || (until && now >= new Date(until)));
}
