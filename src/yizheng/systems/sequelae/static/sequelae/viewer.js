/* Two studies side by side: drag sets the window, wheel, slider and arrows turn the slices, one hip can be enlarged. */
(() => {
  "use strict";
  const listed = document.getElementById("studies");
  if (!listed) return;
  const studies = JSON.parse(listed.textContent);
  const WINDOWS = { bone: [400, 1800], lung: [-600, 1500], soft: [40, 400] };
  const linked = document.getElementById("linked");
  let part = "all";

  class Pane {
    constructor(element) {
      this.canvas = element.querySelector("canvas");
      this.slider = element.querySelector("input[type=range]");
      this.select = element.querySelector("select");
      this.said = element.querySelector("[data-said]");
      this.kept = new Map();
      this.select.addEventListener("change", () => this.open());
      this.slider.addEventListener("input", () => this.turn(Number(this.slider.value), true));
      this.canvas.addEventListener("wheel", (event) => { event.preventDefault(); this.turn(this.at + Math.sign(event.deltaY), true); }, { passive: false });
      this.canvas.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
        if (step) { event.preventDefault(); this.turn(this.at + step, true); }
      });
      this.drag();
    }

    drag() {
      let from = null;
      this.canvas.addEventListener("pointerdown", (event) => {
        if (!this.window) return;
        from = [event.clientX, event.clientY, ...this.window];
        this.canvas.setPointerCapture(event.pointerId);
      });
      this.canvas.addEventListener("pointermove", (event) => {
        if (!from) return;
        const scale = Math.max(1, from[3] / 256);
        this.set([from[2] + (event.clientY - from[1]) * scale, Math.max(1, from[3] + (event.clientX - from[0]) * scale)]);
      });
      for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => { from = null; });
    }

    open() {
      this.slices = (studies[this.select.value] || []).flatMap(([key, frames]) => Array.from({ length: frames }, (_, frame) => [key, frame]));
      this.slider.max = Math.max(0, this.slices.length - 1);
      this.window = null;
      this.turn(Math.floor(this.slices.length / 2), false);
    }

    async load(key) {
      if (!this.kept.has(key)) {
        this.kept.set(key, fetch(`/sequelae/images/${key}/pixels/`).then(async (answer) => {
          if (!answer.ok) throw new Error(await answer.text());
          return { ...JSON.parse(answer.headers.get("X-Image")), values: new Int16Array(await answer.arrayBuffer()) };
        }));
      }
      return this.kept.get(key);
    }

    async turn(to, told) {
      if (!this.slices.length) return;
      this.at = Math.max(0, Math.min(this.slices.length - 1, to));
      this.slider.value = this.at;
      const [key, frame] = this.slices[this.at];
      if (told && linked.checked) {
        const share = this.at / Math.max(1, this.slices.length - 1);
        for (const other of panes) if (other !== this) other.turn(Math.round(share * (other.slices.length - 1)), false);
      }
      try {
        const image = await this.load(key);
        if (this.slices[this.at][0] !== key || this.slices[this.at][1] !== frame) return;
        this.image = image;
        this.frame = frame;
        this.window = this.window || [image.center, image.width];
        this.draw();
      } catch (fault) {
        this.said.textContent = fault.message;
      }
    }

    set(wanted) { this.window = wanted || [this.image.center, this.image.width]; this.draw(); }

    draw() {
      const { rows, columns, values, inverted, spacing } = this.image;
      const [center, width] = this.window;
      const from = part === "left" ? columns >> 1 : 0;
      const wide = part === "all" ? columns : columns - (columns >> 1);
      const picture = new ImageData(wide, rows);
      const start = this.frame * rows * columns;
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < wide; column += 1) {
          const value = values[start + row * columns + from + column];
          const grey = Math.max(0, Math.min(255, ((value - center) / width + 0.5) * 255));
          const place = 4 * (row * wide + column);
          picture.data.fill(inverted ? 255 - grey : grey, place, place + 3);
          picture.data[place + 3] = 255;
        }
      }
      this.canvas.width = wide;
      this.canvas.height = rows;
      this.canvas.getContext("2d").putImageData(picture, 0, 0);
      const size = spacing ? `，每像素 ${spacing[0]} mm` : "，未校准";
      this.said.textContent = `第 ${this.at + 1}／${this.slices.length} 幅　窗位 ${Math.round(center)}　窗宽 ${Math.round(width)}${size}`;
      this.canvas.dataset.drawn = `${this.select.value}:${this.at}`;
    }
  }

  const panes = [...document.querySelectorAll("[data-pane]")].map((element) => new Pane(element));
  document.querySelectorAll("[data-window]").forEach((button) => button.addEventListener("click", () => {
    for (const pane of panes) if (pane.image) pane.set(WINDOWS[button.dataset.window]);
  }));
  document.querySelectorAll("[data-part]").forEach((button) => button.addEventListener("click", () => {
    part = button.dataset.part;
    document.querySelectorAll("[data-part]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    for (const pane of panes) if (pane.image) pane.draw();
  }));
  for (const pane of panes) pane.open();
})();
