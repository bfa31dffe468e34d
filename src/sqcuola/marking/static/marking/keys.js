// A key gives points to the criterion one is at, or to the first that has none, and goes on to the next; Enter goes to the next paper.
const form = document.querySelector("form[data-keys]");
if (form) {
  for (const hint of form.querySelectorAll(".keys")) hint.hidden = false;
  const rows = [...form.querySelectorAll("fieldset")];
  const marked = (row) => row.querySelector("input:checked");
  const at = () => rows.find((row) => row.contains(document.activeElement)) ?? rows.find((row) => !marked(row)) ?? rows[0];

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target.closest("textarea, a, button, summary, input:not([type=radio])")) return;
    if (event.key === "Enter") { event.preventDefault(); form.requestSubmit(form.querySelector("button:not([name])")); return; }
    if (!/^[0-9]$/.test(event.key)) return;
    const here = at();
    const point = here?.querySelector(`input[value="${event.key}"]`);
    if (!point) return;
    event.preventDefault();
    point.checked = true;
    point.dispatchEvent(new Event("input", { bubbles: true }));
    const after = rows.slice(rows.indexOf(here) + 1).find((row) => !marked(row));
    (after?.querySelector("input") ?? point).focus({ preventScroll: true });
  });
}
