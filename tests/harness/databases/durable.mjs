/**
 * Whether the databases wait for the disk, as users' do and as a benchmark should. What a killed
 * process has written stays written without it; a machine that loses its power is no test's concern.
 */
export const IS_DURABLE = process.env.DURABLE_DATABASE === 'true';
