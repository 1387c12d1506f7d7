/* The ward grid by keyboard: arrows and Enter move, Ctrl D copies the row above, the balance runs along, findings tint their cells. */
(() => {
  "use strict";
  const form = document.getElementById("sheet");
  if (!form) return;
  const table = form.querySelector("table.ward-table");
  let last = null;

  const controls = (row) => [...row.querySelectorAll("input, select")];
  const rows = () => (table ? [...table.tBodies[0].rows] : []);
  const number = (row, field) => {
    const control = row.querySelector(`[name$="-${field}"]`);
    return control && /^\d+$/.test(control.value.trim()) ? Number(control.value) : null;
  };

  function balance() {
    if (!table || !table.classList.contains("balanced")) return;
    let before = table.dataset.former === undefined ? null : Number(table.dataset.former);
    for (const row of rows()) {
      const [entered, left, present] = ["entered", "left", "present"].map((field) => number(row, field));
      const expected = before === null || entered === null || left === null ? null : before + entered - left;
      const cell = row.querySelector(".expected");
      cell.firstElementChild.value = expected === null ? "" : expected;
      cell.classList.toggle("off", expected !== null && present !== null && expected !== present);
      before = present;
    }
  }

  function sums() {
    if (!table || !table.tFoot) return;
    const all = rows();
    [...table.tFoot.rows[0].cells].forEach((cell, place) => {
      if (!cell.hasAttribute("data-sum")) return;
      cell.textContent = all.reduce((sum, row) => {
        const control = row.cells[place].querySelector("input");
        return sum + (control && /^\d+$/.test(control.value.trim()) ? Number(control.value) : 0);
      }, 0);
    });
  }

  function move(control, down, across) {
    const row = control.closest("tr");
    const all = rows();
    const target = all[all.indexOf(row) + down];
    const place = controls(row).indexOf(control) + across;
    const next = target && controls(target)[place];
    if (!next) return false;
    next.focus();
    if (next.select) next.select();
    return true;
  }

  function copyAbove() {
    const row = last && last.closest("tr");
    const above = row && row.previousElementSibling;
    if (!above) return;
    controls(row).forEach((control, place) => { control.value = controls(above)[place].value; });
    last.focus();
    last.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function tint() {
    const said = document.querySelector("[data-tones]");
    if (!said) return;
    form.querySelectorAll(".wrong[data-cell], .warned[data-cell]").forEach((cell) => cell.classList.remove("wrong", "warned"));
    [...said.children].reverse().forEach((each) => {
      const cell = form.querySelector(`[data-cell="${each.dataset.of}"]`);
      if (cell) { cell.classList.remove("wrong", "warned"); cell.classList.add(each.dataset.tone); }
    });
  }

  /* A card of a new row is copied once something stands in the last one. */
  function grow() {
    const cards = [...form.querySelectorAll(".card-row")];
    const lines = table && table.querySelector("tbody tr:last-child");
    const end = cards.length ? cards[cards.length - 1] : lines;
    if (!end || !form.elements.none || !controls(end).some((control) => control.value)) return;
    const copy = end.cloneNode(true);
    const old = controls(end)[0].name.split("-")[0];
    copy.innerHTML = copy.innerHTML.replaceAll(`="${old}-`, `="${Number(old) + 1}-`).replaceAll(`"c${old}-`, `"c${Number(old) + 1}-`);
    controls(copy).forEach((control) => { control.value = ""; control.removeAttribute("value"); });
    copy.querySelectorAll("option[selected]").forEach((each) => each.removeAttribute("selected"));
    copy.querySelectorAll(".wrong, .warned").forEach((each) => each.classList.remove("wrong", "warned"));
    const words = copy.querySelector("summary");
    if (words) words.textContent = `${Number(old) + 2}　新的一行`;
    end.after(copy);
  }

  /* A line that is emptied is no line once it is saved; the form keeps its numbers until then. */
  function empty(card) {
    controls(card).forEach((control) => { control.value = ""; });
    card.hidden = true;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  form.addEventListener("focusin", (event) => { if (event.target.closest(".ward-table")) last = event.target; });
  form.addEventListener("input", () => { balance(); sums(); });
  form.addEventListener("change", () => { balance(); sums(); grow(); });
  form.addEventListener("keydown", (event) => {
    const control = event.target;
    if (!control.closest(".ward-table")) return;
    const key = event.key;
    const text = control.tagName === "INPUT" && control.type === "text";
    const edge = !text || control.value === "" || control.selectionStart !== control.selectionEnd || control.selectionStart === (key === "ArrowLeft" ? 0 : control.value.length);
    let moved = false;
    if (event.ctrlKey && key.toLowerCase() === "d") { event.preventDefault(); copyAbove(); return; }
    if (key === "Enter") { event.preventDefault(); move(control, 1, 0); return; }
    if (!text) return;
    if (key === "ArrowDown") moved = move(control, 1, 0);
    else if (key === "ArrowUp") moved = move(control, -1, 0);
    else if (key === "ArrowRight" && edge) moved = move(control, 0, 1);
    else if (key === "ArrowLeft" && edge) moved = move(control, 0, -1);
    if (moved) event.preventDefault();
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-copy-above]")) return copyAbove();
    const removed = event.target.closest("[data-remove-line]");
    if (removed) return empty(removed.closest(".card-row"));
    const link = event.target.closest("[data-goto]");
    if (!link) return undefined;
    const control = document.getElementById(`c${link.dataset.goto}`);
    if (!control) return undefined;
    event.preventDefault();
    const card = control.closest("details");
    if (card) card.open = true;
    control.focus();
    return undefined;
  });
  document.body.addEventListener("htmx:afterSwap", tint);
  balance();
  sums();
})();
