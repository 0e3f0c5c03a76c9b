// The portal: `node lib/server/main.ts [--dev]`. `npm start` prepares everything and then runs this.
import './registrations.ts';
import { config } from '#lib/config.ts';
import { Fault } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import { nextPages } from './pages.ts';
import { announce } from './announce.ts';
import { startServer } from './start-server.ts';

const dev = process.argv.includes('--dev');

process.on('uncaughtException', (error) => {
  log().fatal({ err: error }, 'unexpected error: the portal ends');
  process.exit(1);
});

try {
  for (const warning of config().warnings) log().warn(warning);
  const portal = await startServer((server) => nextPages(server, dev));
  process.stdout.write(announce(portal));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // a second signal ends the process at once, as it does by default
    process.once(signal, () => {
      portal.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log().error({ err: error }, 'the portal did not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
