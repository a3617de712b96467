// Where a page was opened from a file, it says what to do to run a lesson.
if (location.protocol === "file:") {
  for (const note of document.querySelectorAll(".from-file")) note.hidden = false;
}

// What is wider than the page scrolls inside itself, and can then be reached by keys.
const WIDE = ".cell_output .output, .cell_output > div, pre, .pst-scrollable-table-container, .formula, .long";

function reachable() {
  for (const part of document.querySelectorAll(WIDE)) {
    const isWide = part.scrollWidth > part.clientWidth + 1;
    if (isWide && getComputedStyle(part).overflowX !== "visible") part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
}

addEventListener("load", reachable);
addEventListener("resize", reachable);
for (const part of document.querySelectorAll("details")) part.addEventListener("toggle", reachable);

// The contents mark the section that you read: the last one whose heading is in the upper third of
// the window or above it; at the end of the page the last one.
const entries = [...document.querySelectorAll("#contents a[href^='#']")].map((link) => ({
  link,
  section: document.getElementById(decodeURIComponent(link.hash.slice(1))),
}));

function markSection() {
  const isAbove = ({ section }) => section?.getBoundingClientRect().top < innerHeight / 3;
  const isAtEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2 && scrollY > 0;
  const here = isAtEnd ? entries.at(-1) : entries.findLast(isAbove);
  for (const { link } of entries) {
    const isHere = link === here?.link;
    link.classList.toggle("active", isHere);
    if (isHere) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const item of document.querySelectorAll("#contents .toc-entry")) {
    item.classList.toggle("active", item.contains(here?.link ?? null));
  }
}

if (entries.length) {
  let isWaiting = false;
  const soon = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      markSection();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  addEventListener("load", soon);
}

// On paper a page is light.
const { dataset } = document.documentElement;
let onScreen = dataset.theme;
addEventListener("beforeprint", () => {
  onScreen = dataset.theme;
  dataset.theme = "light";
});
addEventListener("afterprint", () => {
  dataset.theme = onScreen;
});
