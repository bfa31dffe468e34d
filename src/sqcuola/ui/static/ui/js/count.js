// Beside a field stands how many characters are left, as the house counts them: [data-left="1200"]. It is silent; the words
// of the page say it before the first key, and after each save where there is no script.
const write = (line) => {
  const field = line.closest(".field").querySelector("textarea, input");
  const left = Number(line.dataset.left) - [...field.value.trim()].length;
  const { many, one, over, overOne } = line.dataset;
  const words = left < 0 ? (left === -1 ? overOne : over) : left === 1 ? one : many;
  line.textContent = words.replace("{n}", String(Math.abs(left)));
  line.classList.toggle("over", left < 0);
};
for (const line of document.querySelectorAll("[data-left]")) {
  line.closest(".field").addEventListener("input", () => write(line));
}
