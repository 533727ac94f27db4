const WORTH_READING = /\b(?:warn|error)\b/i;

const logs = [];

/** Has what a server warned of printed at the end of a test file that failed. */
export function printIfTestsFail(log) {
  if (logs.length === 0) process.on('exit', printAll);
  logs.push(log);
}

function printAll(code) {
  if (code === 0) return;
  const lines = logs.flatMap((log) =>
    log()
      .split('\n')
      .filter((line) => WORTH_READING.test(line)),
  );
  console.log(['What the servers of this file warned of:', ...lines].join('\n'));
}
