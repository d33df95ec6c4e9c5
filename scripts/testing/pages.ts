/** The pages of browser tests are built apart, so that a run of the tests leaves a running `npm start` alone. */
export const DIST_DIR = '.next-e2e';
