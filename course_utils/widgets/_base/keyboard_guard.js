// Keeps the keys of the box that it is put into: see keys.py.

function render({ el }) {
  el.classList.add("keys-stay");
  el.style.display = "none";
  // At its first key, because the box gets its children only after this. The key is still on its
  // way down, and the menu or button gets it before the box does.
  const begin = (event) => {
    const box = el.closest(".widget-vbox");
    if (!box?.contains(event.target)) return;
    document.removeEventListener("keydown", begin, true);
    keepKeys(box); // of keys.js
  };
  document.addEventListener("keydown", begin, true);
  return () => document.removeEventListener("keydown", begin, true);
}

export default { render };
