import net from 'node:net';

/** Sends one command to a port and returns the first line of the answer as it stands. */
export function redisCommand(port, ...words) {
  return ask(port, words, (answer) => /^(.*?)\r\n/.exec(answer)?.[1]);
}

/** Sends one command to a port and returns the text that it answers, after a line with its length. */
export function redisText(port, ...words) {
  return ask(port, words, (answer) => {
    const [, length] = /^\$(\d+)\r\n/.exec(answer) ?? [];
    return length && answer.length > Number(length) && answer;
  });
}

/** Sends a command and returns the first thing that `read` finds in what has come of the answer. */
function ask(port, words, read) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
      const found = read(answer);
      if (!found) return;
      socket.destroy();
      resolve(found);
    });
    socket.on('error', reject);
    const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
    socket.write(`*${words.length}\r\n${parts.join('')}`);
  });
}
