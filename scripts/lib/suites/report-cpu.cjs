'use strict';

/**
 * Loaded into each test file before everything else. At its end it prints how many seconds of
 * processor time the file and its finished children took, where the system tells.
 */
const { readFileSync } = require('node:fs');

/** Times in `/proc/<pid>/stat` are counted in hundredths of a second. */
const TICKS_PER_SECOND = 100;

process.on('exit', () => {
  let stat;
  try {
    stat = readFileSync('/proc/self/stat', 'utf8');
  } catch {
    return;
  }
  // The name of the program, which may hold spaces, ends at the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  console.log(`ℹ cpu_seconds ${ticks / TICKS_PER_SECOND}`);
});
