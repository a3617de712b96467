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
