/**
 * The screen of this PC does not go dark until the returned function is called. Browsers let go of it whenever the page
 * is hidden; where they do not know it, or not without HTTPS, the PC's own settings decide.
 */
export function keepAwake(): () => void {
	let lock: WakeLockSentinel | null = null;
	let isWanted = true;

	async function hold(): Promise<void> {
		if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
		const held = await navigator.wakeLock.request('screen').catch(() => null);
		if (isWanted) lock = held;
		else await held?.release();
	}
	const onVisible = () => void hold();
	document.addEventListener('visibilitychange', onVisible);
	void hold();
	return () => {
		isWanted = false;
		document.removeEventListener('visibilitychange', onVisible);
		void lock?.release();
	};
}
