/* The rows of a table: a cursor that moves with j and k; x ticks the row, Enter opens it. */
(() => {
  "use strict";
  const table = document.querySelector("[data-rows]");
  if (!table) return;
  const rows = [...table.querySelectorAll("[data-row]")];
  let cursor = rows.findIndex((row) => row.classList.contains("cursor"));

  function move(to) {
    if (!rows.length) return;
    if (rows[cursor]) rows[cursor].classList.remove("cursor");
    cursor = Math.min(rows.length - 1, Math.max(0, to));
    rows[cursor].classList.add("cursor");
    rows[cursor].scrollIntoView({ block: "nearest" });
    const link = rows[cursor].querySelector("a");
    if (link) link.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (field || event.ctrlKey || event.metaKey || event.altKey || document.body.dataset.keys !== "on") return;
    const row = rows[cursor];
    const box = row && row.querySelector("input[type=checkbox]");
    const link = row && row.querySelector("a");
    if (event.key === "j") move(cursor + 1);
    else if (event.key === "k") move(cursor - 1);
    else if (event.key === "x" && box) box.click();
    else if (event.key === "Enter" && link && event.target === document.body) link.click();
    else return;
    event.preventDefault();
  });
})();
