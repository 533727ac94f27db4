import { until } from '../process/until.mjs';

/** A minute, and what clocks may differ by, and some more. */
const HELD_AFTER_A_KILL_MS = 100_000;

/** The credentials of the first administrator of every test server. */
export const ADMIN = {
  firstname: 'Ada',
  lastname: 'Admin',
  email: 'ada@example.test',
  password: 'Correct-Horse-1',
};

const BASE = '/magic-sessionmanager';
const USERS = '/content-manager/collection-types/plugin::users-permissions.user';

/** Acts as the first administrator, who may do everything, or as another one with less rights. */
export class Admin {
  #server;
  #token;

  constructor(server, token) {
    this.#server = server;
    this.#token = token;
  }

  /** Registers the first administrator of a fresh database and stays logged in. */
  async register(headers) {
    const options = { body: ADMIN, headers };
    const answer = await this.#server.request('POST', '/admin/register-admin', options);
    this.#token = granted(answer).data.token;
    return this;
  }

  /** Logs in, as the first administrator unless told otherwise. */
  async login({ email, password } = ADMIN) {
    const answer = await this.#server.request('POST', '/admin/login', {
      body: { email, password },
    });
    this.#token = granted(answer).data.token;
    return this;
  }

  request(method, path, body) {
    return this.#server.request(method, path, { bearer: this.#token, body });
  }

  /** Lists sessions; `query` is a query string without the question mark. */
  list(query = '') {
    return this.request('GET', `${BASE}/sessions${query && `?${query}`}`);
  }

  /** Lists all sessions of one user, newest login first. */
  async sessionsOf(userId) {
    const path = `${BASE}/user/${userId}/sessions?pagination[pageSize]=100&sort=loggedInAt:desc`;
    return granted(await this.request('GET', path)).data;
  }

  session(id) {
    return this.request('GET', `${BASE}/sessions/${id}`);
  }

  terminate(id) {
    return this.request('POST', `${BASE}/sessions/${id}/terminate`);
  }

  terminateAll(userId) {
    return this.request('POST', `${BASE}/user/${userId}/terminate-all`);
  }

  /** Ends sessions by filter, or says how many would end; `body` as the API takes it. */
  terminateMatching(body) {
    return this.request('POST', `${BASE}/sessions/terminate`, body);
  }

  /** Asks for a clean-up and gives the answer as it is. */
  tryCleanUp() {
    return this.request('POST', `${BASE}/sessions/clean-inactive`);
  }

  /** Returns how far the clean-up under way has come, and what the last one did. */
  async cleanUpStatus() {
    return (await this.request('GET', `${BASE}/status/clean-up`)).json.data;
  }

  /** Cleans up, after the clean-up that may be under way, and returns what that did. */
  async cleanUp() {
    const isDone = async () => {
      const tried = await this.tryCleanUp();
      return tried.status !== 409 && tried;
    };
    // An instance that was killed at it holds the job for so long.
    const answer = await until('no other clean-up is under way', isDone, HELD_AFTER_A_KILL_MS);
    return granted(answer).data;
  }

  block(userId, blocked = true) {
    return this.request('POST', `${BASE}/user/${userId}/block`, { blocked });
  }

  /** The predecessor of `block`. */
  toggleBlock(userId) {
    return this.request('POST', `${BASE}/user/${userId}/toggle-block`);
  }

  status(query = '') {
    return this.request('GET', `${BASE}/status${query && `?${query}`}`);
  }

  /** Reads the journal; `query` is a query string without the question mark. */
  journal(query = '') {
    return this.request('GET', `${BASE}/journal${query && `?${query}`}`);
  }

  impactFacts() {
    return this.request('GET', `${BASE}/sessions/impact-facts`);
  }

  activity() {
    return this.request('GET', `${BASE}/activity`);
  }

  settings() {
    return this.request('GET', `${BASE}/settings`);
  }

  /** Sets options; `null` takes an administrator's value back. */
  changeSettings(settings) {
    return this.request('PUT', `${BASE}/settings`, { settings });
  }

  /** Reads one option as the API describes it. */
  async setting(name) {
    const { settings } = granted(await this.settings()).data;
    return settings.find((option) => option.name === name);
  }

  /**
   * Creates another administrator with the roles of the given codes (`strapi-editor`) or ids, and
   * returns one who acts with that account.
   */
  async colleague(email, ...roles) {
    const known = granted(await this.request('GET', '/admin/roles')).data;
    const ids = known.filter((role) => roles.includes(role.code) || roles.includes(role.id));
    const person = { firstname: 'Col', lastname: 'League', email };
    const invitation = await this.request('POST', '/admin/users', {
      ...person,
      roles: ids.map((role) => role.id),
    });
    const { registrationToken } = granted(invitation).data;
    const { password } = ADMIN;
    const accepted = await this.#server.request('POST', '/admin/register', {
      body: { registrationToken, userInfo: { firstname: 'Col', lastname: 'League', password } },
    });
    granted(accepted);
    return new Admin(this.#server).login({ email, password });
  }

  /** Creates a role with the given actions, or whole permissions, and returns its id. */
  async role(name, actions) {
    const role = granted(
      await this.request('POST', '/admin/roles', { name, description: name }),
    ).data;
    const common = { subject: null, conditions: [] };
    const permissions = actions.map((action) =>
      typeof action === 'string' ? { ...common, action } : { ...common, ...action },
    );
    granted(await this.request('PUT', `/admin/roles/${role.id}/permissions`, { permissions }));
    return role.id;
  }

  /** Creates a role of users with no permission ticked and returns its id. */
  async userRole(name) {
    const role = { name, description: name, permissions: {}, users: [] };
    granted(await this.request('POST', '/users-permissions/roles', role));
    const { roles } = granted(await this.request('GET', '/users-permissions/roles'));
    return roles.find((known) => known.name === name).id;
  }

  /** Finds the role of those who are not signed in. */
  async publicRole() {
    const { roles } = granted(await this.request('GET', '/users-permissions/roles'));
    return roles.find(({ type }) => type === 'public').id;
  }

  /** Takes an action (`plugin::x.controller.action`) from a role of users, as the editor does. */
  withdraw(roleId, action) {
    return this.#tick(roleId, action, false);
  }

  /** Gives a role of users an action likewise. */
  permit(roleId, action) {
    return this.#tick(roleId, action, true);
  }

  async #tick(roleId, action, enabled) {
    const path = `/users-permissions/roles/${roleId}`;
    const { role } = granted(await this.request('GET', path));
    const [plugin, controller, name] = action.split('.');
    role.permissions[plugin].controllers[controller][name].enabled = enabled;
    granted(await this.request('PUT', path, role));
  }

  /** Gives a user a role, as the content manager does. */
  async giveRole(userId, roleId) {
    await this.editUser(userId, { role: { connect: [{ id: roleId }] } });
  }

  /** Edits a user in the content manager. */
  async editUser(userId, data) {
    const path = `${USERS}/${await this.documentIdOf(userId)}`;
    return granted(await this.request('PUT', path, data)).data;
  }

  /** Deletes a user in the content manager. */
  async deleteUser(userId) {
    granted(await this.request('DELETE', `${USERS}/${await this.documentIdOf(userId)}`));
  }

  /** Finds a user's document in the content manager. */
  async documentIdOf(userId) {
    const { results } = granted(await this.request('GET', `${USERS}?filters[id][$eq]=${userId}`));
    return results[0].documentId;
  }

  /** Creates an API token with full access and returns it. */
  async apiToken(name = 'test') {
    const answer = await this.request('POST', '/admin/api-tokens', {
      name,
      description: '',
      type: 'full-access',
      lifespan: null,
    });
    return granted(answer).data.accessKey;
  }
}

function granted(answer) {
  if (answer.status === 200 || answer.status === 201) return answer.json;
  throw new Error(`expected success, got ${answer.status}: ${answer.text}`);
}
