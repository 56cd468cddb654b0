// Joined to the design system's script by build.mjs. Nothing here is needed: every page works without it.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
// The last words stand in an update's box to begin from: typing replaces them, an arrow key lets them be changed.
document.querySelector("[data-select=once]")?.select();
// A plan that is being loaded says how far it has come; the answer to the form ends the wait.
for (const form of document.querySelectorAll("form[data-progress]")) {
  form.addEventListener("submit", () => {
    const shown = form.querySelector(".progress");
    shown.hidden = false;
    setInterval(async () => {
      const answer = await fetch(form.dataset.progress).catch(() => null);
      if (!answer?.ok) return;
      const { rows } = await answer.json();
      const bar = shown.querySelector("progress");
      if (rows === bar.value) return; // a screen reader says it again only where it has changed
      bar.value = rows;
      shown.querySelector("[data-done]").textContent = rows.toLocaleString("en-GB");
    }, 500);
  });
}
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
