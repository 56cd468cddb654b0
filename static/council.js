// Joined to the design system's script by build.mjs. Nothing here is needed: every page works without it.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
// The last words stand in an update's box to begin from: typing replaces them, an arrow key lets them be changed.
document.querySelector("[data-select=once]")?.select();
// A list on which rows are ticked: all of the page at once, and how many there are.
const choosing = document.querySelector("[data-choosing]");
if (choosing) {
  const boxes = [...choosing.querySelectorAll("input[type=checkbox]")];
  const all = choosing.querySelector("[data-choosing-all]");
  const ticked = () => boxes.filter((box) => box.checked).length;
  const tell = () => {
    choosing.querySelector("[data-choosing-count]").textContent = ticked() ? ` (${ticked()})` : "";
    all.textContent = ticked() === boxes.length ? "Untick all" : "Tick all on this page";
  };
  all.hidden = false;
  all.addEventListener("click", () => {
    const tick = ticked() < boxes.length;
    for (const box of boxes) box.checked = tick;
    tell();
  });
  choosing.addEventListener("change", tell);
  tell();
}
