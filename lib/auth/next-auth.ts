import type { NextAuthOptions, Profile, User } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { env, nextAuthVariables, publicUrl } from '@/lib/env';
import { SESSION_SECONDS, sessionCookieName } from './session';
import { endSession, signInByPassword, startSession } from './sign-in';

/** What next-auth hands from signing in to the cookie: the id of our own session row, and nothing else. */
type Entrant = User & { sid?: string };
type OidcProfile = Profile & { email_verified?: boolean };

const byPassword = () =>
  CredentialsProvider({
    name: 'password',
    credentials: { email: { label: 'E-mail', type: 'email' }, password: { label: 'Password', type: 'password' } },
    async authorize(given, request): Promise<Entrant | null> {
      if (!given?.email || !given.password) return null;
      const headers = (request.headers ?? {}) as Record<string, string | undefined>;
      const sid = await signInByPassword(given.email, given.password, headers['x-forwarded-for'] ?? 'unknown');
      return sid === null ? null : { id: sid, sid };
    },
  });

/** Single sign-on is for people who are members already; their address must be one that the provider has verified. */
function byOidc(): OAuthConfig<OidcProfile>[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined || OIDC_CLIENT_SECRET === undefined) return [];
  return [
    {
      id: 'oidc',
      name: 'Single sign-on',
      type: 'oauth',
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      authorization: { params: { scope: 'openid email' } },
      profile: (profile) => ({ id: profile.sub ?? '', email: profile.email_verified === true ? profile.email : undefined }),
    },
  ];
}

/** Whether single sign-on is set up. */
export const hasSingleSignOn = (): boolean => env().OIDC_ISSUER !== undefined;

async function admit(user: Entrant, isOidc: boolean): Promise<boolean> {
  if (isOidc && user.email) user.sid = (await startSession(user.email.toLowerCase())) ?? undefined;
  return user.sid !== undefined;
}

/** The sealed cookie holds the session row's id only: everything else is asked of the rows, for every request. */
const tokenFor = (token: JWT, user: Entrant | undefined): JWT => (user?.sid === undefined ? token : { sid: user.sid });

/** next-auth's settings, made when first needed (a build has no environment). */
export function authOptions(): NextAuthOptions {
  const isHttps = publicUrl().startsWith('https:');
  return {
    secret: nextAuthVariables(env()).NEXTAUTH_SECRET,
    providers: [byPassword(), ...byOidc()],
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: isHttps,
    cookies: {
      sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps } },
    },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    callbacks: {
      signIn: ({ user, account }) => admit(user, account?.provider === 'oidc'),
      jwt: ({ token, user }) => tokenFor(token, user as Entrant | undefined),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await endSession(token.sid);
      },
    },
  };
}
