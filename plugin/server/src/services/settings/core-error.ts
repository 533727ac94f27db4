/** Tells whether the core has refused to seal because the key has sealed as often as one key may. */
export function isKeyExhausted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'key_exhausted';
}
