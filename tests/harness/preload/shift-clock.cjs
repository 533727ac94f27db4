'use strict';

/** Loaded into a Strapi before everything else: its clock differs by `TEST_CLOCK_OFF_MS` milliseconds. */
const offMs = Number(process.env.TEST_CLOCK_OFF_MS);
const now = Date.now;
Date.now = () => now() + offMs;

/** `new Date()` shows the same time as `Date.now()`. */
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [target.now()], newTarget),
  apply: (target) => new target(target.now()).toString(),
});
Date.prototype.constructor = globalThis.Date;
