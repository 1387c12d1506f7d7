/* On site: where the phone is, and what the user signs on it. The strokes are kept as a path of SVG in a box of 600 by 200. */
(() => {
  "use strict";
  const place = document.querySelector("[data-place]");
  if (place && navigator.geolocation) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = "取得位置";
    button.addEventListener("click", () => {
      button.disabled = true;
      const told = (words) => { place.value = words.slice(0, 60); button.disabled = false; };
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => told(`${place.value} ${coords.latitude.toFixed(4)},${coords.longitude.toFixed(4)} ±${Math.round(coords.accuracy)}米`.trim()),
        () => { button.textContent = "没有取得，请手写"; button.disabled = false; },
        { enableHighAccuracy: true, timeout: 10000 },
      );
    });
    place.after(button);
  }

  const kept = document.querySelector("[data-strokes]");
  if (!kept) return;
  const space = "http://www.w3.org/2000/svg";
  const box = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  box.setAttribute("class", "signature");
  box.setAttribute("viewBox", "0 0 600 200");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", "用手指或者鼠标在框内签字");
  box.append(path);
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn btn-sm";
  again.textContent = "清除重签";
  kept.before(box, again);
  let strokes = kept.value ? [kept.value] : [];
  let stroke = [];
  const show = () => {
    const all = [...strokes, ...(stroke.length > 1 ? [`M${stroke.join(" L")}`] : [])];
    kept.value = all.join(" ");
    path.setAttribute("d", kept.value);
  };
  const at = (event) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    const part = (value, whole, scale) => Math.min(scale, Math.max(0, Math.round((value / whole) * scale)));
    return `${part(event.clientX - left, width, 600)} ${part(event.clientY - top, height, 200)}`;
  };
  box.addEventListener("pointerdown", (event) => { box.setPointerCapture(event.pointerId); stroke = [at(event)]; });
  box.addEventListener("pointermove", (event) => {
    if (stroke.length && kept.value.length < 19000) { stroke.push(at(event)); show(); }
  });
  box.addEventListener("pointerup", () => {
    if (stroke.length > 1) strokes.push(`M${stroke.join(" L")}`);
    stroke = [];
    show();
  });
  again.addEventListener("click", () => { strokes = []; stroke = []; show(); });
  show();
})();
