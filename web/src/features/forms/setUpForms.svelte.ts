import { createContext } from 'svelte';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { CallForms } from './CallForms.svelte.ts';

const [getCallForms, setCallForms] = createContext<CallForms>();
export { getCallForms };

const ofScene = new WeakMap<CallScene, CallForms>();

/** Something on the form that this person has not seen: the other side wrote, commented or pointed. */
export const isFormFresh = (scene: CallScene): boolean => ofScene.get(scene)?.fresh ?? false;

export function setUpForms(scene: CallScene): void {
	const forms = setCallForms(new CallForms(scene));
	ofScene.set(scene, forms);
	$effect(() => forms.follow());
	// Entering a room anew makes another client.
	$effect(() => forms.line.hear(scene.media.client));
}
