import { io } from 'socket.io-client';

/** A socket of a user to one instance, by the client of socket.io. */
export class UserSocket {
  #socket;
  /** Why the socket was closed; `null` while it is open. */
  closed = null;

  /** Opens a socket with a token; fails if the server does not let it in. */
  static async open({ port }, token) {
    const socket = new UserSocket();
    socket.#socket = io(`http://127.0.0.1:${port}`, {
      auth: { token },
      forceNew: true,
      reconnection: false,
    });
    socket.#socket.on('disconnect', (reason) => (socket.closed = reason));
    try {
      socket.session = await new Promise((resolve, reject) => {
        socket.#socket.on('welcome', resolve);
        socket.#socket.on('connect_error', reject);
      });
    } catch (error) {
      socket.#socket.close();
      throw error;
    }
    return socket;
  }

  close() {
    this.#socket.close();
  }
}
