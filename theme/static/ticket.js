// Looks a ticket up in the list of a contest, in the reader's browser: nobody learns which one was looked for.
const number = new Intl.NumberFormat(document.documentElement.lang);

for (const form of document.querySelectorAll("form.finder")) {
  const [input, answer] = [form.elements.ticket, form.querySelector(".finder-answer")];
  const say = (word, values = {}) =>
    form.querySelector(`template[data-word="${word}"]`).content.textContent.replace(/{(\w+)}/g, (_, name) => number.format(values[name]));
  const fetched = async (address) => {
    const found = await fetch(address);
    if (!found.ok) throw new Error(found.status);
    return found;
  };

  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [ticket] = input.value.trim().toLowerCase().split("#");
    if (!ticket) return;
    const isOwn = (one) => one.split("#", 1)[0] === ticket;
    try {
      const lines = (await (await fetched(form.dataset.pool)).text()).trimEnd().split("\n");
      const own = lines.filter(isOwn);
      answer.dataset.state = own.length ? "right" : "wrong";
      if (!own.length) {
        answer.textContent = say("missing");
        return;
      }
      const told = [own.length > 1 ? say("often", { n: own.length, all: lines.length }) : say("listed")];
      if (form.dataset.draw) {
        const draw = await (await fetched(form.dataset.draw)).json();
        const place = draw.order.findIndex(isOwn) + 1;
        if (place) told.push(say("place", { place }));
        if (draw.winners.some((one) => isOwn(one.ticket))) told.push(say("won"));
        else if (draw.substitutes.some(isOwn)) told.push(say("waits"));
      }
      answer.textContent = told.join(" ");
    } catch {
      answer.dataset.state = "unchecked";
      answer.textContent = say("failed");
    }
  });
}
