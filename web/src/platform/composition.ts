/**
 * Keys that an input method uses for composing (Enter and arrows in its list of candidates, letters of pinyin) belong to
 * it alone. Called on the window before anybody else hears a key, this keeps them from every shortcut and list of the
 * page; the browser and the input method still get them.
 */
export function keepCompositionKeys(event: KeyboardEvent): void {
	if (belongsToComposition(event)) event.stopImmediatePropagation();
}

/** Some browsers report the key that ends a composition after its end, with the code of “being processed” only. */
const PROCESSED = 229;

function belongsToComposition(event: KeyboardEvent): boolean {
	// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else says so
	return event.isComposing || event.keyCode === PROCESSED;
}
