// A menu closes when one goes elsewhere: a click outside, the Escape key, the focus moving on.
const menus = "details.menu, details.more";
const shut = (menu) => { menu.open = false; };

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(menus)) if (menu.open && !menu.contains(event.target)) shut(menu);
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest(menus);
  if (menu && menu.open) { shut(menu); menu.querySelector("summary").focus(); }
});
document.addEventListener("focusout", (event) => {
  const menu = event.target.closest(menus);
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) shut(menu);
});
