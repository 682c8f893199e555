/**
 * What the pages of passkeys do in a browser: asks its authenticator, fills the form's fields with the answer and sends it. Without the
 * browser's own reading and writing of JSON (Web Authentication Level 3) the form stays hidden and the page says what else there is.
 */
export const SCRIPT = `
"use strict";
{
  const form = document.getElementById("ceremony");
  const isNew = form.dataset.ceremony === "create";
  const type = globalThis.PublicKeyCredential;
  const read = isNew ? type?.parseCreationOptionsFromJSON : type?.parseRequestOptionsFromJSON;
  if (read && type.prototype.toJSON) {
    document.getElementById("without").hidden = true;
    form.hidden = false;
  }
  const said = (problem) => {
    for (const line of form.querySelectorAll("[data-problem]")) line.hidden = line.dataset.problem !== problem;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said("");
    try {
      const publicKey = read.call(type, JSON.parse(form.dataset.options));
      const credential = await (isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      const { id, response } = credential.toJSON();
      for (const field of form.querySelectorAll("[data-answer]")) field.value = { ...response, credentialId: id }[field.name] ?? "";
      form.submit();
    } catch (error) {
      said(isNew && error.name === "InvalidStateError" ? "known" : "stopped");
    }
  });
}
`.trim();
