const running = new Set();

process.on('exit', () => {
  for (const child of running) {
    child.kill('SIGTERM');
    child.kill('SIGCONT');
  }
});

/** Kills a child process, even a stopped one, when this process exits. Returns the child. */
export function killOnExit(child) {
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}
