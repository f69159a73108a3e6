"use strict";
// Improves pages that work without it: live parts, one post for one click, and a question before what cannot be undone.
//
// A part that keeps itself current:  <div data-live="queue conversation" data-source="/desk/queue/part">…</div>
//   It is fetched again when one of these events comes. `conversation/<id>` hears of that conversation alone.
// The stream is opened on pages with <body data-events="/desk/events">. Each event also goes to the document as
//   `staff:<name>` with its subject in `detail`, for scripts of single pages.
// A form that asks first:  <form data-confirm="…">

(() => {
  const WAIT_MS = 60;
  // A part that hears of everybody is fetched neither sooner again nor by all pages at once: a busy desk would do nothing else.
  const APART_MS = { queue: 300, conversation: 1500 };
  const SPREAD_MS = 200;
  const show = (id, shown) => {
    const element = document.getElementById(id);
    if (element && element.hidden === shown) element.hidden = !shown;
  };

  async function refresh(part) {
    if (part.busy) {
      part.again = true;
      return;
    }
    part.busy = true;
    try {
      const response = await fetch(part.dataset.source, { headers: { "x-unattended": "1", accept: "text/html" } });
      if (response.status === 401) show("signed-out", true);
      if (response.ok) put(part, await response.text());
    } catch {
      show("offline", true);
    }
    part.busy = false;
    if (part.again) {
      part.again = false;
      refresh(part);
    }
  }

  // Nothing that somebody is filling in is taken out of his hands; the next event shows what is new.
  const isBeingFilled = (part) => [...part.querySelectorAll("input:not([type=hidden]), select, textarea")].some((field) =>
    field === document.activeElement || (field.tagName === "SELECT" ? field.selectedIndex > 0 : field.value !== field.defaultValue));

  function put(part, html) {
    if (part.shown === html || isBeingFilled(part)) return;
    part.shown = html;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    const scrolled = part.scrollTop;
    part.innerHTML = html;
    part.scrollTop = scrolled;
    if (focused) document.getElementById(focused)?.focus();
    part.dispatchEvent(new CustomEvent("staff:shown", { bubbles: true }));
  }

  const waiting = new Map();
  let leaves = false; // Signing out: what is fetched from here on would only be refused.
  function refreshSoon(part, apart) {
    if (leaves) return;
    const now = performance.now();
    const due = Math.max(now + WAIT_MS + (apart ? Math.random() * SPREAD_MS : 0), (part.fetchedAt || 0) + apart);
    const planned = waiting.get(part);
    if (planned && planned.due <= due) return;
    clearTimeout(planned?.timer);
    const timer = setTimeout(() => {
      waiting.delete(part);
      part.fetchedAt = performance.now();
      refresh(part);
    }, due - now);
    waiting.set(part, { due, timer });
  }

  function hear(name, subject) {
    for (const part of document.querySelectorAll("[data-live]")) {
      const wanted = part.dataset.live.split(" ");
      if (name === "reread" || wanted.includes(`${name}/${subject}`)) refreshSoon(part, 0);
      else if (wanted.includes(name)) refreshSoon(part, APART_MS[name] || 0);
    }
    document.dispatchEvent(new CustomEvent(`staff:${name}`, { detail: subject }));
  }

  function listen(address) {
    const stream = new EventSource(address);
    document.addEventListener("staff:leaves", () => stream.close());
    const names = new Set(["reread", "queue", "conversation"]);
    for (const name of (document.body.dataset.names || "").split(" ")) if (name) names.add(name);
    for (const name of names) stream.addEventListener(name, (event) => hear(name, event.data));
    stream.addEventListener("signed-out", () => {
      stream.close();
      show("signed-out", true);
    });
    stream.addEventListener("open", () => show("offline", false));
    stream.addEventListener("error", () => {
      // A browser gives up when the answer is no stream: signed out, or the system is not up yet.
      show("offline", true);
      if (!leaves && stream.readyState === EventSource.CLOSED) setTimeout(() => listen(address), 3000);
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || (form.dataset.confirm && !window.confirm(form.dataset.confirm))) {
      event.preventDefault();
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.action.endsWith("/staff/sign-out")) {
      leaves = true;
      for (const { timer } of waiting.values()) clearTimeout(timer);
      document.dispatchEvent(new CustomEvent("staff:leaves"));
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 3000);
  });

  document.getElementById("faults")?.focus();
  if (document.body.dataset.events) listen(document.body.dataset.events);
})();
