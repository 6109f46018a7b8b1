declare global {
	namespace App {
		interface PageState {
			/** A person's number to search for: it must not stand in the address. */
			search?: string;
		}
	}
}

export {};
