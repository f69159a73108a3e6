"use strict";
// Improves the form of an entry, which works without it: a button inside the form changes the form in place, a chosen
// question shows its answers at once, and what is unfolded stays so. What is typed is not lost by closing the page.

(() => {
  document.documentElement.classList.add("has-script");
  let changed = false;

  function unfolded(form) {
    return [...form.querySelectorAll("details[open]")].map((one) => one.dataset.keep || one.querySelector("summary").textContent);
  }

  function goTo(form, name) {
    const found = name && document.getElementById(name);
    if (!found) return;
    for (let around = found; around && around !== form; around = around.parentElement) {
      if (around.tagName === "DETAILS") around.open = true;
    }
    const field = found.matches("input, select, textarea, summary") ? found : found.querySelector("input:not([type=hidden]), select, textarea, button");
    (field || found).focus({ preventScroll: true });
    found.scrollIntoView({ block: "nearest" });
  }

  async function act(form, value) {
    const sent = new FormData(form);
    sent.set("_act", value);
    const open = new Set(unfolded(form));
    const response = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(sent), headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const made = page.getElementById("entry-form");
    if (!made) {
      form.requestSubmit();
      return;
    }
    for (const one of made.querySelectorAll("details")) {
      if (open.has(one.dataset.keep || one.querySelector("summary").textContent)) one.open = true;
    }
    form.replaceWith(made);
    changed = true;
    goTo(made, made.dataset.at);
  }

  document.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    // A field may be called id: the property of the form is then that field.
    if (event.target.getAttribute("id") !== "entry-form") return;
    if (pressed && pressed.name === "_act") {
      event.preventDefault();
      event.stopImmediatePropagation();
      act(event.target, pressed.value).catch(() => document.getElementById("offline").hidden = false);
      return;
    }
    changed = false;
  }, true);

  document.addEventListener("change", (event) => {
    if (event.target.closest("#entry-form")) changed = true;
    if (event.target.dataset.refresh) act(event.target.closest("form"), event.target.dataset.refresh).catch(() => {});
  });

  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });

  const form = document.getElementById("entry-form");
  if (form) goTo(form, form.dataset.at);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#faults a[href^='#']");
    if (link && form) {
      event.preventDefault();
      goTo(document.getElementById("entry-form"), decodeURIComponent(link.hash.slice(1)));
    }
  });
})();
