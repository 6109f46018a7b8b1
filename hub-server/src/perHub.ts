import type { HubContext } from './HubContext.ts';

/**
 * One service per hub, made when first asked for: how features offer what they hold in memory to other features
 * without a global. `const nodes = perHub(() => new NodeRegistry())`, then `nodes(hub)`.
 */
export function perHub<T extends object>(make: (hub: HubContext) => T): (hub: HubContext) => T {
	const made = new WeakMap<HubContext, T>();
	return (hub) => {
		const service = made.get(hub) ?? make(hub);
		made.set(hub, service);
		return service;
	};
}
