// Joined to the design system's script by build.mjs. Nothing here is needed: every page works without it.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
// The last words stand in an update's box to begin from: typing replaces them, an arrow key lets them be changed.
document.querySelector("[data-select=once]")?.select();
