/* Dialogs, the confirmation of a verb, disposing of a finding, the materials viewer. Native <dialog>, forms stay forms. */
(() => {
  "use strict";
  document.documentElement.classList.add("has-script");
  const $ = (id) => document.getElementById(id);

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-open], [data-close], [data-zoom-by], [data-turn]");
    if (!target) return;
    if (target.dataset.open) $(target.dataset.open).showModal();
    else if ("close" in target.dataset) target.closest("dialog").close("");
    else look(target);
  });

  function look(button) {
    const viewer = $("viewer");
    if ("turn" in button.dataset) {
      viewer.dataset.turn = (Number(viewer.dataset.turn || 0) + 1) % 4;
      return;
    }
    const zoom = Math.min(3, Math.max(1, Number(viewer.dataset.zoom) + Number(button.dataset.zoomBy)));
    viewer.dataset.zoom = zoom;
    document.querySelector("[data-zoom-shown]").textContent = ["100%", "150%", "200%"][zoom - 1];
  }

  function ask(dialog, title, verb, text, then) {
    dialog.querySelector("h2").textContent = title;
    dialog.querySelector("[data-confirm-verb]").textContent = verb;
    const input = dialog.querySelector("textarea");
    input.value = text || ("asked" in input.dataset ? "" : input.value);
    input.dataset.asked = "";
    dialog.returnValue = "";
    dialog.addEventListener("close", () => dialog.returnValue === "go" && then(input.value), { once: true });
    dialog.showModal();
    input.focus();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!button || form.dataset.confirmed) return;
    if ("act" in form.dataset && $("confirm")) {
      event.preventDefault();
      const opinion = form.elements.opinion;
      $("confirm").querySelector("textarea").required = "reason" in button.dataset;
      $("confirm").querySelector("[data-optional]").hidden = "reason" in button.dataset;
      $("confirm").querySelector("[data-says]").textContent = button.dataset.says || "";
      ask($("confirm"), button.dataset.verb, button.dataset.verb, opinion.value, (text) => {
        opinion.value = text;
        form.dataset.confirmed = "yes";
        form.requestSubmit(button);
      });
    } else if ("dispose" in form.dataset && $("dispose")) {
      event.preventDefault();
      const verb = button.textContent.trim();
      $("dispose").querySelector(".about").textContent = form.dataset.dispose;
      ask($("dispose"), verb, verb, form.elements.reason.value, (text) => {
        form.elements.reason.value = text;
        form.dataset.confirmed = "yes";
        form.requestSubmit(button);
      });
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.ctrlKey) return;
    const dialog = event.target.closest("dialog[open]");
    if (dialog) {
      event.preventDefault();
      dialog.querySelector("[data-confirm]").click();
    }
  });

  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
