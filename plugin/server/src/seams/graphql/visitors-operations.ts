import type { RequestStates } from '../../services/requests/request-state';
import type { RequestContext, Strapi } from '../../strapi';
import { rootFieldsOf, type Document, type Operation } from './root-fields';

/** The mutations of users-permissions for visitors, who have no session. */
const VISITORS_MUTATIONS: ReadonlySet<string> = new Set([
  'emailConfirmation',
  'forgotPassword',
  'login',
  'register',
  'resetPassword',
]);

/** What Apollo knows of an operation before it runs. */
interface ResolvedOperation {
  operation?: Operation;
  document: Document;
  contextValue: { koaContext?: RequestContext };
}

/** A response in place of an operation's own. */
interface EmptyResponse {
  body: { kind: 'single'; singleResult: { data: null } };
  http: { headers: Map<string, string> };
}

/** The used part of a plugin of Apollo's server. */
interface ApolloPlugin {
  serverWillStart(): Promise<void>;
  requestDidStart(): Promise<{
    responseForOperation(resolved: ResolvedOperation): Promise<EmptyResponse | null>;
  }>;
}

/** The used part of the configuration of Apollo's server. */
interface ApolloConfig {
  plugins?: unknown[];
}

const CONFIG = 'plugin::graphql.apolloServer';

/** The applications whose GraphQL server tells of its operations. */
const telling = new WeakSet<Strapi>();

/**
 * Learns of GraphQL operations before they run, where a request has the token of a terminated session.
 *
 * An operation that is not for visitors does not run then. Call it in `register`, because the GraphQL
 * plugin reads its configuration in `bootstrap`.
 */
export function followGraphqlOperations(
  strapi: Strapi,
  requestStates: () => Pick<RequestStates, 'peek'>,
): void {
  const config = strapi.config.get<ApolloConfig | undefined>(CONFIG) ?? {};
  const plugin: ApolloPlugin = {
    serverWillStart() {
      telling.add(strapi);
      return Promise.resolve();
    },

    requestDidStart: () =>
      Promise.resolve({
        responseForOperation({ operation, document, contextValue: { koaContext } }) {
          const ended = koaContext && requestStates().peek(koaContext)?.endedToken;
          if (!ended) return Promise.resolve(null);
          const isForVisitors = operation !== undefined && isVisitors(operation, document);
          if (ended.operations !== 'others')
            ended.operations = isForVisitors ? 'for-visitors' : 'others';
          return Promise.resolve(isForVisitors ? null : emptyResponse());
        },
      }),
  };
  strapi.config.set(CONFIG, { ...config, plugins: [...(config.plugins ?? []), plugin] });
}

/** Tells whether the GraphQL server tells of its operations; an app may replace its plugins. */
export function areOperationsKnown(strapi: Strapi): boolean {
  return telling.has(strapi);
}

function isVisitors(operation: Operation, document: Document): boolean {
  if (operation.operation !== 'mutation') return false;
  const fields = rootFieldsOf(operation, document).filter((name) => name !== '__typename');
  return fields.length > 0 && fields.every((name) => VISITORS_MUTATIONS.has(name));
}

/** Strapi's authentication responds in its place. */
function emptyResponse(): EmptyResponse {
  return {
    body: { kind: 'single', singleResult: { data: null } },
    http: { headers: new Map() },
  };
}
