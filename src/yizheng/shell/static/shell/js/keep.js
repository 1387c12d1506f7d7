/* What was typed into a field with data-keep outlives an ended session: it stays in this tab, for this person and this state of the page. */
(() => {
  "use strict";
  const who = document.body.dataset.account;
  if (!who) return;
  const revision = document.querySelector("input[name=revision]");
  const page = `kept ${who} ${location.pathname}${location.search} `;
  const here = `${page}${revision ? revision.value : ""} `;
  const field = (target) => document.getElementById(target.dataset.keep || target.id);

  /* What another person typed here, or what was typed before the page moved on, is gone. */
  Object.keys(sessionStorage).forEach((key) => {
    const other = key.startsWith("kept ") && !key.startsWith(`kept ${who} `);
    if (other || (key.startsWith(page) && !key.startsWith(here))) sessionStorage.removeItem(key);
  });
  if (location.hash === "#findings-head") sessionStorage.removeItem(`${here}dispose-reason`);

  document.querySelectorAll("[data-keep]").forEach((target) => {
    const kept = sessionStorage.getItem(`${here}${target.id}`);
    if (kept && !target.value) target.value = kept;
  });
  document.addEventListener("input", (event) => {
    const target = event.target;
    if (!("keep" in (target.dataset || {}))) return;
    const kept = field(target);
    kept.value = target.value;
    sessionStorage.setItem(`${here}${kept.id}`, target.value);
  });
})();
