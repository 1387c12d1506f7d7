/* Films and sounds: one frame back or on, slower, from a shot of the script to its place and back. Twenty-five frames a second. */
(() => {
  "use strict";
  const FRAME = 1 / 25;
  const films = [...document.querySelectorAll("[data-film]")];
  const player = (film) => film.querySelector("video, audio");
  const shots = [...document.querySelectorAll("[data-from]")];
  const clock = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${(seconds % 60).toFixed(2).padStart(5, "0")}`;

  function step(media, frames) {
    media.pause();
    const last = Number.isFinite(media.duration) ? media.duration : Infinity;
    media.currentTime = Math.min(last, Math.max(0, (Math.round(media.currentTime / FRAME) + frames) * FRAME));
  }

  function tell(film) {
    const media = player(film);
    const output = film.querySelector("[data-time]");
    if (output) output.textContent = `${clock(media.currentTime)}　第 ${Math.round(media.currentTime / FRAME) + 1} 帧`;
    shots.forEach((shot) => {
      const here = media.currentTime >= Number(shot.dataset.from) && media.currentTime < Number(shot.dataset.to);
      if (here) shot.setAttribute("aria-current", "true");
      else shot.removeAttribute("aria-current");
    });
  }

  films.forEach((film) => {
    const media = player(film);
    const play = film.querySelector("[data-play]");
    film.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (button) step(media, Number(button.dataset.step));
      else if (play && event.target === play) media.paused ? media.play() : media.pause();
    });
    film.addEventListener("change", (event) => {
      if ("speed" in event.target.dataset) media.playbackRate = Number(event.target.value);
    });
    if (play) ["play", "pause"].forEach((name) => media.addEventListener(name, () => { play.textContent = media.paused ? "播放" : "暂停"; }));
    ["timeupdate", "seeked", "loadedmetadata"].forEach((name) => media.addEventListener(name, () => tell(film)));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-seek]");
    if (!button || !films.length) return;
    const media = player(films[0]);
    media.pause();
    media.currentTime = Number(button.dataset.seek);
    films[0].scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey;
    if (busy || !films.length || document.body.dataset.keys !== "on" || ![",", "."].includes(event.key)) return;
    step(player(films[0]), event.key === "," ? -1 : 1);
    event.preventDefault();
  });
})();
