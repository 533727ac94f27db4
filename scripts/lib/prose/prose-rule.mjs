import { splitAST, SentenceSplitterSyntax } from 'sentence-splitter';
import { MOST_WORDS, REFUSED_BEGINNINGS, REFUSED_WORDS } from './refused-words.mjs';

/** A rule of textlint that refuses words, beginnings of sentences, and sentences that are too long. */
export function proseRule(context) {
  const { Syntax, RuleError, report, locator } = context;

  const check = (node) => {
    const prose = proseOf(node, context);
    for (const [pattern, better] of REFUSED_WORDS) {
      for (const { 0: found, index } of prose.matchAll(new RegExp(pattern, `${pattern.flags}g`))) {
        const range = [index, index + found.length];
        const message = `"${found.trim().replace(/ +/g, ' ')}": ${better}.`;
        report(node, new RuleError(message, { padding: locator.range(range) }));
      }
    }
  };

  const checkSentences = (paragraph) => {
    const prose = proseOf(paragraph, context);
    for (const sentence of splitAST(paragraph).children) {
      if (sentence.type !== SentenceSplitterSyntax.Sentence) continue;
      const range = sentence.range.map((index) => index - paragraph.range[0]);
      const text = prose.slice(...range).trim();
      const refuse = (message) =>
        report(paragraph, new RuleError(message, { padding: locator.range(range) }));
      for (const [pattern, better] of REFUSED_BEGINNINGS) {
        if (pattern.test(text)) refuse(`"${text.split(' ')[0]} …": ${better}.`);
      }
      const words = context
        .getSource(paragraph)
        .slice(...range)
        .trim()
        .split(/\s+/).length;
      if (words > MOST_WORDS) refuse(`${words} words in one sentence: at most ${MOST_WORDS}.`);
    }
  };

  return {
    [Syntax.Header]: check,
    [Syntax.TableCell]: check,
    [Syntax.Paragraph](paragraph) {
      check(paragraph);
      checkSentences(paragraph);
    },
  };
}

/** A node's source with blanks in place of everything that is no prose, so that positions stay. */
function proseOf(node, { Syntax, getSource }) {
  const source = getSource(node);
  const prose = new Array(source.length).fill(' ');
  const copy = (part) => {
    if (part.type === Syntax.Str) {
      const [from, to] = part.range.map((index) => index - node.range[0]);
      for (let index = from; index < to; index += 1) {
        prose[index] = /\s/.test(source[index]) ? ' ' : source[index];
      }
    }
    // A piece of code is a word without letters: its neighbours are no neighbours.
    if (part.type === Syntax.Code) prose[part.range[0] - node.range[0]] = '`';
    part.children?.forEach(copy);
  };
  copy(node);
  return prose.join('');
}
