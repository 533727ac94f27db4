/** Must be imported before anything that starts a database. A benchmark waits for the disk, as users do. */
process.env.DURABLE_DATABASE = 'true';
