// Reads an entry aloud by the browser's own voice, where it has a Chinese one; without this script there is no button.
(() => {
  "use strict";
  const mouth = window.speechSynthesis;
  if (!mouth || !window.SpeechSynthesisUtterance) return;
  let reading;

  function lookForVoice() {
    const voices = mouth.getVoices().filter(one => /^(zh|cmn)/i.test(one.lang));
    document.body.classList.toggle("can-speak", voices.length > 0);
  }

  function stopReading() {
    if (reading) reading.textContent = "读出来";
    reading = undefined;
    mouth.cancel();
  }

  // Portion by portion, because some browsers fall silent in the middle of a long text.
  function readAloud(button) {
    stopReading();
    reading = button;
    button.textContent = "停";
    const portions = button.dataset.spoken.split("\n");
    portions.forEach((portion, number) => {
      const said = new SpeechSynthesisUtterance(portion);
      said.lang = "zh-CN";
      said.rate = 0.9;
      if (number === portions.length - 1) said.onend = () => { if (reading === button) stopReading(); };
      said.onerror = () => { if (reading === button) stopReading(); };
      mouth.speak(said);
    });
  }

  lookForVoice();
  mouth.addEventListener("voiceschanged", lookForVoice);
  document.addEventListener("click", event => {
    const button = event.target.closest(".aloud");
    if (button) { if (button === reading) stopReading(); else readAloud(button); }
  });
  window.addEventListener("pagehide", stopReading);
})();
