// Announces the text of live_region.py, through a line that only screen readers find.

const PAUSE = 700; // milliseconds without a change: not every step of a slider is announced
const HIDDEN = { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" };

function render({ model, el }) {
  el.classList.add("live-region");
  el.setAttribute("role", "status");
  Object.assign(el.style, HIDDEN);
  let timer;
  const announce = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (el.textContent = model.get("text")), PAUSE);
  };
  model.on("change:text", announce);
  return () => {
    clearTimeout(timer);
    model.off("change:text", announce);
  };
}

export default { render };
