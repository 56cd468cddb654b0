// Joined to the design system's script by build.mjs. Nothing here is needed: every page works without it.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
