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

// Words that are selected in the text of a claim fill the cell that is being corrected. What is told of them is the
// place in code points, as the server counts; JavaScript counts UTF-16 units, so texts are taken apart by `[...text]`.
const text = document.querySelector("[data-select]");
if (text) {
  const rows = () => [...document.querySelectorAll("#cell [data-row]")];
  const letters = [...text.textContent];
  const places = () => {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    if (!range || range.collapsed || !text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    let start = [...before.toString()].length;
    let end = start + [...range.toString()].length;
    while (start < end && !letters[start].trim()) start += 1;
    while (start < end && !letters[end - 1].trim()) end -= 1;
    return start < end ? { start, end } : null;
  };

  // The cell as the server makes it of these words, in the place of the one that is shown.
  let row = 0;
  let taken = "";
  const fill = async ({ start, end }) => {
    const form = document.querySelector("#cell form.values");
    const place = `${start}-${end}`;
    if (!form.querySelector("input[name=words]") || place === taken) return;
    taken = place;
    const asked = new URLSearchParams();
    const chosen = { words: letters.slice(start, end).join(""), place, meaning: "" };
    const met = { words: 0, place: 0, meaning: 0 };
    for (const [name, value] of new FormData(form)) asked.append(name, name in met && met[name]++ === row ? chosen[name] : value);
    const address = `${location.pathname}?${asked}`;
    const answer = await fetch(address);
    if (place !== taken) return; // something else was selected in the meantime
    if (!answer.ok) return void location.assign(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("cell").replaceWith(document.adoptNode(page.getElementById("cell")));
    history.replaceState(null, "", address);
  };
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { const found = places(); if (found) fill(found); }, 200);
  });
  document.addEventListener("focusin", ({ target }) => {
    const chosen = rows().indexOf(target.closest("[data-row]"));
    if (chosen >= 0 && chosen !== row) [row, taken] = [chosen, ""];
  });

  // With the keyboard: arrows go from word to word or line to line, Shift extends.
  const help = document.querySelector(".selecting");
  help.hidden = false;
  text.addEventListener("keydown", (event) => {
    const sideways = { ArrowLeft: "left", ArrowRight: "right" }[event.key];
    const updown = { ArrowUp: "backward", ArrowDown: "forward" }[event.key];
    if (!(sideways || updown) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const selection = getSelection();
    if (!text.contains(selection.anchorNode)) selection.collapse(text.querySelector(".evidence") ?? text, 0);
    const forward = updown ? updown === "forward" : (getComputedStyle(text).direction === "rtl") === (sideways === "left");
    const way = forward ? "forward" : "backward";
    if (event.shiftKey) return void selection.modify("extend", way, updown ? "line" : "word");
    if (!selection.isCollapsed) selection[forward ? "collapseToEnd" : "collapseToStart"]();
    if (updown) selection.modify("move", way, "line");
    selection.modify("extend", way, "word");
  });
}
