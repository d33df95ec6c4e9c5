/** Headers of every page; what a page may load is said once, here. */
const SECURITY = [
  // Next writes its start-up data into inline scripts, and chart and dialog positions are inline styles.
  {
    key: 'Content-Security-Policy',
    value: [
      "default-src 'self'",
      "script-src 'self' 'unsafe-inline'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
  },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
];

/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.HARDSTOP_DIST_DIR || '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // These find their own files or native parts at run time, which a bundle would hide from them.
  serverExternalPackages: [
    'pg',
    '@prisma/client',
    '@prisma/adapter-pg',
    '@node-rs/argon2',
    'pino',
    'prom-client',
    '@pydantic/genai-prices',
    'gpt-tokenizer',
  ],
  // `npm test` checks the types; a start with production dependencies alone has no test libraries to check against.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: '/:path*', headers: SECURITY }],
};
