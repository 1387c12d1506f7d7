/* Keys of the office. Single letters are off while a field has focus, in dialogs, and for those who switched them off. */
(() => {
  "use strict";
  let leader = 0;
  const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog");
  const visible = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
  const press = (selector) => {
    const found = [...document.querySelectorAll(selector)].find((element) => visible(element) && !element.disabled);
    if (!found) return false;
    if (found.matches("input, textarea")) found.focus();
    else found.click();
    return true;
  };

  function go(key) {
    const side = [...document.querySelectorAll(".side ul")];
    if (key === "i") return press('[data-go="i"]');
    const list = { w: side[0], r: side[1] }[key];
    const link = list && list.querySelector("a");
    if (link) link.click();
    return Boolean(link);
  }

  function material(step) {
    const tabs = [...document.querySelectorAll("[data-material]")];
    const here = tabs.findIndex((tab) => tab.hasAttribute("aria-current"));
    const next = tabs[here + step];
    if (next) next.click();
    return Boolean(next);
  }

  const fixed = {
    "[": () => material(-1),
    "]": () => material(1),
    m: () => { const viewer = document.getElementById("viewer"); if (viewer) viewer.focus(); return Boolean(viewer); },
    "?": () => press('[data-open="keys-dialog"]') || (document.getElementById("keys-dialog").showModal(), true),
    p: () => press('[data-key="p"]') || (window.print(), true),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) {
      if (event.key === "Escape" && event.target.closest(".search")) event.target.blur();
      return;
    }
    if (event.key === "/") { if (press("#site-search")) event.preventDefault(); return; }
    if (document.body.dataset.keys !== "on") return;
    const after = leader && Date.now() - leader < 1500;
    leader = 0;
    let done = false;
    if (after) done = go(event.key);
    else if (event.key === "g") { leader = Date.now(); done = true; }
    else if (fixed[event.key]) done = fixed[event.key]();
    else if (/^[a-z1-9]$/.test(event.key)) done = press(`[data-key="${event.key}"]`);
    if (done) event.preventDefault();
  });
})();
