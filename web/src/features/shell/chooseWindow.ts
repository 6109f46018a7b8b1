import { me as meSchema } from '@counter-hub/shared/people/people.ts';
import type { Presence } from '#features/presence/Presence.svelte.ts';
import type { App } from '#platform/App.svelte.ts';

/**
 * Says which window this PC stands at, and remembers it on the PC. Null: at none.
 * @throws ApiProblem `ORG-3003` when the window is no longer there
 */
export async function chooseWindow(app: App, presence: Presence, windowId: string | null): Promise<void> {
	const counterId = app.signIn.me?.counter?.id;
	if (counterId === undefined) return;
	app.signIn.me = await app.api.send({
		method: 'PUT',
		path: '/me/window',
		body: { windowId },
		answer: meSchema,
	});
	app.windowChoice.keep(counterId, windowId);
	presence.renew();
}
