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
    button.textContent = isOn() ? "有危险时响铃：开" : "有危险时响铃：关";
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
  function count() {
    if (box) byId("count").textContent = `还能写 ${box.maxLength - box.value.length} 个字`;
  }
  for (const one of document.querySelectorAll("[data-draft]")) {
    const key = `tuiyi-draft-${one.dataset.draft}`;
    const text = one.elements.text;
    const talk = one.closest("section, main");
    const sent = [...talk.querySelectorAll(".said .by-counselor .words")].pop()?.textContent.trim();
    if (sent && sent === (read(sessionStorage, key) || "").trim()) keep(sessionStorage, key, "");
    text.value = text.value || read(sessionStorage, key) || "";
    text.addEventListener("input", () => {
      keep(sessionStorage, key, text.value);
      count();
    });
  }
  count();

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
    const keys = { "?": () => { byId("keys").open = !byId("keys").open; }, q: () => location.assign("/desk"), r: () => box?.focus() };
    keys.j = () => document.querySelector("#queue table button")?.focus();
    if (/^[1-6]$/.test(event.key)) keys[event.key] = () => byId(`mine${event.key}`)?.click();
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
})();
