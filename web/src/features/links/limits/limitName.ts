import { m } from '#paraglide/messages.js';
import type { LimitKey } from './limitTexts.ts';

const NAMES: Record<`links_limits_${LimitKey}`, () => string> = m;

/** `丢包超过（%）` */
export const limitName = (key: LimitKey): string => NAMES[`links_limits_${key}`]();
