/* The worklist: the chosen cases, and what may be done to them at once. */
(() => {
  "use strict";
  const table = document.querySelector("[data-worklist]");
  const filters = document.querySelector("[data-filters]");
  if (filters) {
    filters.querySelector("[data-filter-button]").hidden = true;
    filters.addEventListener("change", () => filters.requestSubmit());
  }
  if (!table) return;
  const rows = [...table.querySelectorAll("[data-row]")];
  const box = (row) => row.querySelector("input[type=checkbox]");
  const boxes = rows.map(box);
  const all = table.querySelector("[data-select-all]");
  const says = document.querySelector("[data-batch-says]");

  function count() {
    const chosen = boxes.filter((each) => each.checked);
    all.checked = chosen.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && !all.checked;
    document.querySelectorAll("[data-selected]").forEach((each) => { each.textContent = chosen.length; });
    const barred = chosen.filter((each) => each.dataset.may === "no");
    const known = new Set(chosen.flatMap((each) => (each.dataset.verbs || "").split(" ")));
    const verbs = [...document.querySelectorAll("[data-batch-verb]")];
    verbs.forEach((each) => { each.hidden = chosen.length > 0 && !known.has(each.value); });
    const clean = verbs.filter((each) => !each.hidden && "clearOnly" in each.dataset).map((each) => each.firstChild.textContent.trim());
    if (says) says.textContent = !barred.length ? "检查均通过，可一并处理" : clean.length ? `不能一并${clean.join("、")}：${grounds(barred)}` : `${barred.length} 件有未处置的检查发现，不影响这一步`;
  }

  /* Who cannot go with the others, by ground: 有未处置的检查发现：文宁、刘树亦. */
  function grounds(barred) {
    const found = new Map();
    barred.forEach((each) => {
      const name = each.closest("tr").querySelector(".name").textContent.trim();
      const why = (each.dataset.why || "").replace(name, "");
      found.set(why, [...(found.get(why) || []), name]);
    });
    return [...found].map(([why, names]) => `${names.join("、")}${why ? `（${why}）` : ""}`).join("；");
  }

  table.addEventListener("change", (event) => {
    if (event.target === all) boxes.forEach((each) => { each.checked = all.checked; });
    count();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-clear]")) clear();
  });
  function clear() {
    boxes.forEach((each) => { each.checked = false; });
    count();
  }
  /* A verb for many asks first; without script the question is a page of its own. */
  const form = document.getElementById("batch");
  form.addEventListener("submit", (event) => {
    if (!event.submitter || !boxes.some((each) => each.checked)) return;
    event.preventDefault();
    const sent = new FormData(form, event.submitter);
    fetch(form.action, { method: "POST", body: sent, headers: { "HX-Request": "true" } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(answer)))
      .then((html) => ask(html, event.submitter))
      .catch(() => form.submit());
  });

  function ask(html, button) {
    const dialog = document.createElement("dialog");
    dialog.innerHTML = html;
    dialog.setAttribute("aria-label", dialog.querySelector("h2").textContent);
    dialog.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) event.preventDefault(); });
    dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) clear();
  });
  count();
})();
