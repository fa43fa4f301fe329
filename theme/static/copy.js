// Copies an address by a button.  Without script, or without a clipboard, a click selects the address.
if (navigator.clipboard) {
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.querySelector("main").append(status);
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const word = button.firstElementChild;
    const before = word.textContent;
    let waiting;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch {
        getSelection().selectAllChildren(button.previousElementSibling);
        return;
      }
      word.textContent = status.textContent = button.dataset.done;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        word.textContent = before;
        status.textContent = "";
      }, 2500);
    });
  }
}
