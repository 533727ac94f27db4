import { servicesOf } from '../compose';
import { databaseReason } from '../log';
import { setDeviceCookie } from '../middlewares/device-cookie';
import { createSessionResponse } from '../middlewares/session-response';
import { dropCookie } from '../services/requests/refresh-cookie';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** Creates the middleware that holds responses, with the services of Strapi as they are then. */
export function sessionResponseOf(strapi: Strapi): ReturnType<typeof createSessionResponse> {
  return createSessionResponse(() => {
    const { requests, sessions } = servicesOf(strapi);
    return {
      requestStates: requests.states,
      links: sessions.links,
      setDeviceCookie: (ctx, value) => setDeviceCookie(strapi, ctx, value),
      dropCookie: (ctx, name) => dropCookie(strapi, ctx, name),
      report: (error) => {
        const reason = databaseReason(error);
        strapi.log.error(`${PLUGIN_NAME}: the secrets of a login could not be recorded: ${reason}`);
      },
    };
  });
}
