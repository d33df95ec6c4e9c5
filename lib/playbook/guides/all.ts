import { changeManagement } from './change-management';
import type { Guide } from './guide';
import { hardStop } from './hard-stop';
import { promptInjection } from './prompt-injection';
import { securityReview } from './security-review';

/** Every guide, in the order of its phases. */
export const GUIDES: readonly Guide[] = [securityReview, hardStop, promptInjection, changeManagement];

/** The guide of a name; null where there is none. */
export const guideOf = (slug: string): Guide | null => GUIDES.find((each) => each.slug === slug) ?? null;
