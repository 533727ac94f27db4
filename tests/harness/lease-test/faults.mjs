import { pause } from '../process/until.mjs';

/** Adds the newest hints once more, the newest first, and forgets some: messages repeat, overtake and get lost. */
const REPLAY = `
  local entries = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 30)
  for place, entry in ipairs(entries) do
    if place % 3 == 0 then redis.call('XDEL', KEYS[1], entry[1])
    else redis.call('XADD', KEYS[1], '*', unpack(entry[2])) end
  end
  return #entries`;

const STREAM = 'magic-sessionmanager:{sessions}:hints';

const LATE_MS = 5000;

/** Damages a way for some time. */
async function damaged(way, damage, lastsMs) {
  damage(way);
  await pause(lastsMs);
  way.heal();
}

/** Returns what damages, for some time, the way of any one instance to a server. */
function damagedFor(server, damage) {
  return (cluster, lastsMs) => damaged(cluster.any()[server], damage, lastsMs);
}

/**
 * What goes wrong, one after another; each has a name, lasts for so many milliseconds, and leaves the
 * cluster whole. With `shortMs` it lasts long enough to show, in a short run.
 */
export const FAULTS = [
  {
    name: 'Redis killed, back empty',
    lastsMs: 5000,
    shortMs: 2500,
    async inject({ redis }, lastsMs) {
      await redis.crash();
      await pause(lastsMs);
      await redis.boot();
    },
  },
  {
    name: 'Redis cut off from one',
    lastsMs: 5000,
    shortMs: 2500,
    inject: damagedFor('toRedis', (way) => way.cut()),
  },
  {
    name: 'Redis 5 s late for one',
    lastsMs: 8000,
    shortMs: 4000,
    inject: damagedFor('toRedis', (way) => way.delay(LATE_MS)),
  },
  {
    name: 'Redis half-open for one',
    lastsMs: 8000,
    shortMs: 4000,
    inject: damagedFor('toRedis', (way) => way.silence()),
  },
  {
    name: 'hints replayed, reordered, lost',
    lastsMs: 4000,
    shortMs: 2000,
    async inject({ redis }, lastsMs) {
      const endMs = performance.now() + lastsMs;
      while (performance.now() < endMs) {
        await redis.command('EVAL', REPLAY, '1', STREAM);
        await pause(200);
      }
    },
  },
  {
    name: 'one instance paused',
    lastsMs: 10_000,
    shortMs: 5000,
    async inject(cluster, lastsMs) {
      const { server } = cluster.any();
      server.process.pause();
      await pause(lastsMs);
      server.process.resume();
    },
  },
  {
    name: 'one instance killed, restarted',
    lastsMs: 2000,
    shortMs: 500,
    async inject(cluster, lastsMs) {
      const { server } = cluster.any();
      await server.crash();
      await pause(lastsMs);
      await server.boot();
    },
  },
  {
    name: 'database cut off from one',
    lastsMs: 5000,
    shortMs: 2500,
    inject: damagedFor('toDatabase', (way) => way.cut()),
  },
  {
    name: 'database 5 s late for one',
    lastsMs: 8000,
    shortMs: 6000,
    inject: damagedFor('toDatabase', (way) => way.delay(LATE_MS)),
  },
  {
    name: 'database half-open for one',
    lastsMs: 8000,
    shortMs: 4000,
    async inject(cluster, lastsMs) {
      const { toDatabase } = cluster.any();
      await damaged(toDatabase, (way) => way.silence(), lastsMs);
      // Strapi itself waits forever on a connection that nobody breaks.
      await damaged(toDatabase, (way) => way.cut(), 0);
    },
  },
  {
    name: 'lifecycles off on one, as in a transfer',
    lastsMs: 5000,
    shortMs: 2500,
    async inject(cluster, lastsMs) {
      const { server } = cluster.any();
      const lifecycles = (on) =>
        server.request('POST', '/api/account/0/lifecycles', { body: { on } });
      await lifecycles(false);
      await pause(lastsMs);
      await lifecycles(true);
    },
  },
];
