import { PLUGIN_ID } from '../pluginId';

const PREFIX = `${PLUGIN_ID}: `;

/** Gives a message of the core as a sentence, without the plugin's name for logs. */
export function coreMessage(message: string): string {
  const plain = message.startsWith(PREFIX) ? message.slice(PREFIX.length) : message;
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
