// Sphinx leaves numbers out of a search, and this is a site of numbers; conf.py puts them into the index.
const THOUSANDS = /(?<=\d),(?=\d{3})/g;
const parse = Search._parseQuery;
let asked = [];
Search._parseQuery = (query) => {
  const plain = query.replace(THOUSANDS, "");
  const parsed = parse(plain);
  const [, words, , marked] = parsed;
  for (const number of splitQuery(plain).filter((word) => /^\d+$/.test(word))) {
    words.add(number);
    marked.add(number);
  }
  asked = [...words];
  return parsed;
};

// The index has 2914 where a page has 2,914.
const summarise = Search.makeSearchSummary;
Search.makeSearchSummary = (text, words, anchor) => {
  const written = [...words].map((word) => (/^\d{4,}$/.test(word) ? Number(word).toLocaleString("en") : word));
  return summarise(text, [...words, ...written], anchor);
};

// A word in the title of a page counts more than one in a heading, and that more than one in the text;
// how well a name of the API matches is left to Sphinx.
const stemmer = new Stemmer();
Scorer.title = 8;
Scorer.score = ([page, title, , , score, , kind]) => {
  if (kind === "object") return score;
  // The title of a section follows that of its page.
  const words = new Set(splitQuery(title.split(" > ")[0].toLowerCase()).map((word) => stemmer.stemWord(word)));
  return score + 10 * asked.filter((word) => words.has(word)).length + favour(page);
};

// Of pages that match equally well, tables of figures come first for a number, and last of the answers for a word.
const favour = (page) => {
  if (/^answers\/(figures|years)\//.test(page)) return asked.some((word) => /^\d+$/.test(word)) ? 6 : 3;
  if (page.startsWith("answers/")) return 5;
  return /^(explanation|how-to)\//.test(page) ? 4 : 0;
};

// Sphinx has an empty British translation of this sentence, and fails when it shows it.
delete Documentation.TRANSLATIONS["Search finished, found one page matching the search query."];
