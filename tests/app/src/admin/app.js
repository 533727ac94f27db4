// The languages that the plugin speaks besides English.
export default { config: { locales: ['de', 'es', 'fr', 'pt'] } };
