import { TextlintKernel } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import terminology from 'textlint-rule-terminology';
import { proseRule } from './prose-rule.mjs';

/** Patterns of the rule on terminology that do not apply here, such as the name of the file README. */
const OUR_SPELLINGS = ['ID', "id['’]?s", 'indexes\\b', 'front[- ]end(\\w*)', 'readme(s)?'];

const OPTIONS = {
  ext: '.md',
  plugins: [{ pluginId: 'markdown', plugin: markdown.default ?? markdown }],
  rules: [
    { ruleId: 'prose', rule: proseRule },
    { ruleId: 'terminology', rule: terminology, options: { exclude: OUR_SPELLINGS } },
  ],
};

/** Reads a page of Markdown and returns one line of text for each thing to correct, in their order. */
export async function lintProse(filePath, text) {
  const { messages } = await new TextlintKernel().lintText(text, { ...OPTIONS, filePath });
  return messages.map(
    ({ loc, message }) => `${filePath}:${loc.start.line}:${loc.start.column} ${message}`,
  );
}
