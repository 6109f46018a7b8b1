import { cityList } from './register.ts';

export const cityNotices = {
	/** After each connect, and when it changes: the register as this hub knows it. */
	'cities:changed': cityList,
} as const;
