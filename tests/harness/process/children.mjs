const running = new Set();

process.on('exit', () => {
  for (const child of running) {
    child.kill('SIGTERM');
    child.kill('SIGCONT');
  }
});

/** Sees to it that a child process, held or not, does not outlive this one, and returns it. */
export function killOnExit(child) {
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}
