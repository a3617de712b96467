// The bars of live_prediction.py. They are changed in place: a new table for each image would be
// slower, and a screen reader would lose its place in it.

const PAUSE = 600; // milliseconds without a change before the answers are announced
const MARKUP = `
  <table>
    <caption></caption>
    <tbody>${[...Array(10).keys()].map((digit) => `
      <tr><th scope="row">${digit}</th><td><span class="bar"></span> <span class="share"></span></td></tr>`).join("")}
    </tbody>
  </table>
  <p class="error"></p>`;

function render({ model, el }) {
  el.classList.add("digit-predictions");
  const panels = document.createElement("div");
  panels.className = "panels";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  el.append(panels, status);
  let timer = null;

  const show = () => {
    const answers = model.get("answers");
    while (panels.children.length < answers.length) {
      const panel = document.createElement("div");
      panel.innerHTML = MARKUP;
      panels.append(panel);
    }
    answers.forEach((answer, i) => showAnswer(panels.children[i], answer));
    clearTimeout(timer);
    timer = setTimeout(() => (status.textContent = answers.map(inWords).join(" ")), PAUSE);
  };
  model.on("change:answers", show);
  show();
  return () => {
    clearTimeout(timer);
    model.off("change:answers", show);
  };
}

function showAnswer(panel, { name, probabilities = [], error = "" }) {
  const top = topDigit(probabilities);
  panel.querySelector("caption").textContent = top < 0 ? name : `${name}: ${top}`;
  panel.querySelector(".error").textContent = error;
  panel.classList.toggle("failed", error !== "");
  panel.querySelectorAll("tr").forEach((row, digit) => {
    const probability = probabilities[digit];
    row.classList.toggle("top", digit === top);
    row.querySelector(".bar").style.width = `${52 * (probability ?? 0)}%`; // leaves room for the number
    row.querySelector(".share").textContent = probability === undefined ? "–" : percent(probability);
  });
}

function inWords({ name, probabilities = [], error }) {
  const top = topDigit(probabilities);
  if (error) return `${name} fails: ${error}`;
  return top < 0 ? `${name}: nothing drawn yet.` : `${name} says ${top}, ${percent(probabilities[top])}.`;
}

const topDigit = (probabilities) => probabilities.indexOf(Math.max(...probabilities));
const percent = (probability) => `${Math.round(100 * probability)} %`;

export default { render };
