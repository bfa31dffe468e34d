// After a form came back with something to put right, the list of it has the focus; a link in it goes to the field.
document.querySelector("[data-errors]")?.focus();
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-errors] a");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const field = target.matches("fieldset") ? target.querySelector("input, select, textarea") : target;
  field?.focus();
  (target.closest(".field") ?? target).scrollIntoView({ block: "center" });
});
