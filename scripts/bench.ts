/** `npm run bench -- authorize`: one benchmark, printed as ratios against a baseline of the same run; they are in bench. */
import { dispatch } from './dispatch';

await dispatch('bench', 'npm run bench');
