/**
 * A server for socket.io in a Strapi app: lets users with an active session in, and closes their
 * sockets when that session is terminated, on whichever instance.
 */

import { Server } from 'socket.io';

/**
 * Serves sockets beside Strapi's own routes; call it in `bootstrap`.
 *
 * @param {import('@strapi/strapi').Core.Strapi} strapi
 * @param {Partial<import('socket.io').ServerOptions>} [options] Such as `cors`.
 */
export function serveSockets(strapi, options) {
  const service = strapi.plugin('magic-sessionmanager').service('sessions');
  const io = new Server(strapi.server.httpServer, options);

  io.use(async (socket, next) => {
    try {
      socket.data = await service.verify(socket.handshake.auth.token);
      next();
    } catch {
      next(new Error('unauthorized'));
    }
  });

  /** Closes a socket whose session is not active, or cannot be looked up. */
  async function check(socket) {
    if (!(await service.isActive(socket.data.sessionId).catch(() => false)))
      socket.disconnect(true);
  }

  io.on('connection', async (socket) => {
    const { sessionId, userId } = socket.data;
    await socket.join([sessionRoom(sessionId), userRoom(userId)]);
    // The session may have been terminated before the socket was in its room.
    await check(socket);
  });

  // Every instance hears of every termination, and closes its own sockets.
  const here = io.local;

  strapi.eventHub.on('session.terminated', ({ session }) => {
    here.in(sessionRoom(session.id)).disconnectSockets(true);
  });

  strapi.eventHub.on('sessions.revoked', async ({ sessions: { userId } }) => {
    if (userId === 'everyone') here.disconnectSockets(true);
    else for (const socket of await here.in(userRoom(userId)).fetchSockets()) await check(socket);
  });

  return io;
}

const sessionRoom = (sessionId) => `session:${sessionId}`;
const userRoom = (userId) => `user:${userId}`;
