// The button prints; without this file the page says how to print with the browser.
"use strict";
const button = document.getElementById("print");
button.hidden = false;
document.getElementById("how-to-print").hidden = true;
button.addEventListener("click", () => window.print());
