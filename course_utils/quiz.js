// What jupyterquiz leaves to the page: keys, and names for screen readers. quiz.py puts it behind
// keyboard.js and calls `prepareQuiz`.

const MOVES = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

// Wait until the questions of a quiz are on the page, for a minute at most, then prepare them.
function prepareQuiz(id, tries = 300) {
  const quiz = document.getElementById(id);
  const questions = quiz?.querySelectorAll(".Quiz") ?? [];
  if (!questions.length) {
    if (tries > 0) setTimeout(prepareQuiz, 200, id, tries - 1);
    return;
  }
  for (const question of questions) {
    const answers = question.querySelector(".Answer");
    answers.setAttribute("role", "radiogroup");
    answers.setAttribute("aria-labelledby", question.querySelector("[id^=quizQn]").id);
    question.querySelector(".Feedback").setAttribute("role", "status");
  }
  quiz.addEventListener("keydown", moveOrAnswer);
  guardKeyboard(quiz); // from keyboard.js
}

// Arrow keys of a radio button would answer with each option they pass: here they only move. Enter
// answers as Space does.
function moveOrAnswer(event) {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (target.type !== "radio" || ctrlKey || metaKey || altKey || shiftKey) return;
  const options = [...target.closest(".Answer").querySelectorAll("input")];
  if (key in MOVES) options.at((options.indexOf(target) + MOVES[key]) % options.length).focus();
  else if (key === "Enter") target.click();
  else return;
  event.preventDefault();
}
