// The slider of slider.py: a range input inside a label, which names it.

function render({ model, el }) {
  el.classList.add("named-slider");
  el.innerHTML = `
    <label><span class="name"></span> <input type="range"></label>
    <span class="value" aria-hidden="true"></span>`; // screen readers get it from the input
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
  guardKeyboard(el); // from keyboard.js
  model.on("change", show);
  show();
  return () => model.off("change", show);
}

export default { render };
