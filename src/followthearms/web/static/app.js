// What pages do beyond HTML. Everything works without it: it saves a click here and a look there.

// A choice that its form would send: the colours, the order of a list.
for (const select of document.querySelectorAll("form.theme select, form.search select")) {
  select.form.classList.add("live");
  select.addEventListener("change", () => select.form.requestSubmit());
}

// A claim and its words in the text light up together.
const lit = new Set();
const light = (numbers) => {
  for (const element of lit) element.classList.remove("lit");
  lit.clear();
  for (const number of numbers) {
    for (const element of document.querySelectorAll(`[data-claims~="${number}"], [data-claim="${number}"]`)) {
      element.classList.add("lit");
      lit.add(element);
    }
  }
};
const numbersOf = (target) => {
  const owner = target instanceof Element && target.closest("[data-claims], [data-claim]");
  return owner ? (owner.dataset.claims ?? owner.dataset.claim).split(" ").filter((n) => /^\d+$/.test(n)) : [];
};
if (document.querySelector("[data-claims]")) {
  for (const event of ["pointerover", "focusin"]) {
    document.addEventListener(event, ({ target }) => light(numbersOf(target)));
  }
}

// A citation is copied with one key or click.
for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent.trim());
    button.textContent = "Copied";
    button.setAttribute("aria-live", "polite");
  });
  text.after(button);
}

// Keys press the buttons that show them, and "/" goes to the search; none while somebody writes in a field, and none
// once a form is on its way, as the page is then about to change.
let leaving = false;
addEventListener("submit", () => { leaving = true; });
addEventListener("pageshow", () => { leaving = false; });
const writes = (target) => target instanceof Element && target.closest("input, select, textarea, [contenteditable]");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || leaving || writes(event.target)) return;
  const field = document.getElementById("q");
  if (event.key === "/" && field) {
    event.preventDefault();
    for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    field.focus();
    field.select();
    return;
  }
  const button = /^[a-z?]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});
