/**
 * Words and turns of phrase that the pages do not use, each with what to write instead.
 *
 * Line breaks and the marks of emphasis count as blanks; code is not looked at.
 */
export const REFUSED_WORDS = [
  // One word for one thing.
  [/\b(?:dead|closed|killed) sessions?\b/i, 'terminated session'],
  [/\bsessions? +(?:\w+ +){0,2}(?:ended|ends|end)\b/i, 'a session is terminated'],
  [/\bsessions? +(?:is|are|was|were) +over\b/i, 'a session is terminated'],
  [
    /\b(?:end|ends|ended|ending) +(?:(?:a|an|all|any|every|its|one|some|the|their|these|this|those|your)(?: +of)? +)*(?:\w+[’']s? +)?sessions?\b/i,
    'terminate a session',
  ],
  [/\bsessions? +(?:that +|which +)?(?:go|goes|went) +on\b/i, 'active session, or stays active'],

  // Plain English.
  [/\banew\b/i, 'again'],
  [/\bfor +ever\b/i, 'forever'],
  [/\bwho(?:so)?ever\b/i, 'name the person: anyone who, the user, the client'],
  [/\b(?:the +)?present +(?:key|sessions?|settings?|token|value)s?\b/i, 'current'],
  [/\bgives? +(?:\w+ +){0,4}of\b/i, 'returns, or shows'],
  [/(?:^|[.:;,] +)else\b/i, 'otherwise'],
  [/\bhence\b|\bthus\b|\bwhence\b|\bthereof\b|\bwhereby\b/i, 'therefore, or a new sentence'],
  [/\bin +force\b/i, 'current'],
  [/\bspoken +to\b/i, 'uses'],
  [/\bnot +any +more\b|\bany +more\b/i, 'no longer'],
  [/\b(?:e\.g|i\.e)\./i, 'for example, or that is'],
  [/\b(?:simply|obviously|of course|easily|just)\b/i, 'leave it out'],
  [
    /\b(?:lives? +on|lived +on|newborn|notebook|waiting +room|giv(?:e|es|ing) +way)\b/i,
    'the term of the field',
  ],
  [/\b([a-z]+) +\1\b/i, 'the word once'],
];

/** Beginnings of a sentence that put a clause in the place of its subject. */
export const REFUSED_BEGINNINGS = [
  [/^(?:What|Whatever|Which)\b(?!.*\?$)/, 'name the subject'],
  [/^(?:As|Since)\b.*, /, 'put the reason last, with "because"'],
  [/^So\b/, 'Therefore, or join the sentences'],
];

/** More words than this are hard to take in at once. */
export const MOST_WORDS = 35;
