// After a part of the page was replaced, the focus goes where the answer says: to what carries data-focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const told = event.target.closest?.("[data-focus]") ?? event.target.querySelector?.("[data-focus]");
  if (!told) return;
  if (!told.matches("a, button, input, select, textarea")) told.setAttribute("tabindex", "-1");
  told.focus();
});
