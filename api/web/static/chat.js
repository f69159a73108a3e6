// Makes the page's plain forms answer without a new page. Without this script everything works by reloading.
(() => {
  "use strict";
  const page = document.body, log = document.getElementById("log"), form = document.getElementById("write");
  if (!form || !window.fetch || !window.URLSearchParams || !window.AbortController) return;
  const [box, busy, offline, error, newer, phrases, region] =
    ["text", "busy", "offline", "error", "newer", "phrases", "region"].map(id => document.getElementById(id));
  const address = form.getAttribute("action");
  const TIMEOUT = 30000, SLOW = 10000, AT_ONCE = 50, MOST_TRIES = 5;
  const TRY_AGAIN = [408, 429, 500, 502, 503, 504];
  let cursor = Number(page.dataset.cursor), unsent = [], isSending = false, isLive = cursor > 0, failures = 0, timer, pressed, looking;

  // What a reload must not lose stays in this tab only, and goes with it.
  const kept = {
    read(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch (e) { return null; } },
    write(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch (e) { /* Not allowed here. */ } },
  };
  const keepUnsent = () => kept.write("unsent", unsent.map(({ fields, shown }) => ({ fields, shown })));

  function newId() {
    // crypto.randomUUID is missing where the page is served without https.
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
  }

  async function ask(url, options, patience = new AbortController()) {
    const alarm = setTimeout(() => patience.abort(), TIMEOUT);
    try {
      const response = await fetch(url, {
        credentials: "same-origin", headers: { accept: "application/json" }, signal: patience.signal, ...options,
      });
      return { status: response.status, told: await response.json() };
    } catch (e) {
      return { status: 0, told: {} };
    } finally {
      clearTimeout(alarm);
    }
  }

  // ---- showing

  function node(html) {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.querySelector("li");
  }

  function add(entry) {
    log.insertBefore(entry, entry.matches(".fleeting") ? null : log.querySelector(".fleeting"));
  }

  // Shows entries that are new and renews those that are there. Returns the new ones.
  function show(told) {
    const fresh = [];
    for (const { id, turn, html } of told.entries) {
      const entry = node(html), old = document.getElementById(entry.id);
      if (old) {
        const held = old.contains(document.activeElement);
        const value = document.activeElement.value;
        old.replaceWith(entry);
        if (held) (Array.from(entry.querySelectorAll("button")).find(one => one.value === value) || entry).focus({ preventScroll: true });
      } else {
        log.querySelectorAll(".fleeting").forEach(one => { if (turn && one.dataset.turn === turn) one.remove(); });
        add(entry);
        fresh.push(entry);
      }
      cursor = Math.max(cursor, id);
      // Everything was deleted: what stands above is only still here.
      if (!old && entry.matches(".clears")) while (log.firstElementChild !== entry) log.firstElementChild.remove();
    }
    page.dataset.owner = told.state.owner;
    page.dataset.asking = told.state.asking;
    page.dataset.waiting = told.state.waiting;
    showNotices(told);
    region.textContent = told.state.region || region.dataset.unknown;
    isLive = isLive || cursor > 0;
    if (fresh.length) phrases.classList.remove("unused");
    return fresh;
  }

  function showNotices({ state, notices }) {
    if (page.dataset.notice === state.notice) return;
    page.dataset.notice = state.notice;
    document.getElementById("notices").replaceChildren(...notices.map(text => {
      return Object.assign(document.createElement("p"), { className: "state urgent", textContent: text });
    }));
  }

  function showOwn(item) {
    item.entry = document.getElementById("own").content.firstElementChild.cloneNode(true);
    item.entry.querySelector(".said").textContent = item.shown;
    add(item.entry);
    item.entry.scrollIntoView();
  }

  function complain(sentence) {
    error.querySelector("span").textContent = sentence;
    error.hidden = false;
    error.scrollIntoView({ block: "center" });
  }

  const isAtEnd = () => window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 200;

  // ---- sending, one after the other, until each has its answer

  function say(fields, shown) {
    const item = { fields: { ...fields, message_id: newId() }, shown, tries: 0 };
    error.hidden = newer.hidden = true;
    unsent.push(item);
    keepUnsent();
    showOwn(item);
    send();
  }

  async function send() {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    if (looking) looking.abort();
    while (unsent.length) {
      const item = unsent[0];
      const silent = page.dataset.owner !== "bot";
      busy.hidden = silent;
      const body = new URLSearchParams({ ...item.fields, after: cursor });
      const { status, told } = await ask(address, { method: "POST", body });
      busy.hidden = true;
      if (status !== 200 && (status === 0 || TRY_AGAIN.includes(status))) {
        wait(item, status);
        break;
      }
      offline.hidden = true;
      unsent.shift();
      keepUnsent();
      if (status === 200) answer(item, told); else refuse(item, told);
    }
    isSending = false;
    plan();
  }

  function answer(item, told) {
    const own = item.entry;
    own.dataset.turn = told.turn;
    const held = own.contains(document.activeElement);
    const fresh = show(told);
    for (const html of told.promises) {
      const entry = node(html);
      entry.classList.add("fleeting");
      entry.dataset.turn = told.turn;
      add(entry);
      fresh.push(entry);
    }
    // A repeated message has its entries on the page already.
    if (log.querySelector(`[data-turn="${told.turn}"]:not(.fleeting)`)) own.remove();
    const mine = fresh.find(one => one.matches(".person"));
    (mine || fresh[0] || log.lastElementChild).scrollIntoView();
    const reply = fresh.find(one => !one.matches(".person"));
    // Whoever pressed a button that is gone, or uses the keyboard, goes on at the answer; whoever types goes on typing.
    if (reply && (held || document.activeElement === page || log.contains(document.activeElement))) {
      reply.focus({ preventScroll: true });
    }
  }

  function refuse(item, told) {
    item.entry.remove();
    if (item.fields.text && !box.value) box.value = item.fields.text;
    if (told.error) complain(told.error);
  }

  function wait(item, status) {
    item.tries += 1;
    offline.hidden = status !== 0;
    if (item.tries < MOST_TRIES) {
      timer = setTimeout(send, 1000 * 2 ** item.tries);
      return;
    }
    if (item.entry.querySelector(".unsent")) return;
    item.entry.append(document.getElementById("unsent").content.cloneNode(true));
    item.entry.querySelector("button").addEventListener("click", () => tryNow());
  }

  function tryNow() {
    log.querySelectorAll(".unsent").forEach(one => one.remove());
    unsent.forEach(item => { item.tries = 0; });
    clearTimeout(timer);
    if (unsent.length) send(); else look();
  }

  // ---- what came meanwhile: from a person, late, or written in another tab

  // The server answers as soon as there is something; only where nothing can come yet it is asked now and then.
  function plan() {
    if (unsent.length) return;
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(look, failures ? Math.min(1000 * 2 ** failures, SLOW) : isLive ? AT_ONCE : SLOW);
  }

  async function look() {
    if (isSending || unsent.length || looking) return;
    const mine = looking = new AbortController();
    const known = new URLSearchParams({ after: cursor, wait: 1, owner: page.dataset.owner, waiting: page.dataset.waiting, notice: page.dataset.notice });
    const { status, told } = await ask(`${address}?${known}`, {}, mine);
    looking = undefined;
    if (mine.signal.aborted && (isSending || document.hidden)) return;
    failures = status === 200 ? 0 : failures + 1;
    offline.hidden = failures < 2;
    if (status === 200 && !isSending) {
      isLive = told.live;
      const atEnd = isAtEnd(), fresh = show(told);
      if (fresh.length && atEnd) fresh[0].scrollIntoView();
      else if (fresh.length) {
        newer.firstElementChild.href = `#${fresh[0].id}`;
        newer.hidden = false;
      }
    }
    plan();
  }

  // ---- what the person does

  document.addEventListener("click", event => { pressed = event.target.closest("button"); });
  newer.addEventListener("click", () => { newer.hidden = true; });

  document.addEventListener("submit", event => {
    if (!event.target.matches("[data-say]")) return;
    event.preventDefault();
    const button = event.submitter || pressed;
    if (event.target === form) {
      const text = box.value.trim();
      if (!text) return box.focus();
      box.value = "";
      kept.write("draft", "");
      // On a telephone the keyboard would cover the answer.
      if (window.matchMedia("(pointer: coarse)").matches) box.blur();
      say({ text }, text);
    } else if (button && button.name) {
      say({ [button.name]: button.value }, button.dataset.label || button.value);
    }
  });

  box.addEventListener("input", () => kept.write("draft", box.value));
  box.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.querySelector("button").click();
  });

  window.addEventListener("offline", () => { offline.hidden = false; });
  window.addEventListener("online", () => { offline.hidden = true; tryNow(); });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return tryNow();
    clearTimeout(timer);
    if (looking) looking.abort();
  });
  window.addEventListener("pageshow", event => { if (event.persisted) tryNow(); });

  // ---- the beginning, or a reload

  if (!box.value) box.value = kept.read("draft") || "";
  unsent = (kept.read("unsent") || []).map(item => ({ ...item, tries: 0 }));
  unsent.forEach(showOwn);
  const latest = document.getElementById("latest");
  const refused = document.getElementById("refused");
  if (refused) refused.focus();
  else if (latest && !unsent.length) latest.parentElement.scrollIntoView();
  if (unsent.length) send(); else plan();
})();
