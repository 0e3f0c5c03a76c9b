import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { config } from '#lib/config.ts';
import { log } from '#lib/core/log.ts';
import { processWide } from '#lib/core/process-wide.ts';
import { masterKey } from '#lib/secrets/master-key.ts';
import { newId } from '#lib/store/new-id.ts';
import { store } from '#lib/store/store.ts';
import { MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS } from './password.ts';

const SESSION_SECONDS = 14 * 24 * 3_600;
const REFRESH_SECONDS = 24 * 3_600;

/** better-auth as Mooring uses it: passwords and sessions, called from our own operations. Its HTTP handler is not mounted. */
export function auth(): Promise<ReturnType<typeof make>> {
  return processWide('auth', async () => make(await cookieSecret()));
}

// a sealed portal still lets people sign in to see its structure; their sessions end when it is healed
async function cookieSecret(): Promise<string> {
  const key = await masterKey();
  return (key.state === 'open' ? key.derive('cookies') : randomBytes(32)).toString('base64url');
}

// asked anew at each use: within a transaction it is another client
const presentStore: object = new Proxy({}, { get: (_, name) => Reflect.get(store(), name) as unknown });

function make(secret: string) {
  return betterAuth({
    secret,
    baseURL: config().baseUrl,
    database: prismaAdapter(presentStore, { provider: 'sqlite' }),
    telemetry: { enabled: false },
    logger: { log: (level, message) => log()[level]({ from: 'sign-in' }, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_CHARS,
      maxPasswordLength: MAX_PASSWORD_CHARS,
    },
    // ours counts by address and by name, and is the same for every door
    rateLimit: { enabled: false },
    user: {
      additionalFields: {
        role: { type: 'string', input: false },
        disabledAt: { type: 'date', input: false, required: false },
      },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: REFRESH_SECONDS, cookieCache: { enabled: false } },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            const user = await store().user.findUnique({ where: { id: userId }, select: { disabledAt: true } });
            if (!user || user.disabledAt) return false;
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'mooring',
      useSecureCookies: config().baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      database: { generateId: ({ model }) => newId(model[0] ?? 'x') },
    },
  });
}
