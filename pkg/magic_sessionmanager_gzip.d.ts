/** magic_sessionmanager_bg.wasm, gzipped, in base64. */
declare const base64: string;
export default base64;
