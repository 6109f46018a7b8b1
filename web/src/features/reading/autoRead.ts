const KEY = 'counter-hub.readStills';

/** Whether stills are read as soon as they are opened; remembered on this PC. Default: yes. */
export const autoRead = {
	get: (): boolean => localStorage.getItem(KEY) !== 'off',
	set: (on: boolean): void => localStorage.setItem(KEY, on ? 'on' : 'off'),
} as const;
