/* The draft of a form: says when it was saved, when it was not, and that what was typed is still here. Faults vanish while typing. */
(() => {
  "use strict";
  const form = document.querySelector("[data-draft]");
  if (!form || !window.htmx) return;
  const failed = () => {
    const saved = document.getElementById("saved");
    saved.classList.add("failed");
    saved.textContent = "没有保存：网络断开。填写的内容还在本页，";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn-link";
    again.textContent = "再试";
    again.onclick = () => window.htmx.trigger(form, "change");
    saved.append(again);
  };
  let unsaved = false;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("change", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  form.addEventListener("htmx:beforeRequest", () => { unsaved = false; });
  window.addEventListener("pagehide", () => {
    const address = form.getAttribute("hx-post");
    if (!unsaved || !address) return;
    const typed = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    navigator.sendBeacon(address, typed);
  });
  form.addEventListener("htmx:sendError", failed);
  form.addEventListener("htmx:responseError", failed);
  form.addEventListener("input", (event) => {
    const field = event.target.closest(".field.wrong");
    if (!field) return;
    field.classList.remove("wrong");
    field.querySelectorAll(".error").forEach((each) => each.remove());
    document.querySelectorAll(`.error[data-of="${event.target.id}"]`).forEach((each) => each.remove());
    event.target.removeAttribute("aria-invalid");
  });
})();
