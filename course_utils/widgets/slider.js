// The slider of slider.py: a range input in a label, which names it.

function render({ model, el }) {
  el.classList.add("named-slider");
  el.innerHTML = `
    <label><span class="name"></span> <input type="range"></label>
    <span class="value" aria-hidden="true"></span>`; // the input says its value itself
  const [name, input, value] = ["span", "input", ".value"].map((part) => el.querySelector(part));
  const digits = (String(model.get("step")).split(".")[1] ?? "").length;

  const show = () => {
    name.textContent = model.get("description");
    for (const part of ["min", "max", "step"]) input[part] = model.get(part);
    input.value = model.get("value");
    value.textContent = model.get("value").toFixed(digits);
    input.setAttribute("aria-valuetext", value.textContent);
  };
  input.addEventListener("input", () => {
    model.set("value", Number(input.value));
    model.save_changes();
  });
  // In a notebook plain keys are commands: `d` `d` would delete the cell. Those with Ctrl or Alt,
  // and Shift+Enter, which runs the cell, still reach the notebook.
  input.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command && !(event.shiftKey && event.key === "Enter")) event.stopPropagation();
  });
  model.on("change", show);
  show();
  return () => model.off("change", show);
}

export default { render };
