// A silent timer. It follows the server's clock, not the device's, and speaks politely at 30, 10, 5 and 1 minutes.
const marks = [30, 10, 5, 1];

for (const box of document.querySelectorAll("[data-until]")) {
  const until = Date.parse(box.dataset.until);
  const ahead = Date.now() - Date.parse(box.dataset.now);
  const face = box.querySelector("[data-face]");
  const voice = box.querySelector("[data-voice]");
  let before = Infinity;
  const show = () => {
    const left = Math.max(0, Math.round((until - Date.now() + ahead) / 1000));
    const minutes = Math.floor(left / 60);
    const clock = (number) => String(number).padStart(2, "0");
    if (left < 24 * 3600) face.textContent = left < 3600
      ? `${minutes}:${clock(left % 60)}`
      : `${Math.floor(minutes / 60)}:${clock(minutes % 60)}:${clock(left % 60)}`;
    box.classList.toggle("near", left <= 300);
    const crossed = marks.findLast((mark) => left <= mark * 60 && before > mark * 60);
    if (crossed && before !== Infinity) voice.textContent = box.dataset[crossed === 1 ? "one" : "many"].replace("{n}", crossed);
    before = left;
    if (left === 0) {
      clearInterval(ticking);
      box.dispatchEvent(new CustomEvent("time-is-up", { bubbles: true }));
    }
  };
  // Two minutes: a page may have been on its way, or kept for a moment.
  if (Math.abs(ahead) > 120_000) {
    const note = document.createElement("small");
    note.textContent = box.dataset.off;
    box.append(note);
  }
  const ticking = setInterval(show, 1000);
  show();
}
