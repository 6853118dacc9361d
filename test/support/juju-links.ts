/** Controllers on real sockets and connections to them, which `endAll` closes in reverse order. */
import { controllerCertificate } from './certificate.js';
import { connectTo, type TestConnection } from './juju-connection.js';
import { jujuServer, loginAnswer, type Behaviour, type JujuServer, type Reaction } from './juju-server.js';

export const certificate = await controllerCertificate();
export const other = await controllerCertificate();

/** What a test started. */
export const running: { close(): Promise<void> }[] = [];

export async function endAll(): Promise<void> {
  await Promise.all(running.splice(0).map((thing) => thing.close()));
}

/** A server that logs everybody in and does with other calls what the test says. */
export async function answering(
  behaviour: Behaviour = () => ({ response: { fine: true } }),
  login: Reaction = loginAnswer(),
  { trust = certificate, port = 0 } = {},
): Promise<JujuServer> {
  const server = await jujuServer(
    trust,
    (request, count) => (request.call === 'Admin.Login' ? login : behaviour(request, count)),
    port,
  );
  running.push(server);
  return server;
}

/** A server that does with logins what the test says, and answers other calls with nothing. */
export function serving(login?: Reaction, trust = certificate, port = 0): Promise<JujuServer> {
  return answering(() => ({ response: {} }), login, { trust, port });
}

export function connected(...parameters: Parameters<typeof connectTo>): TestConnection {
  const connection = connectTo(...parameters);
  running.push({ close: () => connection.link.close() });
  return connection;
}
