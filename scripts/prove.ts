/** `npm run prove -- P1`: attacks one promise in its full form; the promises and their programs are in scripts/prove. */
import { dispatch } from './dispatch';

await dispatch('scripts/prove', 'npm run prove');
