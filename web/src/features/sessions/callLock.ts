const nameOf = (signInId: string) => `counter-hub.call.${signInId}`;

/** Lets the other tabs of this sign-in know that this one holds a call; the browser ends it when the tab dies. */
export function holdCallLock(signInId: string): () => void {
	const over = Promise.withResolvers<undefined>();
	void navigator.locks.request(nameOf(signInId), { mode: 'shared' }, () => over.promise);
	return () => {
		over.resolve(undefined);
	};
}

/** Whether some tab of this sign-in, such as the one that this was duplicated from, holds a call. */
export async function isCallHeldInTabs(signInId: string): Promise<boolean> {
	const { held = [] } = await navigator.locks.query();
	return held.some(({ name }) => name === nameOf(signInId));
}
