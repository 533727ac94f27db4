import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { listFiles } from '../harness/cache/hash.mjs';
import { PLUGIN } from '../harness/paths.mjs';

const SOURCES = path.join(PLUGIN, 'admin', 'src');
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt'];

const readTexts = (language) =>
  JSON.parse(readFileSync(path.join(SOURCES, 'translations', `${language}.json`), 'utf8'));
const english = readTexts('en');

/** The values that a text takes: names directly after an opening brace. */
const valuesIn = (text) =>
  [...new Set([...text.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => name))].sort();

/** The forms that a text with a plural has, such as `one` and `other`. */
const formsIn = (text) => [...text.matchAll(/(\w+) \{[^{}]*#/g)].map(([, form]) => form);

describe('The texts of the admin page', () => {
  for (const language of LANGUAGES.slice(1)) {
    const texts = readTexts(language);

    it(`are complete in ${language}, with no text too many`, () => {
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort());
    });

    it(`take the same values in ${language} as in English`, () => {
      for (const [key, text] of Object.entries(texts)) {
        assert.deepEqual(valuesIn(text), valuesIn(english[key]), key);
        assert.notEqual(text.trim(), '', key);
      }
    });

    it(`have every plural form that ${language} needs`, () => {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [key, text] of Object.entries(texts)) {
        const forms = formsIn(text);
        if (forms.length === 0) continue;
        for (const form of needed) assert.ok(forms.includes(form), `${key} lacks "${form}"`);
      }
    });
  }

  it('are all used', () => {
    const code = listFiles(SOURCES)
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(path.join(SOURCES, file), 'utf8'))
      .join('\n');
    const isUsed = (text) => code.includes(`'${text}'`) || code.includes(`"${text}"`);
    // The keys of an option are made of its name.
    const option = (key) => /^option\.([\w.]+)\.(name|description)$/.exec(key)?.[1];
    const unused = Object.keys(english).filter((key) => !isUsed(option(key) ?? key));
    assert.deepEqual(unused, []);
  });
});
