// Passkeys: the browser is asked to make one or to show one, and what it says is sent with the form.
// The button is there only where this runs; codes do all that passkeys do.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("button");
  const words = form.querySelector("[data-passkey-words]");
  if (!window.PublicKeyCredential) {
    words.textContent = "This browser cannot use passkeys.";
    continue;
  }
  words.hidden = true;
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const options = JSON.parse(form.dataset.options);
      const shown = await window.webauthnJSON[form.dataset.passkey](options);
      form.elements.credential.value = JSON.stringify(shown);
      form.submit();
    } catch {
      words.hidden = false;
      words.setAttribute("role", "alert");
      words.textContent = "No passkey was used. Try again, or use a code.";
    }
  });
}
