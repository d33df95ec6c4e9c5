/**
 * Run in a copy of the house: `build` makes the pages that browser tests are shown; `keep` says that the pages there are go on
 * serving, whatever is planted: the front process and the worker run from the sources, and the fault is in what they do.
 */
import { writeFileSync } from 'node:fs';
import { buildOnce, fingerprint, stampOf } from '../../start/build';
import { DIST_DIR } from '../../testing/pages';

const root = process.cwd();
if (process.argv[2] === 'keep') writeFileSync(stampOf(root, DIST_DIR), fingerprint(root));
else await buildOnce(root, DIST_DIR, () => undefined);
