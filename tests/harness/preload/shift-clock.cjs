'use strict';

/** Loaded into a Strapi of a test before everything else: its clock is off by so many milliseconds. */
const offMs = Number(process.env.TEST_CLOCK_OFF_MS);
const now = Date.now;
Date.now = () => now() + offMs;
