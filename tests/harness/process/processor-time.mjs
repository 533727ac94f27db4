import { readFileSync } from 'node:fs';

/** Times in `/proc/<pid>/stat` are counted in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Returns how many seconds of processor time a process has taken; 0 where the system does not tell. */
export function processorSeconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, which may hold spaces, ends at the last bracket.
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return (user + system) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}
