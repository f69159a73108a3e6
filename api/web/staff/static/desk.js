"use strict";
// The desk: a tone when somebody may be in danger, drafts that survive a reload, keys, a hint when words cross, and a
// sign of life.

(() => {
  const SOUND = "tuiyi-desk-sound";
  const byId = (id) => document.getElementById(id);
  const read = (store, key) => { try { return store.getItem(key); } catch { return null; } };
  const keep = (store, key, value) => { try { value ? store.setItem(key, value) : store.removeItem(key); } catch { /* full or forbidden */ } };

  // Sound. Browsers let a page sound only after somebody pressed something on it.
  let audio = null;
  const button = byId("sound");
  const isOn = () => read(localStorage, SOUND) === "on";
  function ring() {
    if (!audio) return;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.2;
    tone.frequency.value = 880;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.6);
    document.body.dataset.rang = String(Number(document.body.dataset.rang || 0) + 1);
  }
  function showSound() {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isOn()));
    button.textContent = isOn() ? "有危险、超时响铃：开" : "有危险、超时响铃：关";
  }
  if (button) {
    showSound();
    button.addEventListener("click", () => {
      keep(localStorage, SOUND, isOn() ? "" : "on");
      audio = audio || new AudioContext();
      if (isOn()) ring();
      showSound();
    });
    document.addEventListener("pointerdown", () => { if (isOn()) audio = audio || new AudioContext(); }, { once: true });
    document.addEventListener("keydown", () => { if (isOn()) audio = audio || new AudioContext(); }, { once: true });
  }
  const alarms = () => (byId("alarms")?.dataset.alarms || "").split(" ").filter(Boolean);
  let known = new Set(alarms());
  document.addEventListener("staff:shown", () => {
    const now = alarms();
    if (isOn() && now.some((one) => !known.has(one))) ring();
    known = new Set(now);
    crossed();
    toEnd();
  });

  // A page that is also wanted on paper.
  const printer = byId("print");
  if (printer) {
    printer.hidden = false;
    printer.addEventListener("click", () => print());
  }

  // Talks are read from their end.
  function toEnd() {
    for (const said of document.querySelectorAll(".said")) said.scrollTop = said.scrollHeight;
  }
  toEnd();
  // Reply boxes: a draft of each chat, kept in this tab alone until it is among what was said, and a hint when something
  // was said meanwhile.
  const form = byId("reply");
  const box = form && form.elements.text;
  function crossed() {
    const newest = document.querySelector("[data-said]")?.dataset.said;
    if (form && box.value.trim() && newest !== form.dataset.newest) byId("collision").hidden = false;
  }
  // What the channel of the chat takes, counted while he types.
  const parts = (text, one, more) => {
    if (text.length <= one) return 1;
    let number = 1, used = 0;
    for (const sign of text) {
      if (used + sign.length > more) { number += 1; used = 0; }
      used += sign.length;
    }
    return number;
  };
  const bytes = (text) => new TextEncoder().encode(text).length;
  function sizes(text, { counted, one, more }) {
    if (counted === "parts") {
      const number = parts(text, Number(one), Number(more));
      return { is_over: number > 2, said: `短信 ${number} 段（1 段 ${one} 字，2 段 ${2 * more} 字），已写 ${text.length} 字` };
    }
    if (counted === "bytes") return { number: Math.max(1, Math.ceil(bytes(text) / one)), said: "" };
    if (counted === "units") return { is_over: text.length > one, said: `Telegram 一条 ${one} 字，已写 ${text.length} 字` };
    return { said: "" };
  }
  function count(form) {
    const told = form.querySelector(".count"), text = form.elements.text;
    const limits = form.closest("section, main").querySelector("[data-counted]")?.dataset || {};
    const { number, is_over, said } = sizes(text.value.trim(), limits);
    const words = said ? [said] : [];
    let over = Boolean(is_over);
    if (number) {
      over = number > Number(limits.left);
      words.push(Number(limits.left) ? `微信还能发 ${limits.left} 条（${limits.hours} 小时内），这段要 ${number} 条` : "微信现在发不出去，群众再说话以后才会送到");
    }
    words.push(`还能写 ${text.maxLength - text.value.length} 个字`);
    told.textContent = words.join("；");
    told.classList.toggle("over", over);
  }
  const drafted = () => document.querySelectorAll("[data-draft]");
  document.addEventListener("staff:shown", () => drafted().forEach(count));
  for (const one of drafted()) {
    const key = `tuiyi-draft-${one.dataset.draft}`;
    const text = one.elements.text;
    const talk = one.closest("section, main");
    const sent = [...talk.querySelectorAll(".said .by-counselor .words")].pop()?.textContent.trim();
    if (sent && sent === (read(sessionStorage, key) || "").trim()) keep(sessionStorage, key, "");
    text.value = text.value || read(sessionStorage, key) || "";
    text.addEventListener("input", () => {
      keep(sessionStorage, key, text.value);
      count(one);
      offerCanned(text);
    });
    text.addEventListener("keydown", choose);
    text.addEventListener("blur", () => setTimeout(closeCanned, 200));
    count(one);
  }
  // On a low screen the page goes to the end of the talk, so that the newest words stand right above the box.
  function toNewest() {
    const talk = document.querySelector(".said").parentElement.getBoundingClientRect();
    const hidden = talk.bottom - form.getBoundingClientRect().top;
    if (hidden > 0) scrollBy(0, hidden + 8);
  }
  if (form) toNewest();
  function put(text, words, from = text.selectionStart, to = text.selectionEnd) {
    text.setRangeText(words, from, to, "end");
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Canned replies: a slash where a sentence begins and the beginning of a shortcut opens a list, arrows choose, Enter or
  // Tab puts it in. A slash inside a sentence (户口本/身份证, 和 /或) is what he writes to the person.
  const SHORTCUT = /(?:^|[\n。！？])[ \t\u3000]*\/([a-z0-9\u4e00-\u9fff]{0,12})$/i;
  let list = null, owner = null, asked = 0;
  const options = () => (list ? [...list.querySelectorAll("[role=option]")] : []);
  const chosen = () => options().findIndex((one) => one.getAttribute("aria-selected") === "true");
  function closeCanned() {
    asked += 1;
    owner?.removeAttribute("aria-activedescendant");
    owner?.removeAttribute("aria-controls");
    list?.remove();
    list = owner = null;
  }
  function choice(number) {
    options().forEach((one, at) => one.setAttribute("aria-selected", String(at === number)));
    owner?.setAttribute("aria-activedescendant", options()[number]?.id || "");
    options()[number]?.scrollIntoView({ block: "nearest" });
  }
  async function offerCanned(text) {
    const typed = SHORTCUT.exec(text.value.slice(0, text.selectionStart));
    closeCanned();
    if (!typed) return;
    const mine = asked;
    let answer;
    try {
      answer = await fetch(`/desk/replies/matching?beginning=${encodeURIComponent(typed[1])}`, { headers: { accept: "text/html" } });
    } catch { return; }
    if (!answer.ok || mine !== asked || document.activeElement !== text) return;
    const holder = document.createElement("div");
    holder.innerHTML = await answer.text();
    if (mine !== asked || !holder.querySelector("[role=option]")) return;
    list = holder.firstElementChild;
    owner = text;
    text.after(list);
    text.setAttribute("aria-controls", list.id);
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const at = options().indexOf(event.target.closest("[role=option]"));
      if (at >= 0) { choice(at); takeCanned(); }
    });
    choice(0);
  }
  function takeCanned() {
    const text = owner, words = options()[chosen()]?.dataset.text;
    const typed = SHORTCUT.exec(text.value.slice(0, text.selectionStart));
    closeCanned();
    if (words && typed) put(text, words, text.selectionStart - typed[1].length - 1, text.selectionStart);
  }
  function choose(event) {
    if (!list || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = options().length - 1, at = chosen();
    const moves = { ArrowDown: () => choice(at < last ? at + 1 : 0), ArrowUp: () => choice(at > 0 ? at - 1 : last), Enter: takeCanned, Tab: takeCanned, Escape: closeCanned };
    if (!moves[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    moves[event.key]();
  }

  // The bot's draft: shown beside the box, and put into it only when somebody wants that.
  const askDraft = byId("ask-draft");
  function showDraft() {
    const use = byId("use-draft");
    if (use) use.hidden = false;
    use?.addEventListener("click", () => {
      const words = byId("draft-text").textContent.trim();
      byId("draft").replaceChildren();
      put(box, box.value.trim() ? `\n${words}` : words, box.value.length, box.value.length);
    });
  }
  showDraft();
  askDraft?.addEventListener("click", async (event) => {
    event.preventDefault();
    askDraft.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(askDraft.dataset.source, { headers: { accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      byId("draft").innerHTML = await answer.text();
      showDraft();
      toNewest();
      (byId("use-draft") || byId("draft")).focus({ preventScroll: true });
    } catch {
      location.assign(askDraft.href);
    }
    askDraft.removeAttribute("aria-busy");
  });

  // Who reads, scrolls or writes is there, though he sends nothing for a while.
  const BEAT_MS = 60000;
  let beatAt = 0;
  function beat() {
    if (Date.now() - beatAt < BEAT_MS) return;
    beatAt = Date.now();
    fetch("/desk/mine", { headers: { accept: "text/html" } }).catch(() => { beatAt = 0; });
  }
  for (const name of ["pointermove", "pointerdown", "keydown", "wheel", "touchmove"]) {
    document.addEventListener(name, beat, { passive: true });
  }

  // Keys. Those without Ctrl work outside of fields.
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select");
    if (event.isComposing || event.metaKey || event.altKey) return;
    if (event.ctrlKey) {
      if (event.key === "Enter") field?.closest("[data-draft]")?.requestSubmit();
      return;
    }
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    const keys = { "?": () => { const keys = byId("keys"); if (keys) keys.open = !keys.open; }, q: () => location.assign("/desk"), r: () => box?.focus(), d: () => askDraft?.click() };
    keys.j = () => document.querySelector("#queue table button")?.focus();
    if (/^[1-6]$/.test(event.key)) keys[event.key] = () => byId(`mine${event.key}`)?.click();
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
})();
