// Search shows lessons before the glossary, and that before the guide for teachers and the API.
globalThis.Scorer = {
  score: ([page, , , , score]) => {
    if (page.startsWith("lessons/")) return score + 200;
    return page === "glossary" ? score + 100 : score;
  },
  // As Sphinx has them.
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
