// The page in another site's frame, as /?embed=1: tells the page around it how high its content is, and no more.

const LOWEST = 420; // room for the sheet of sources on a phone

function tell() {
  const parts = ["#ask > .top", "#welcome", "#turns", "#composer"].map((part) => document.querySelector(part));
  const heights = parts.map((part) => part.getBoundingClientRect().height);
  const around = getComputedStyle(parts.at(-1));
  const height = heights.reduce((sum, part) => sum + part) + parseFloat(around.marginTop) + parseFloat(around.marginBottom);
  // Any site may hear it: which of them may show this page at all is the server's to say.
  window.askFrame.postMessage({ type: "ask-debbie:height", height: Math.ceil(Math.max(height, LOWEST)) }, "*");
}

if (window.askFrame && document.documentElement.classList.contains("embed")) {
  const observer = new ResizeObserver(tell);
  for (const part of ["#ask > .top", "#welcome", "#turns", "#composer"]) {
    observer.observe(document.querySelector(part));
  }
}
