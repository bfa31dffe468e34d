// A word in braces is put where the person was writing: the last field that takes such words,
// or the first long one while nobody has written yet.
let last = document.querySelector("textarea[data-fields]") ?? document.querySelector("[data-fields]");
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-fields]")) last = event.target;
});
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => {
    if (!last) return;
    last.setRangeText(button.dataset.insert, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
